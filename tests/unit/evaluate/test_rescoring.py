"""Published logs in the forms that people publish."""

import json
import random
from pathlib import Path

import pytest

from wellread.errors import InputError
from wellread.evaluate.rescoring import rescored


@pytest.fixture
def write(tmp_path: Path):
    def write(value, name: str = "log.json") -> Path:
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return path

    return write


def lines(rows: list) -> str:
    return "\n".join(map(json.dumps, rows))


def test_letters(write) -> None:
    rows = [
        {"question": "Which?", "choices": ["w", "x", "y", "z"], "answer": 1, "prediction": "B", "acc": 1.0},
        {"question": "Which?", "choices": ["w", "x", "y", "z"], "answer": 1, "prediction": 2, "acc": 0.0},
        {
            "question": "Which?",
            "options": ["w", "x", "y", "z"],
            "target": "x",
            "response": "The answer is (B).",
            "acc": 1,
        },
        {"question": "Which?", "options": ["w", "x", "y", "z"], "target": "D", "response": "who knows", "acc": 0},
    ]
    found = rescored(write(lines(rows), "log.jsonl"))
    letter = found.scores["choice_letter"]
    assert (letter.value, letter.n, letter.unscored) == (round(2 / 3, 4), 3, 1)
    assert (found.published.value, found.rows, found.agreement) == (0.5, 4, 0.75)


def test_letters_without_options(write) -> None:
    found = rescored(write([{"pred": "A", "gold": "A"}, {"pred": "B", "gold": "C", "correct": False}]))
    assert (found.scores["choice_letter"].value, found.published.value) == (0.5, 0.0)


def test_a_harness_log_is_scored_as_it_was_there(write) -> None:
    rng, rows, right = random.Random(0), [], 0
    for i in range(200):
        values = [-rng.random() for _ in range(4)]
        gold = rng.randrange(4)
        hit = values.index(max(values)) == gold
        right += hit
        doc = {"question": f"q{i}", "subject": "physics", "choices": list("wxyz"), "answer": gold}
        rows.append({"doc_id": i, "doc": doc, "target": str(gold) if i % 2 else gold, "acc": float(hit),
                     "filtered_resps": [[v, False] for v in values]})  # fmt: skip
    found = rescored(write(lines(rows), "samples_mmlu.jsonl"))
    assert found.scores["choice_likelihood"].value == found.published.value == right / 200
    assert found.agreement == 1


def test_a_generated_harness_answer(write) -> None:
    row = {"doc": {"question": "?", "answer": "Paris"}, "target": "Paris", "resps": [["Paris"]], "exact_match": 1}
    assert rescored(write([row])).scores["exact_match"].value == 1


def test_an_mmlu_table(write) -> None:
    text = "0,1,2,3,4,5,m_correct,m_choiceA_probs,m_choiceB_probs,m_choiceC_probs,m_choiceD_probs\n"
    text += '"Which, then?",a,b,c,d,B,True,0.1,0.6,0.2,0.1\nWhy?,a,b,c,d,A,False,0.1,0.2,0.3,0.4\n'
    found = rescored(write(text, "results.csv"))
    assert found.scores["choice_likelihood"].value == found.published.value == 0.5


def test_keywords_deep_inside(write) -> None:
    log = {"settings": {"model": "m"}, "logs": [{"qa": [
        {"question": "What is it?", "keywords": ["lithium", "salt"], "response": "a lithium thing", "score": 0.5},
        {"question": "What is it?", "keywords": ["iron"], "response": "iron", "score": 1},
    ]}]}  # fmt: skip
    found = rescored(write(log))
    assert found.scores["soft"].value == found.published.value == 0.75
    assert found.scores["strict"].value == 0.5


def test_what_lacks_a_key_is_counted(write) -> None:
    found = rescored(write([{"prediction": "x", "answer": "x"}, {"prediction": "y"}]))
    assert (found.rows, found.unread) == (1, 1)


@pytest.mark.parametrize("text", ["{}", "[1, 2]", '{"a": 1}\n{"b": 2}', "{", "a,b\n1,2\n"])
def test_files_without_answers(write, text: str) -> None:
    with pytest.raises(InputError) as caught:
        rescored(write(text, "x.csv" if text.startswith("a,") else "x.json"))
    assert "\n" not in str(caught.value)


def test_an_answer_beside_keywords_and_a_score_is_the_models(write) -> None:
    rows = [
        {
            "question": "Which garnet conducts?",
            "answer": "The garnet with 5 mS.",
            "keywords": ["garnet", "5 mS"],
            "score": 1.0,
        },
        {"question": "How hot?", "answer": "no idea", "keywords": "146 °C, sealed", "score": 0.0},
    ]
    found = rescored(write({"lr": 1e-4, "log": rows}))
    assert (found.rows, found.scores["soft"].value, found.published.value) == (2, 0.5, 0.5)
    with pytest.raises(InputError):  # a set of questions with its key is no log
        rescored(write([{k: v for k, v in row.items() if k != "score"} for row in rows]))


def test_the_key_of_a_mapping_can_be_the_question(write) -> None:
    log = {"Which garnet conducts?": {"prediction": "The garnet.", "keywords": ["garnet", "5 mS"]}}
    found = rescored(write(log))
    assert found.scores["soft"].value == 0.5
    assert found.scores["strict"].value == 0.0
    echoed = {"Which garnet conducts?": {"prediction": "5 mS", "keywords": ["garnet", "5 mS"]}}
    assert rescored(write(echoed)).scores["strict"].value == 1.0  # 'garnet' is given away by the question
