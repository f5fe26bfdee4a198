"""Answers in published result logs, found under the names that people use.

Read are JSON and JSON-lines files in which some object holds a prediction beside what was asked for (`prediction`,
`response`, `model_answer`, ...; `target`, `gold`, `answer`, ...), logs of lm-evaluation-harness (`doc`, `target`,
`filtered_resps`), and MMLU result tables (CSV with `..._correct` and `..._choiceA_probs` columns).
"""

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wellread.errors import InputError
from wellread.evaluate.choices import LETTERS
from wellread.files import decode, read_bytes
from wellread.records import Answer, Frozen, Question

PREDICTION = (
    "prediction", "pred", "predicted", "predicted_answer", "model_answer", "model_output", "output", "response",
    "generated_text", "generation", "completion", "answer_model", "model_response", "parsed_answer", "result",
)  # fmt: skip
GOLD = (
    "gold",
    "target",
    "label",
    "reference",
    "correct_answer",
    "ground_truth",
    "answer",
    "correct",
    "expected",
    "solution",
)
SCORE = ("score", "acc", "accuracy", "is_correct", "correct", "exact_match", "em")
QUESTION = ("question", "prompt", "query", "input", "instruction")
CHOICES = ("choices", "options")
ANSWER = ("answer",)
KEYWORDS = ("keywords", "keyword", "keys")


class Entry(Frozen):
    """One answer of a log."""

    question: Question
    answer: Answer
    published: float | None


def entries(path: Path) -> Iterator[Entry | None]:
    """Each answer of the log at `path`; None for an object that lacks what it could be scored by.

    Raises InputError for a file that can't be read.
    """
    text = decode(read_bytes(path), str(path))
    if path.suffix.casefold() == ".csv":
        rows: Iterator[Mapping[str, Any]] = csv.DictReader(io.StringIO(text))
    else:
        rows = _objects(_values(text, path))
    for n, row in enumerate(rows, 1):
        yield _entry(row, f"{path.stem}-{n}")


def _values(text: str, path: Path) -> Any:
    """One JSON value, or one a line."""
    try:
        return json.loads(text)
    except ValueError:
        pass
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except ValueError as error:
                raise InputError(
                    f"{path} line {number}: not JSON: {error}", "Give a JSON, JSON-lines or CSV file."
                ) from None
    return found


def _objects(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every object that holds a prediction, however deep; one that stands under its question is given it."""
    if isinstance(node, dict):
        if "filtered_resps" in node or "resps" in node or first_of(node, PREDICTION) is not None:
            yield node
            return
        if isinstance(first_of(node, ANSWER), str) and all(first_of(node, n) is not None for n in (KEYWORDS, SCORE)):
            # Keywords and a score beside an answer: the answer is the model's, not the key's.
            yield {**node, "prediction": first_of(node, ANSWER)}
            return
        node = [_under(key, part) for key, part in node.items()]
    if isinstance(node, list):
        for part in node:
            yield from _objects(part)


def _under(key: str, part: Any) -> Any:
    """An object in a mapping from questions to objects, with its question put in."""
    if isinstance(part, dict) and " " in key.strip() and first_of(part, QUESTION) is None:
        return {"question": key, **part}
    return part


def _entry(row: Mapping[str, Any], name: str) -> Entry | None:
    """The answer that `row` holds; None where what is needed isn't there."""
    probabilities = {k[-7]: row[k] for k in row if k and k.endswith("_probs") and k[-14:-7].endswith("_choice")}
    if probabilities:
        return _from_table(row, probabilities, name)
    if "filtered_resps" in row or "resps" in row:
        return _from_harness(row, name)
    doc = {**row.get("doc", {}), **row} if isinstance(row.get("doc"), dict) else dict(row)
    choices = options_of(first_of(doc, CHOICES))
    gold = first_of(doc, GOLD)
    said = first_of(doc, PREDICTION)
    question = question_of(doc, name, choices, gold)
    if question is None or isinstance(said, dict | list):
        return None
    if choices and isinstance(said, int) and 0 <= said < len(choices):
        said = LETTERS[said]
    # A field that both could mean is the gold answer where nothing else is, so it can't be the score too.
    scores = {
        k: v
        for k, v in doc.items()
        if not (k == "correct" and question.correct and v == gold and not isinstance(v, bool))
    }
    text = None if said is None else str(said)
    answer = Answer(
        question=name, text=text, finish="failed" if text is None else "stop", error="no prediction in the log"
    )
    return Entry(question=question, answer=answer, published=_number(first_of(scores, SCORE)))


def question_of(doc: Mapping[str, Any], name: str, choices: tuple[str, ...], gold: Any) -> Question | None:
    """The question of `doc` with its key: keywords, the right option, or the answer; None where there is none."""
    asked = str(first_of(doc, QUESTION) or "?")
    keywords = first_of(doc, KEYWORDS)
    if isinstance(keywords, str):
        keywords = [word.strip() for word in keywords.split(",") if word.strip()]
    if isinstance(keywords, list) and keywords:
        return Question(id=name, question=asked, keywords=tuple(keywords))
    letter = _letter(gold, choices)
    if letter:
        options = choices or tuple(LETTERS[: max(4, LETTERS.index(letter) + 1)])
        return Question(id=name, question=asked, choices=options, correct=letter)
    if isinstance(gold, str | int | float) and not isinstance(gold, bool) and str(gold).strip():
        return Question(id=name, question=asked, answer=str(gold))
    return None


def _letter(gold: Any, choices: tuple[str, ...]) -> str | None:
    """The right option's letter, given as letter, index or text."""
    if isinstance(gold, bool) or gold is None:
        return None
    if isinstance(gold, int) and 0 <= gold < len(choices):
        return LETTERS[gold]
    if isinstance(gold, str):
        bare = gold.strip().strip("().")
        if len(bare) == 1 and bare.upper() in LETTERS and (choices or bare.isupper()):
            return bare.upper()
        if gold in choices:
            return LETTERS[choices.index(gold)]
    return None


def _from_harness(row: Mapping[str, Any], name: str) -> Entry | None:
    """A sample of lm-evaluation-harness: a pair (log-likelihood, greedy) for each option, or a generated text."""
    doc: Mapping[str, Any] = row["doc"] if isinstance(row.get("doc"), dict) else {}
    said = row.get("filtered_resps", row.get("resps"))
    while isinstance(said, list) and len(said) == 1:
        said = said[0]
    choices = options_of(first_of(doc, CHOICES))
    gold = row.get("target", first_of(doc, GOLD))
    if choices and isinstance(gold, str) and gold.isdecimal():
        gold = int(gold)  # the harness writes the option's index, as a string
    question = question_of(doc, name, choices, gold)
    if question is None:
        return None
    published = _number(first_of(row, SCORE))
    if isinstance(said, str):
        return Entry(question=question, answer=Answer(question=name, text=said, finish="stop"), published=published)
    values = [_number(s[0] if isinstance(s, list) and s else s) for s in said] if isinstance(said, list) else []
    if not question.correct or not values or any(v is None for v in values):
        return None
    return _by_likelihood(question, [v for v in values if v is not None], published)


def _from_table(row: Mapping[str, Any], probabilities: Mapping[str, Any], name: str) -> Entry | None:
    """A line of an MMLU result table: question, options, letter, right or wrong, a probability for each letter."""
    correct = next((k for k in row if k and k.endswith("_correct")), None)
    plain = [str(row[k]) for k in row if k and not k.endswith(("_probs", "_correct"))]
    gold = next((c.strip() for c in reversed(plain) if c.strip() in LETTERS and c.strip()), None)
    values = [_number(probabilities.get(letter)) for letter in sorted(probabilities)]
    if gold is None or any(v is None for v in values):
        return None
    letters = tuple(sorted(probabilities))
    question = Question(id=name, question=plain[0] or "?", choices=letters, correct=gold)
    return _by_likelihood(
        question, [math.log(max(v or 0.0, 1e-300)) for v in values], _number(row[correct]) if correct else None
    )


def _by_likelihood(question: Question, values: list[float], published: float | None) -> Entry:
    best = values.index(max(values))
    answer = Answer(
        question=question.id, text=LETTERS[best], finish="stop", likelihoods={"choice_likelihood": tuple(values)}
    )
    return Entry(question=question, answer=answer, published=published)


def options_of(given: Any) -> tuple[str, ...]:
    """The options of a multiple choice, as a list or as an object with `text`."""
    if isinstance(given, dict):
        given = given.get("text") or list(given.values())
    return tuple(str(c) for c in given) if isinstance(given, list) else ()


def first_of(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The value of the first of `names` that `row` has, whatever the case."""
    lower = {str(k).casefold(): v for k, v in row.items() if k is not None}
    return next((lower[n] for n in names if lower.get(n) is not None), None)


def _number(given: Any) -> float | None:
    """A score or likelihood as a number; words for right and wrong count too."""
    if isinstance(given, str):
        words = {"true": 1.0, "false": 0.0, "correct": 1.0, "incorrect": 0.0, "right": 1.0, "wrong": 0.0}
        if given.strip().casefold() in words:
            return words[given.strip().casefold()]
    try:
        return float(given)
    except (TypeError, ValueError):
        return None
