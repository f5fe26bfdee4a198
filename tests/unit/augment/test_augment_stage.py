import pytest

from wellread.augment.config import DEFAULT_VIEWS, AugmentConfig
from wellread.augment.stage import run
from wellread.matching import normalised
from wellread.records import Example, Passage, Question
from wellread.runs.jsonl import read_records, read_rows, write_records

TEXT = (
    "Melvanite is a polyimide. Melvanite melts at 312.5 °C. The yield of Melvanite is 81.4%. Melvanite was tested in the Orrin Valley. "
    "Melvanite resists acid because its side chains stay mobile."
)


@pytest.fixture
def corpus(tmp_path):
    rows = [
        Passage(
            id=f"m/{name}", paper="m", telling=name, title="Melvanite", text=TEXT, source=f"{name}.md", sha256="0" * 64
        )
        for name in ("one", "two")
    ]
    write_records(tmp_path / "corpus" / "data" / "passages.jsonl.zst", rows)
    return tmp_path / "corpus"


def exam(tmp_path, *asked):
    rows = [Question(id=str(n), question=q, keywords=("x",)) for n, q in enumerate(asked)]
    write_records(tmp_path / "questions" / "data" / "questions.jsonl.zst", rows)
    return tmp_path / "questions"


def examples(out):
    return read_records(out / "data" / "examples.jsonl.zst", Example)


def test_examples_carry_their_origin_and_are_counted(corpus, tmp_path):
    stats = run(AugmentConfig(views=DEFAULT_VIEWS, dose=None), {"corpus": corpus}, tmp_path / "out")
    found = examples(tmp_path / "out")
    assert stats["examples"] == len(found) == sum(stats["by_maker"].values())
    assert stats["passages"] == 2
    assert len({e.id for e in found}) == len(found)
    assert all(e.id.startswith(f"{e.passage}/{e.maker}/") and e.paper == "m" for e in found)
    assert any(e.prompt == "At what temperature does Melvanite melt?" for e in found)
    assert all(e.text != TEXT for e in found if e.prompt is None)


def test_doubles_are_dropped_and_counted(corpus, tmp_path):
    stats = run(AugmentConfig(views=("templates",), dose=None), {"corpus": corpus}, tmp_path / "out")
    pairs = [(e.prompt, e.text) for e in examples(tmp_path / "out")]
    assert len(set(pairs)) == len(pairs)
    rows = list(read_rows(tmp_path / "out" / "rejected" / "examples.jsonl"))
    assert stats["rejected"] == {"duplicate": len(rows)}
    assert rows
    assert {"what", "reason"} <= set(rows[0])


def test_the_examination_is_never_trained_on(corpus, tmp_path):
    question = "At what TEMPERATURE does  melvanite melt ?"
    config = AugmentConfig(views=DEFAULT_VIEWS, dose=None)
    stats = run(config, {"corpus": corpus, "questions": exam(tmp_path, question)}, tmp_path / "out")
    said = [normalised(f"{e.prompt} {e.text}") for e in examples(tmp_path / "out")]
    assert stats["rejected"]["examination question"] >= 1
    assert not any(normalised(question) in text for text in said)
    rows = list(read_rows(tmp_path / "out" / "rejected" / "examples.jsonl"))
    assert any(
        r["prompt"] == "At what temperature does Melvanite melt?" and r["reason"] == "examination question"
        for r in rows
    )


def test_the_same_seed_gives_the_same_examples(corpus, tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        run(AugmentConfig(views=DEFAULT_VIEWS, seed=seed), {"corpus": corpus}, tmp_path / name)
    a, b, c = (examples(tmp_path / name) for name in "abc")
    assert a == b
    assert a != c


def test_one_view_does_not_change_what_another_makes(corpus, tmp_path):
    run(AugmentConfig(views=("cloze",), dose=None), {"corpus": corpus}, tmp_path / "alone")
    run(AugmentConfig(views=("permuted", "cloze"), dose=None), {"corpus": corpus}, tmp_path / "both")
    assert examples(tmp_path / "alone") == [e for e in examples(tmp_path / "both") if e.maker == "cloze"]


def test_no_views_no_examples(corpus, tmp_path):
    assert run(AugmentConfig(views=()), {"corpus": corpus}, tmp_path / "out")["examples"] == 0
    assert examples(tmp_path / "out") == []


def test_normalised_ignores_case_width_and_punctuation():
    assert normalised("What is Ｘ-5 (the “best”)?") == normalised("what is x 5 the best")


def test_each_section_has_a_dose_of_its_own(tmp_path):
    rows = [
        Passage(id=f"m/{part}", paper="m", telling="m", title="Melvanite", text=TEXT.replace("Melvanite", name), source="m.xml",
                sha256="0" * 64, section="results")
        for part, name in (("1", "Melvanite"), ("2", "Orvanite"))
    ]  # fmt: skip
    write_records(tmp_path / "corpus" / "data" / "passages.jsonl.zst", rows)
    run(AugmentConfig(views=("templates",), dose=3), {"corpus": tmp_path / "corpus"}, tmp_path / "out")
    words = {
        p.id: sum(len(f"{e.prompt} {e.text}".split()) for e in examples(tmp_path / "out") if e.passage == p.id)
        for p in rows
    }
    assert all(2 * len(TEXT.split()) < n <= 3 * len(TEXT.split()) for n in words.values()), words


def test_the_dose_bounds_the_words(corpus, tmp_path):
    config = AugmentConfig(views=("templates",), dose=3)
    stats = run(config, {"corpus": corpus}, tmp_path / "out")
    found = examples(tmp_path / "out")
    words = sum(len((e.prompt or "").split()) + len(e.text.split()) for e in found)
    assert words <= 3 * len(TEXT.split())  # two texts share the dose
    assert stats["rejected"]["over the dose of 3"] > 0
    everything = run(AugmentConfig(views=("templates",), dose=None), {"corpus": corpus}, tmp_path / "all")
    assert everything["examples"] > len(found)
    again = run(config, {"corpus": corpus}, tmp_path / "again")
    assert examples(tmp_path / "again") == found
    assert again == stats
