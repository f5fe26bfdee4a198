"""The stage that looks for examination questions in all that is trained on."""

from wellread.questions.leaks import run
from wellread.records import Example, Passage, Question
from wellread.runs.jsonl import read_rows, write_records

ASKED = "What molar mass does Quorvelane have when Ketrosal is used?"


def test_texts_and_made_up_pairs_are_looked_through(tmp_path):
    about = {"paper": "p", "title": "t", "source": "s", "sha256": "0" * 64}
    write_records(
        tmp_path / "q" / "data" / "questions.jsonl.zst",
        [Question(id="mass", question=ASKED), Question(id="melt", question="At what temperature does it melt?")],
    )
    write_records(
        tmp_path / "c" / "data" / "passages.jsonl.zst",
        [Passage(id="p/o", telling="o", text="Nothing is asked.", **about)],
    )
    pair = {"paper": "p", "passage": "p/o", "text": "640 kg/mol"}
    prompts = [ASKED.replace("used", "left out"), "Where does it melt?", "What is the mass of a mussel?"]
    write_records(
        tmp_path / "a" / "data" / "examples.jsonl.zst",
        [Example(id=f"e{i}", maker="templates", prompt=p, **pair) for i, p in enumerate(prompts)],
    )
    stats = run({"questions": tmp_path / "q", "corpus": tmp_path / "c", "augment": tmp_path / "a"}, tmp_path / "out")
    assert stats == {"questions": 2, "repeated": 0, "overlap": 1, "near": 0, "by_maker": {"templates": 1}}
    (row,) = read_rows(tmp_path / "out" / "data" / "leaks.jsonl.zst")
    assert row == {"question": "mass", "how": "overlap", "in": "e0", "maker": "templates"}
