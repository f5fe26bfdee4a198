from pathlib import Path

import pytest

from wellread.errors import InputError, RunConflictError
from wellread.runs.run import look, opened


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    with opened(folder, {"seed": 1}, {"seed": 1}, None):
        pass
    (folder / "run.json").write_text('{"stages": {}, "identity": {"seed": 1}}')
    return folder


def test_a_run_can_be_looked_at(run: Path) -> None:
    assert look(run).settings == {"seed": 1}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"stages": {}}', "\x00\xff"])
def test_a_damaged_index_is_one_line(run: Path, text: str) -> None:
    (run / "run.json").write_text(text)
    with pytest.raises(InputError, match=r"run\.json: damaged"):
        look(run)
    with (
        pytest.raises(InputError, match=r"run\.json: damaged"),
        opened(run, {"seed": 1}, {"seed": 1}, None),
    ):
        pass


def test_settings_that_are_gone_are_one_line(run: Path) -> None:
    (run / "run.yaml").unlink()
    with pytest.raises(InputError, match=r"run\.yaml: missing or damaged"):
        look(run)


def test_a_file_in_the_folder_s_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine")
    with pytest.raises(RunConflictError, match="is a file"), opened(tmp_path / "run", {}, {}, None):
        pass
    assert (tmp_path / "run").read_text() == "mine"
