from pathlib import Path

from wellread.train.checkpoints import latest, seal


def checkpoint(home: Path, step: int, *, sealed: bool = True) -> Path:
    folder = home / f"checkpoint-{step}"
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"x" * 100)
    if sealed:
        seal(folder, step)
    return folder


def test_the_newest_whole_one_is_found(tmp_path: Path) -> None:
    checkpoint(tmp_path, 9)
    newest = checkpoint(tmp_path, 10)
    assert latest(tmp_path) == newest
    assert not (tmp_path / "checkpoint-9").exists()


def test_one_without_its_seal_is_not_used(tmp_path: Path, capsys) -> None:
    whole = checkpoint(tmp_path, 5)
    checkpoint(tmp_path, 6, sealed=False)
    assert latest(tmp_path) == whole
    assert "checkpoint-6 is incomplete" in capsys.readouterr().err


def test_a_truncated_one_is_not_used(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path, 5)
    (folder / "model.safetensors").write_bytes(b"x" * 99)
    assert latest(tmp_path) is None


def test_nothing_there(tmp_path: Path) -> None:
    assert latest(tmp_path / "none") is None
