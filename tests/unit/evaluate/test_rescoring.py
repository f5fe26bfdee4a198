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


DEEP = "[" * 9999 + "]" * 9999
LONG = f"question,answer,pred\nq,B,{'x' * 140_000}\n"


@pytest.mark.parametrize("text", ["{}", "[1, 2]", '{"a": 1}\n{"b": 2}', "{", "a,b\n1,2\n", DEEP, LONG])
def test_files_without_answers(write, text: str) -> None:
    with pytest.raises(InputError) as caught:
        rescored(write(text, "x.csv" if text.startswith(("a,", "q")) else "x.json"))
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


Q4 = {"question": "Which?", "choices": ["w", "x", "y", "z"]}


def test_an_answer_that_is_missing_is_no_dropped_one(write) -> None:
    found = rescored(write([{**Q4, "answer": 1, "prediction": "B"}, {**Q4, "answer": 1, "prediction": None}]))
    assert (found.rows, found.scores["choice_letter"].unscored, found.of_all) == (2, 1, 0.5)
    rows = [{"question": "How?", "answer": a, "keywords": ["x"], "score": s} for a, s in (("x", 1), (None, 0))]
    found = rescored(write(rows))
    assert (found.rows, found.scores["strict"].n, found.published.n) == (2, 1, 2)


@pytest.mark.parametrize(
    "log",
    [
        {"result": [{"answer": "A", "pred": "A"}, {"answer": "B", "pred": "C"}]},
        {"predictions": ["A", "C"], "labels": ["A", "B"]},
        {"pred": {"0": "A", "1": "C"}, "answer": {"0": "A", "1": "B"}, "question": {"0": "?", "1": "?"}},
        [{**Q4, "answer": 0, "prediction": "0"}, {**Q4, "answer": "1", "prediction": "2"}],
        [{"question": "?", **dict(zip("ABCD", "wxyz", strict=True)), "answer": a, "prediction": p} for a, p in ("Aw", "By")],
        [{"data": {"correct": c, "expected": e, "sampled": s}} for c, e, s in ((True, "A", "A"), (False, "B", "C"))],
        [{"input_question": "?", "input_choice_list": dict(zip("ABCD", "wxyz", strict=True)),
          "input_correct_responses": [c], "output_parsed_answer": a} for c, a in ("AA", "BC")],
        [{"doc": {**Q4, "answer": g}, "target": g, "resps": [[[-3.0, False]], [[-2.0, False]], [[v, True]], [[-9.0, False]]]}
         for g, v in ((1, -8.0), (3, -1.0))],
    ],
)  # fmt: skip
def test_forms_in_which_answers_are_published(write, log) -> None:
    letter = rescored(write(log)).scores["choice_letter"]
    assert (letter.value, letter.n) == (0.5, 2)


def test_half_characters_are_no_obstacle(write) -> None:
    rows = [
        {"question": "A \ud83d?", "answer": "x", "prediction": "x \ud83d"},
        {"answer": "ok \ude00", "prediction": "😀"},
    ]
    found = rescored(write(rows))
    assert found.rows == 2
    assert found.scores["exact_match"].value == 0.5


def test_options_beyond_the_letters_are_not_read(write) -> None:
    twelve = {"question": "Which?", "choices": [f"option {i}" for i in range(12)]}
    found = rescored(write([{**twelve, "answer": 11, "prediction": 11}, {**twelve, "answer": 1, "prediction": 1}]))
    assert (found.rows, found.unread, found.scores["choice_letter"].value) == (1, 1, 1.0)


def test_the_metric_that_was_published_is_named(write) -> None:
    rows = [
        {"question": "What?", "keywords": ["lithium", 7], "response": r, "score": s} for r, s in (("lithium", 0.5), ("7", 0.5))
    ]  # fmt: skip
    found = rescored(write(rows))
    assert (found.agreement, found.agrees) == (1.0, "soft")


def test_a_published_score_that_is_no_number_is_not_known(write) -> None:
    found = rescored(write('{"answer": "A", "pred": "A", "score": NaN}\n', "x.jsonl"))
    assert (found.published.value, found.published.n, found.agreement) == (None, 0, None)


def test_options_that_a_prompt_numbers_are_options(write) -> None:
    """As the seed's authors asked; where no number is named, nothing is guessed."""
    asked = "Answer the following question:\n[Question] Which?\nChoices:\n1. tin\n2. zinc, of\nwhich 3. is told\n3. iron\n[Answer] "
    rows = [
        {"problem": asked, "answer": "2", "pred": said, "score": score}
        for said, score in (("2. zinc", 1), ("\n2", 1), ("3", 0), ("none of these", 1), ("7 times", 0))
    ]
    found = rescored(
        write([*rows, {"problem": "What is hot?", "answer": "iron devices", "pred": "an iron device", "score": 2 / 3}])
    )
    letter = found.scores["choice_letter"]
    assert (letter.value, letter.n, letter.unscored, found.asked) == (round(2 / 3, 4), 3, 2, 2)
    assert (found.agreement, found.agrees) == (round(4 / 6, 4), "choice_letter and rouge2 of stems")


def test_a_log_that_was_cut_short_is_told_where(write) -> None:
    whole = json.dumps([{"prediction": "x", "answer": "x"}] * 3, indent=1)
    with pytest.raises(InputError, match=r"line 11: not JSON: .* Is the file whole"):
        rescored(write(whole[: whole.index("answer", 60) + 20]))
