"""wellread runs, as a user types it, over folders that different verbs made."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from wellread.cli import app

TEACH = {"model": {"name": "bundled"}, "corpus": {"papers": ["a", "b"]}, "grid": {}}
ASK = {"corpus": {"papers": ["a"]}, "provider": {}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, settings, status in (("ask", ASK, "done"), ("half", ASK, "running"), ("teach", TEACH, "done")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.yaml").write_text(yaml.safe_dump(settings))
        stages = {"corpus": {"artifact": "artifacts/corpus/x", "status": status}}
        (tmp_path / name / "run.json").write_text(json.dumps({"stages": stages, "identity": {}}))
    for name, text in (("cut", "{"), ("bare", '{"stages": {}, "identity": {}}')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text(text)
    return tmp_path


def test_every_folder_has_its_line(folder: Path) -> None:
    done = CliRunner().invoke(app, ["runs", str(folder)])
    assert done.exit_code == 0, done.exception
    said = {Path(line.split()[0]).name: line for line in done.stdout.splitlines()}
    assert said["ask"].endswith("finished")
    assert "stopped at corpus" in said["half"]
    assert "stopped at report" in said["teach"]
    assert "can't be read" in said["cut"]
    assert "can't be read" in said["bare"]


def test_json(folder: Path) -> None:
    done = CliRunner().invoke(app, ["runs", str(folder), "--json"])
    rows = {Path(row["run"]).name: row for row in json.loads(done.stdout)["runs"]}
    assert (rows["teach"]["model"], rows["teach"]["papers"], rows["teach"]["finished"]) == ("bundled", 2, False)
    assert (rows["ask"]["model"], rows["ask"]["finished"]) == (None, True)
