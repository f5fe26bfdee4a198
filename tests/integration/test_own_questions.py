"""wellread teach with the model's own questions, through the command line."""

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

import inside

from wellread.runs.jsonl import read_rows
from wellread.testing import tiny

POLYETHER = Path(__file__).parents[2] / "examples" / "development" / "polyether"
QUICK = ("--set", "train.epochs=1", "--set", "train.pair_epochs=1", "--set", "augment.dose=0.5", "--set", "rehearse.most=0",
         "--set", "retention.questions=0", "--set", "examine.max_new_tokens=4", "--texts", "original")  # fmt: skip


@pytest.fixture(scope="module")
def roomy(tmp_path_factory):
    """A tiny model whose context holds the worked examples, letter by letter."""
    folder = tiny.folder(tmp_path_factory.mktemp("roomy") / "model")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"max_position_embeddings": 4096}))
    return folder


def test_the_stage_is_part_of_a_run_and_tells_why_nothing_came_through(tmp_path, roomy):
    command = ("teach", POLYETHER, "--model", roomy, "--out", "run", *QUICK, "--set", "own.most=4", "--json")
    done = inside.wellread(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    stages = json.loads((tmp_path / "run" / "run.json").read_text())["stages"]
    made = tmp_path / "run" / stages["own"]["artifact"]
    stats = json.loads((made / "stats.json").read_text())
    rejected = list(read_rows(made / "rejected" / "questions.jsonl"))
    assert stats["wanted"] == 4
    assert stats["kept"] == 0  # a model of random letters asks nothing
    assert sum(stats["rejected"].values()) == len(rejected) > 4
    assert all(row["reason"] and row["statement"] and row["fact"] for row in rejected)
    again = inside.wellread(*command, cwd=tmp_path)
    assert json.loads(again.stdout.splitlines()[-1]) == json.loads(done.stdout.splitlines()[-1])


def test_without_it_the_run_has_no_such_stage(tmp_path, roomy):
    done = inside.wellread("teach", POLYETHER, "--model", roomy, "--out", "run", *QUICK, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "own" not in json.loads((tmp_path / "run" / "run.json").read_text())["stages"]


@pytest.mark.parametrize(
    ("setting", "says"), [("own.most=-1", "own.most"), ("own.goes=0", "own.goes"), ("own.n=3", "own.n")]
)
def test_bad_settings(tmp_path, setting, says):
    done = inside.wellread("teach", POLYETHER, "--set", setting, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
