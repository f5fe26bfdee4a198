"""A trial in a model that stays in memory is what `wellread teach` makes of the same settings."""

from pathlib import Path
from typing import Any

import pytest

from wellread.config import from_mapping
from wellread.errors import InputError
from wellread.pipeline import teach
from wellread.records import Answer
from wellread.runs import progress
from wellread.runs.jsonl import read_records
from wellread.searching.classroom import Classroom

EXAMPLES = Path(__file__).parents[3] / "examples"
SHARED = {"batch_tokens": 300, "longest": 256, "learning_rate": 0.01, "epochs": 2}
HOW: dict[str, dict[str, Any]] = {
    "upper half": {"layers": "50%:"},
    "lora": {"adapt": "lora", "lora": {"r": 4, "alpha": 8}},
    "lora on the head, which is parted from the embeddings": {"adapt": "lora", "lora": {"r": 4, "groups": ["q", "lm_head"]}},
    "everything": {"layers": "all", "epochs": 1},
}  # fmt: skip


def config(model: Path, train: dict[str, Any]) -> Any:
    return from_mapping({
        "model": {"name": str(model)},
        "corpus": {
            "papers": [str(EXAMPLES / "development" / "polyether")], "texts": ["original"],
            "unrelated": [str(EXAMPLES / "test" / "photocatalyst" / "original.md")], "unrelated_texts": 2,
        },
        "augment": {"views": "templates", "dose": 1.0},
        "rehearse": {"most": 2},
        "train": {**SHARED, **train},
        "examine": {"max_new_tokens": 8},
        "search": {"winner_seeds": [], "params": {}},
    })  # fmt: skip


def answers(file: str | Path) -> list[str | None]:
    return [a.text for a in read_records(Path(file), Answer)]


def test_a_trial_equals_a_run_and_leaves_no_trace_in_the_next(tiny_folder: Path, tmp_path: Path) -> None:
    progress.set_mode("silent")
    room = Classroom(tmp_path / "room")
    said = {}
    for name, train in [*HOW.items(), ("upper half again", HOW["upper half"])]:
        outcome = (room.teach(config(tiny_folder, train), name) or {})["development"]
        said[name] = answers(str(outcome.answers))
        assert outcome.texts == {"target": 1, "unrelated": 2, "total": 3}
        assert outcome.collapsed is None or "repeats" in outcome.collapsed
    assert said["upper half again"] == said["upper half"]
    assert said["lora"] != said["upper half"] != said["everything"]
    for number, (name, train) in enumerate(HOW.items()):
        (run,) = teach(config(tiny_folder, train), tmp_path / f"run{number}")
        assert said[name] == answers(run.stages["closed_book"].path / "data" / "answers.jsonl.zst"), name
        floor = run.stages["floor"].stats["strict"]["value"]
        sheets = room.sheets(config(tiny_folder, train))
        assert (
            room.floor(config(tiny_folder, train), sheets.asked["development"], sheets.corpus)["strict"].value == floor
        )


def test_after_a_trial_that_fails_the_next_is_sound(tiny_folder: Path, tmp_path: Path) -> None:
    progress.set_mode("silent")
    room = Classroom(tmp_path / "room")
    good = config(tiny_folder, {"epochs": 1})
    first = (room.teach(good, "first") or {})["development"]
    with pytest.raises(Exception, match="beyond the last layer"):
        room.teach(config(tiny_folder, {"layers": "0:77"}), "bad")
    with pytest.raises(InputError, match="900 are wanted"):
        room.teach(good.model_copy(update={"corpus": good.corpus.model_copy(update={"unrelated_texts": 900})}), "bad")
    assert room.teach(good, "halted", enough=lambda *_: True) is None
    again = (room.teach(good, "again") or {})["development"]
    assert answers(str(again.answers)) == answers(str(first.answers))
