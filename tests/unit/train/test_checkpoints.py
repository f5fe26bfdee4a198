from pathlib import Path

import pytest

from wellread.errors import RunConflictError
from wellread.train.checkpoints import latest, seal


def checkpoint(home: Path, step: int, *, sealed: bool = True, keep: int = 1, recipe: str = "") -> Path:
    folder = home / f"checkpoint-{step}"
    (folder / "inner").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"x" * 100)
    (folder / "inner" / "shard").write_bytes(b"x" * 10)
    if sealed:
        seal(folder, step, keep=keep, recipe=recipe)
    return folder


def test_the_newest_whole_one_is_found(tmp_path: Path) -> None:
    checkpoint(tmp_path, 9)
    newest = checkpoint(tmp_path, 10)
    assert latest(tmp_path) == newest
    assert not (tmp_path / "checkpoint-9").exists()


def test_as_many_as_asked_are_kept(tmp_path: Path) -> None:
    for step in (8, 9, 10, 11):
        checkpoint(tmp_path, step, keep=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["checkpoint-10", "checkpoint-11"]


def test_one_without_its_seal_is_not_used(tmp_path: Path, capsys) -> None:
    whole = checkpoint(tmp_path, 5)
    checkpoint(tmp_path, 6, sealed=False)
    assert latest(tmp_path) == whole
    assert "checkpoint-6 is incomplete" in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["model.safetensors", "inner/shard", "meta.json"])
def test_a_truncated_one_gives_way_to_the_one_before(tmp_path: Path, capsys, broken: str) -> None:
    before = checkpoint(tmp_path, 99, keep=2)
    folder = checkpoint(tmp_path, 100, keep=2)
    whole = (folder / broken).read_bytes()
    (folder / broken).write_bytes(whole[:-1] if broken != "meta.json" else whole[: len(whole) // 2])
    assert latest(tmp_path) == before
    assert "checkpoint-100 is incomplete and not used" in capsys.readouterr().err
    (before / broken).unlink()
    assert latest(tmp_path) is None


def test_that_of_another_recipe_is_refused(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path, 5, recipe="abc")
    assert latest(tmp_path, "abc") == folder
    with pytest.raises(RunConflictError, match="other settings or texts"):
        latest(tmp_path, "xyz")
    assert folder.exists()


def test_nothing_there(tmp_path: Path) -> None:
    assert latest(tmp_path / "none") is None
