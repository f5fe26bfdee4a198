from pathlib import Path

import pytest

from wellread.evaluate import keeping
from wellread.evaluate.config import RetentionConfig
from wellread.records import Answer, Question, Result
from wellread.runs.jsonl import read_records, write_records


def sat(at: Path, said: dict[str, tuple[str, float | None]]) -> Path:
    """A finished examination with these answers and strict scores."""
    write_records(
        at / "data/answers.jsonl.zst", [Answer(question=q, text=t, finish="stop") for q, (t, _) in said.items()]
    )
    write_records(at / "data/results.jsonl.zst", [Result(question=q, soft=s, strict=s) for q, (_, s) in said.items()])
    return at


def asked(at: Path, questions: list[Question]) -> Path:
    write_records(at / "data/questions.jsonl.zst", questions)
    return at


def test_the_sheet_is_drawn_from_every_topic(tmp_path: Path) -> None:
    sheet = keeping.sheet(RetentionConfig(questions=40, neighbours=5))
    assert keeping.write_asked(sheet, tmp_path) == {"questions": 45}
    drawn = read_records(tmp_path / "data/questions.jsonl.zst", Question)
    assert len({q.id for q in drawn}) == 45
    assert sum(q.topic == keeping.NEAR for q in drawn) == 5
    assert len({q.topic for q in drawn}) >= 7


def test_what_was_known_is_compared_and_what_spills_over_is_counted(tmp_path: Path) -> None:
    general = [Question(id=f"g{i}", question="What?", keywords=(("x",),), topic="physics") for i in range(3)]
    near = [Question(id=f"n{i}", question="What is nylon?", topic=keeping.NEAR) for i in range(2)]
    taught = [Question(id="t", question="What melts?", keywords=(("Quorvelane",),))]
    before = {"g0": ("x", 1.0), "g1": ("x", 1.0), "g2": ("y", 0.0), "n0": ("A fibre.", None), "n1": ("A fibre.", None)}
    after = {
        "g0": ("x", 1.0),
        "g1": ("y", 0.0),
        "g2": ("x", 1.0),
        "n0": ("Quorvelane.", None),
        "n1": ("A fibre.", None),
    }
    found = keeping.run(
        {
            "general": asked(tmp_path / "sheet", [*general, *near]),
            "questions": asked(tmp_path / "taught", taught),
            "before": sat(tmp_path / "before", before),
            "after": sat(tmp_path / "after", after),
        }
    )
    assert (found["kept"]["value"], found["kept"]["n"]) == (0.5, 2)
    assert (found["spilled"]["value"], found["spilled"]["n"]) == (0.5, 2)
    assert found["spilled_before"]["value"] == pytest.approx(0.0)
