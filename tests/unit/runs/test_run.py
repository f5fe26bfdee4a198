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


RECIPE = {"stage": "corpus", "version": 1, "config": {}, "inputs": {}}


def test_a_run_that_was_killed_at_its_beginning_goes_on(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    for name in (".lock", "run.yaml", "run.json.half"):
        (tmp_path / "run" / name).write_text("")
    with opened(tmp_path / "run", {"seed": 1}, {"seed": 1}, None):
        assert look(tmp_path / "run").settings == {"seed": 1}


def test_what_it_is_stands_there_from_the_first_moment_on(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), opened(tmp_path / "run", {"seed": 1}, {"seed": 1}, None):
        raise RuntimeError
    with pytest.raises(RunConflictError, match="seed: 1 -> 2"), opened(tmp_path / "run", {}, {"seed": 2}, None):
        pass


def test_settings_that_may_change_are_those_of_the_last_time(run: Path) -> None:
    with opened(run, {"seed": 1, "device": "cuda"}, {"seed": 1}, None):
        pass
    assert look(run).settings == {"seed": 1, "device": "cuda"}


@pytest.mark.parametrize(("spent", "stays"), [(1.0, False), (3600.0, True)])
def test_hours_of_work_are_not_thrown_away_for_a_late_mistake(tmp_path: Path, spent: float, stays: bool) -> None:
    def work() -> None:
        with opened(tmp_path / "run", {}, {}, None) as run:
            run.build("corpus", RECIPE, "p", lambda out: {})
            run.spent += spent
            raise InputError("the layers 50:60 don't exist")

    with pytest.raises(InputError):
        work()
    assert (tmp_path / "run").exists() == stays


def test_a_finished_stage_never_counts_as_running_again(run: Path) -> None:
    with opened(run, {"seed": 1}, {"seed": 1}, None) as here:
        here.build("corpus", RECIPE, "p", lambda out: {})
        here._note = lambda key, path, status: pytest.fail("noted") if status == "running" else None
        here.build("corpus", RECIPE, "p", lambda out: {})


def test_a_link_leads_to_the_newest_artefact_also_from_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "runs").symlink_to(tmp_path / "disk")
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        with opened(tmp_path / "runs" / "r", {}, {}, None) as run:
            run.link("model", tmp_path / name)
            assert (tmp_path / "runs/r/model").resolve() == tmp_path / name
    (tmp_path / "runs/r/model").unlink()
    (tmp_path / "runs/r/model").mkdir()  # as in a copy that followed the links
    with opened(tmp_path / "runs" / "r", {}, {}, None) as run:
        run.link("model", tmp_path / "new")


def test_a_place_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="can't be written to"), opened(tmp_path / "file" / "run", {}, {}, None):
        pass
