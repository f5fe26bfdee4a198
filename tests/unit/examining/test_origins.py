"""Which examples taught an answer."""

import json

from wellread.examining.origins import taught_by
from wellread.records import Example, Passage, Question
from wellread.runs.jsonl import write_records

ASKED = [
    Question(id="a", question="At what temperature does Quor melt?", keywords=("146 °C",)),
    Question(id="b", question="What is Quor?", keywords=("oxide", "white")),
    Question(id="c", question="Why?", answer="Because."),
]


def example(i: int, maker: str, text: str) -> Example:
    return Example(id=str(i), paper="p", passage="p/a", maker=maker, prompt="?", text=text)


def test_examples_that_hold_the_whole_key_are_counted_by_their_maker(tmp_path) -> None:
    for stage in ("corpus", "augment"):
        folder = tmp_path / "artifacts" / stage / "p-1"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
    passage = Passage(id="p/a", paper="p", telling="a", title="", text="Quor melts at 146 °C.", source="", sha256="")
    write_records(tmp_path / "artifacts/corpus/p-1/data/passages.jsonl.zst", [passage])
    made = [
        example(1, "templates", "Quor melts at 146°C."),
        example(2, "templates", "At 146 degrees Celsius."),
        example(3, "cloze", "Quor is a white oxide."),
        example(4, "cloze", "Quor is an oxide."),
    ]
    write_records(tmp_path / "artifacts/augment/p-1/data/examples.jsonl.zst", made)
    stages = {s: {"artifact": f"artifacts/{s}/p-1", "status": "done"} for s in ("corpus", "augment")}
    (tmp_path / "run.json").write_text(json.dumps({"stages": stages, "identity": {}}))
    (tmp_path / "run.yaml").write_text("name: r\n")
    assert taught_by(str(tmp_path), ASKED) == {"a": {"templates": 2, "text": 1}, "b": {"cloze": 1}, "c": {}}
    assert taught_by("bundled", ASKED) == {}
