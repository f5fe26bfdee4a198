"""The model's own questions: what is asked for, what is wrong with a question, what comes back, and what a dose takes."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.augment import stage as augment
from wellread.augment.analysis import analyse
from wellread.augment.config import AugmentConfig
from wellread.augment.own.config import OwnConfig
from wellread.augment.own.faults import comes_back, fault, standing_alone
from wellread.augment.own.gaps import BLANK, gaps
from wellread.augment.own.prompts import MADE_UP, answering, asking, question
from wellread.augment.own.stage import ask, run
from wellread.models.config import ModelConfig
from wellread.records import Example, Passage
from wellread.runs.jsonl import read_records, read_rows, write_records
from wellread.testing import tiny

TEXT = (
    "Melvanite is a polyimide. Melvanite melts at 312.5 °C. The yield of Melvanite is 81.4%. A film of Melvanite was tested in the "
    "Orrin Valley for 17 months. Its colour is grey. The powder is annealed at 287 °C."
)


def passage(text=TEXT, telling="one"):
    return Passage(id=f"m/{telling}", paper="m", telling=telling, title="Melvanite", text=text, source="x", sha256="0" * 64,
                   licence="CC-BY-4.0")  # fmt: skip


@pytest.fixture(scope="module")
def wanted():
    return gaps([analyse(passage())], 100)


def gap(wanted, fact):
    return next(g for g in wanted if g.fact == fact)


def test_each_fact_is_missing_from_its_statement(wanted):
    assert {"312.5 °C", "81.4%", "17 months", "287 °C"} <= {g.fact for g in wanted}
    assert all(g.fact not in g.blanked and g.blanked.count(BLANK) == 1 for g in wanted)
    assert all("Melvanite" not in g.fact for g in wanted)
    assert gap(wanted, "312.5 °C").openings[0] == "At what temperature"
    assert gap(wanted, "17 months").openings[0] == "How long"


def test_every_fact_in_turn_the_most_told_first():
    told = [analyse(passage(telling=t)) for t in ("one", "two")]
    told.append(analyse(passage("Melvanite is a polyimide. In air, Melvanite melts at 312.5 °C.", "three")))
    few = gaps(told, 4)
    assert few[0].fact == "312.5 °C"
    assert max(Counter(g.fact for g in few).values()) == 1
    assert gaps(told, 0) == []
    assert len(gaps(told, 1000)) < 1000


def test_the_prompt_hides_the_fact_and_the_question_ends_at_its_mark(wanted):
    one = gap(wanted, "312.5 °C")
    prompt = asking(one, "At what temperature")
    assert "312.5" not in prompt
    assert prompt.endswith("Melvanite melts at ____.\nQuestion: At what temperature")
    assert answering(one.statement, "When?").endswith("Melvanite melts at 312.5 °C.\nQuestion: When?\nAnswer:")
    assert question("At what temperature", "does it melt? Or not?\nNo.") == "At what temperature does it melt?"
    assert question("What", "'s that?") == "What's that?"
    assert question("What", "is it") == "What is it"


@pytest.mark.parametrize(
    ("fact", "asked", "reason"),
    [
        ("312.5 °C", "At what temperature does Melvanite melt?", None),
        ("312.5 °C", "What is the melting temperature of Melvanite?", None),
        ("312.5 °C", "At what temperature does Melvanite melt", "no end"),
        ("312.5 °C", "At what temperature does Melvanite melt at 312.5 °C?", "holds its answer"),
        ("312.5 °C", "At what temperature does Zelbrite melt?", "copied from the examples"),
        ("312.5 °C", "At what temperature does Melvanite explode?", "says what the statement doesn't: explode"),
        ("312.5 °C", "At what temperature does Melvanine melt?", "names what the statement doesn't: Melvanine"),
        ("312.5 °C", "What is the temperature of Melvanite?", "asks for nothing in particular"),
        ("81.4%", "How much is the (yield of Melvanite?", "not a question that can be put"),
    ],
)  # fmt: skip
def test_faults_of_a_question(wanted, fact, asked, reason):
    assert fault(asked, gap(wanted, fact)) == reason


def test_a_question_that_names_nothing_gets_the_subject(wanted):
    one = gap(wanted, "287 °C")
    assert standing_alone("At what temperature is the powder annealed?", one) == (
        "For Melvanite, at what temperature is the powder annealed?"
    )
    assert standing_alone("At what temperature does Melvanite melt?", one) == "At what temperature does Melvanite melt?"


@pytest.mark.parametrize(
    ("fact", "said", "back"),
    [("312.5 °C", "312.5 °C", True), ("312.5 °C", "It is 312.5\nQuestion:", True), ("312.5 °C", "312 °C", False),
     ("312.5 °C", "\n312.5 °C", False), ("17 months", "17", True), ("17 months", "18 months", False),
     ("Orrin Valley", "the Orrin Valley", True), ("Orrin Valley", "Orrin", False)],
)  # fmt: skip
def test_what_comes_back(wanted, fact, said, back):
    assert comes_back(said, gap(wanted, fact)) is back


def say(texts, most, label):
    """A writer that asks well for what it knows and answers from the statement."""
    good = {"melts at": "does Melvanite melt?", "yield of": "of Melvanite is the yield?", "tested in": "of all this?"}
    last = [text.rpartition("\n\n")[2] for text in texts]
    if label == "asking":
        return [next((q for start, q in good.items() if start in text), "about water?") for text in last]
    return ["312.5 °C" if "312.5" in text else "nothing" for text in last]


def test_only_what_comes_back_is_kept_and_every_try_is_accounted_for(wanted):
    done = ask(wanted, 1, say, lambda text: False)
    assert [q for _, q in done.kept] == ["At what temperature does Melvanite melt?"]
    assert len(done.rows) == len(wanted) - 1
    reasons = {row["fact"]: row["reason"] for row in done.rows}
    assert reasons["81.4%"] == "not answered from the statement"
    assert reasons["17 months"] == "asks for nothing in particular"
    assert all(row["what"] == "m/one" and row["statement"] for row in done.rows)


def test_a_second_go_asks_otherwise_for_what_is_missing_alone(wanted):
    asked = []

    def listening(texts, most, label):
        asked.extend(text.rpartition("Question: ")[2] for text in texts if label == "asking")
        return say(texts, most, label)

    done = ask(wanted, 2, listening, lambda text: False)
    assert len(done.kept) == 1
    assert asked.count("At what temperature") == 2
    assert asked.count("What is the temperature") == 1
    assert "For how long" in asked


def test_nothing_from_the_examination(wanted):
    done = ask(wanted, 1, say, lambda text: "Melvanite melt" in text)
    assert done.kept == []
    assert "like an examination question" in {row["reason"] for row in done.rows}


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_reply_is_kept_or_rejected_once(replies):
    some = gaps([analyse(passage())], 6)
    done = ask(some, 1, lambda texts, most, label: (replies * len(texts))[: len(texts)], lambda text: False)
    assert len(done.kept) + len(done.rows) == len(some)
    assert all(q.endswith("?") and not any(name in q for name in MADE_UP) for _, q in done.kept)


@pytest.fixture(scope="module")
def roomy_folder(tmp_path_factory):
    """A tiny model whose context holds the worked examples, letter by letter."""
    folder = tiny.folder(tmp_path_factory.mktemp("roomy") / "model")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"max_position_embeddings": 2048}))
    return folder


def test_the_stage_writes_examples_that_the_dose_takes_in(tmp_path, roomy_folder):
    write_records(tmp_path / "corpus/data/passages.jsonl.zst", [passage()])
    inputs = {"corpus": tmp_path / "corpus", "model": roomy_folder}
    stats = run(OwnConfig(most=3, goes=2), ModelConfig(), lambda text: False, inputs, tmp_path / "own")
    rows = list(read_rows(tmp_path / "own/rejected/questions.jsonl"))
    assert stats["wanted"] == 3
    assert stats["kept"] == len(read_records(tmp_path / "own/data/examples.jsonl.zst", Example))
    assert sum(stats["rejected"].values()) == len(rows) >= 3 - stats["kept"]

    mine = Example(id="m/one/own/0", paper="m", passage="m/one", maker="own", prompt="For Melvanite, how hot is the powder annealed?",
                   text="287 °C.", fact="287 °C", licence="CC-BY-4.0")  # fmt: skip
    write_records(tmp_path / "own/data/examples.jsonl.zst", [mine, mine.model_copy(update={"id": "m/one/own/1"})])
    found = augment.run(AugmentConfig(), {"corpus": tmp_path / "corpus", "own": tmp_path / "own"}, tmp_path / "views")
    assert found["by_maker"]["own"] == 1
    assert found["rejected"]["duplicate"] >= 1
    kept = {e.id: e for e in read_records(tmp_path / "views/data/examples.jsonl.zst", Example)}
    told = kept["m/one/own/0"]
    assert told.model_copy(update={"text": mine.text}) == mine
    assert "287 °C" in told.text  # answered as the views' questions for it are
    assert told.text in passage().text


def test_a_text_without_statements_asks_nothing(tmp_path):
    german = passage("Das Salz schmilzt bei 312 °C. Die Ausbeute beträgt 81,4 %.")
    write_records(tmp_path / "corpus/data/passages.jsonl.zst", [german])
    missing = {"corpus": tmp_path / "corpus", "model": tmp_path / "there is none"}
    assert run(OwnConfig(most=5), ModelConfig(), lambda text: False, missing, tmp_path / "out")["wanted"] == 0
