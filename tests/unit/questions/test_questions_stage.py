"""The stage: questions with their papers, leaks, counts."""

import json

import pytest

from wellread.errors import InputError
from wellread.questions.config import QuestionsConfig
from wellread.questions.load import resolve
from wellread.questions.stage import run, sources
from wellread.records import Paper, Passage, Question
from wellread.runs.jsonl import read_records, read_rows, write_records

REPEATED = "Which metal made the high polymer possible?"
OVERLAP = "Say which of the two metals made the high polymer possible then?"


def row(name, question="What is it?", keywords=("ruthenium",), **rest):
    return json.dumps({"id": name, "question": question, "keywords": list(keywords)} | rest)


@pytest.fixture
def corpus(tmp_path):
    """Folders of two papers and the artefact made of them."""

    def make(*ids):
        papers = [Paper(id=name, title="T", source="elsewhere", sha256="0") for name in ids]
        text = f"Q: {REPEATED} They say which of the two metals made the high polymer."
        passages = [
            Passage(id=f"{name}/qa", paper=name, telling="qa", title="T", text=text, source="s", sha256="0")
            for name in ids
        ]
        write_records(tmp_path / "corpus" / "data" / "papers.jsonl.zst", papers)
        write_records(tmp_path / "corpus" / "data" / "passages.jsonl.zst", passages)
        return {"corpus": tmp_path / "corpus"}

    return make


def questions_in(folder, *rows, name="questions.jsonl"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(rows), encoding="utf-8")
    return str(folder / name)


def test_leaks_and_counts(corpus, tmp_path):
    path = questions_in(
        tmp_path / "q",
        row("a", REPEATED),
        row("b", OVERLAP, kind="reverse"),
        row("c", "Is ruthenium or 4.7 right?", [["Ruthenium", "Ru"], "4.7"], paper="one"),
        row("d", "Is ruthenium or 14.7 right?", ["ruthenium", "4.7"], paper="three"),
    )
    out = tmp_path / "out"
    stats = run(QuestionsConfig(questions=(path,)), corpus("one", "two"), out)
    assert stats == {
        "questions": 4,
        "by_kind": {"direct": 3, "reverse": 1},
        "repeated": 1,
        "overlap": 1,
        "echo": 1,
        "other_paper": 1,
    }
    assert list(read_rows(out / "data" / "leaks.jsonl.zst")) == [
        {"question": "a", "how": "repeated", "passage": "one/qa"},
        {"question": "b", "how": "overlap", "passage": "one/qa"},
        {"question": "a", "how": "repeated", "passage": "two/qa"},
        {"question": "b", "how": "overlap", "passage": "two/qa"},
    ]
    told = read_records(out / "data" / "questions.jsonl.zst", Question)
    assert [question.paper for question in told] == [None, None, "one", "three"]


@pytest.mark.parametrize(
    ("ids", "folder", "paper"),
    [
        (("one", "two"), "one", "one"),
        (("one", "two"), "elsewhere", None),
        (("one",), "elsewhere", "one"),
        (("x-one", "y-one"), "y/one", "y-one"),
    ],
)
def test_the_paper_of_a_question(ids, folder, paper, corpus, tmp_path):
    path = questions_in(tmp_path / folder, row("a"), row("b", paper="said"))
    run(QuestionsConfig(questions=(path,)), corpus(*ids), tmp_path / "out")
    told = read_records(tmp_path / "out" / "data" / "questions.jsonl.zst", Question)
    # In a paper's own folder they are about that paper, whatever it was called when they were written.
    assert [question.paper for question in told] == [paper, "said" if folder == "elsewhere" else paper]


def test_no_questions_at_all(corpus, tmp_path):
    config = resolve(QuestionsConfig(), (str(tmp_path),))
    assert run(config, corpus("one"), tmp_path / "out")["questions"] == 0
    assert read_records(tmp_path / "out" / "data" / "questions.jsonl.zst", Question) == []
    assert sources(QuestionsConfig(), (str(tmp_path),)) == {}


def test_sources(tmp_path):
    first, second = questions_in(tmp_path / "one", row("a")), questions_in(tmp_path / "two", row("b"))
    papers = (str(tmp_path / "one"), str(tmp_path / "two"))
    found = sources(QuestionsConfig(), papers)
    assert list(found) == ["one/questions.jsonl", "two/questions.jsonl"]
    assert sources(QuestionsConfig(questions=(first, second)), ()) == found
    questions_in(tmp_path / "two", row("c"))
    assert sources(QuestionsConfig(), papers)["two/questions.jsonl"] != found["two/questions.jsonl"]
    questions_in(tmp_path / "two", row("a"))
    with pytest.raises(InputError, match="already in"):
        sources(QuestionsConfig(), papers)


def test_bad_questions_leave_nothing_behind(corpus, tmp_path):
    path = questions_in(tmp_path / "one", row("a"), "{")
    with pytest.raises(InputError, match="line 2"):
        run(QuestionsConfig(questions=(path,)), corpus("one"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_files_must_be_resolved(corpus, tmp_path):
    with pytest.raises(ValueError, match="not resolved"):
        run(QuestionsConfig(), corpus("one"), tmp_path / "out")
