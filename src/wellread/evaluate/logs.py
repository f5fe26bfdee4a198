"""Answers in published result logs: a prediction beside what was asked for.

Read are objects with the usual names (`prediction`, `response`, `model_answer`, ...; `target`, `gold`, `answer`, ...), samples
of lm-evaluation-harness (`doc`, `target`, `filtered_resps`), and MMLU result tables (CSV with `..._correct` and
`..._choiceA_probs` columns).
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wellread.evaluate.choices import LETTERS
from wellread.evaluate.log_rows import (
    CHOICES,
    GOLD,
    HARNESS,
    KEYWORDS,
    PREDICTION,
    QUESTION,
    SCORE,
    Row,
    bare,
    first_of,
    named,
    rows,
)
from wellread.records import Answer, Frozen, Question


class Entry(Frozen):
    """One answer of a log."""

    question: Question
    answer: Answer
    published: float | None


def entries(path: Path) -> Iterator[Entry | None]:
    """Each answer of the log at `path`; None for an object that lacks what it could be scored by.

    Raises InputError for a file that can't be read.
    """
    for n, row in enumerate(rows(path), 1):
        yield _entry(row, f"{path.stem}-{n}")


def _entry(row: Row, name: str) -> Entry | None:
    """The answer that `row` holds; None where what is needed isn't there."""
    probabilities = {k[-7]: row[k] for k in row if k and k.endswith("_probs") and k[-14:-7].endswith("_choice")}
    if probabilities:
        return _from_table(row, probabilities, name)
    doc = {**row["doc"], **row} if isinstance(row.get("doc"), dict) else dict(row)
    if any(k in row for k in HARNESS):
        return _from_harness(row, doc, name)
    gold = gold_of(doc)
    question = question_of(doc, name, options_of(doc), gold)
    said = bare(first_of(doc, PREDICTION))
    if question is None or isinstance(said, dict | list):
        return None
    if (
        question.correct
        and (place := _place(said, gold)) is not None
        and place < min(len(question.choices), len(LETTERS))
    ):
        said = LETTERS[place]
    # The field that holds the key can't be the score as well.
    key = _gold_name(doc)
    published = _score({k: v for k, v in doc.items() if k != key})
    if said is None:
        answer = Answer(question=name, text=None, finish="failed", error="no prediction in the log")
    else:
        answer = Answer(question=name, text=str(said), finish="stop")
    return Entry(question=question, answer=answer, published=published)


def _place(said: Any, gold: Any) -> int | None:
    """The place that a prediction names by a number; one written as text counts where the key is written so, too."""
    if isinstance(said, str) and said.strip().isdecimal() and str(gold).strip().isdecimal():
        return int(said)
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else None


def _gold_name(doc: Row) -> str | None:
    """Which field says what was asked for. True and false there are marks, not keys."""
    return named({k: v for k, v in doc.items() if not isinstance(v, bool)}, GOLD)


def gold_of(doc: Row) -> Any:
    """What was asked for; None where the row doesn't say."""
    name = _gold_name(doc)
    return None if name is None else bare(doc[name])


def question_of(doc: Row, name: str, choices: tuple[str, ...], gold: Any) -> Question | None:
    """The question of `doc` with its key: keywords, the right option, or the answer; None where there is none."""
    asked = str(first_of(doc, QUESTION) or "?")
    if keywords := _keywords(first_of(doc, KEYWORDS)):
        return Question(id=name, question=asked, keywords=keywords)
    letter = _letter(gold, choices)
    if letter:
        options = choices or tuple(LETTERS[: max(4, LETTERS.index(letter) + 1)])
        return Question(id=name, question=asked, choices=options, correct=letter)
    if choices and isinstance(gold, int):  # a place beyond the options, or beyond the letters
        return None
    if isinstance(gold, str | int | float) and str(gold).strip():
        return Question(id=name, question=asked, answer=str(gold))
    return None


def _keywords(given: Any) -> tuple[Any, ...]:
    """Keywords as a list, each a word or several spellings; or in one text, with commas."""
    if isinstance(given, str):
        given = given.split(",")
    found = [
        tuple(s for v in (word if isinstance(word, list) else [word]) if (s := str(v).strip()))
        for word in (given if isinstance(given, list) else ())
    ]
    return tuple(spellings for spellings in found if spellings)


def _letter(gold: Any, choices: tuple[str, ...]) -> str | None:
    """The right option's letter, given as letter, index or text; None where it is none of the letters that there are."""
    known = LETTERS[: len(choices)] if choices else LETTERS
    if isinstance(gold, int):
        return known[gold] if 0 <= gold < len(known) and choices else None
    if isinstance(gold, str):
        letter = gold.strip().strip("().")
        if len(letter) == 1 and letter.upper() in known and (choices or letter.isupper()):
            return letter.upper()
        if gold in choices[: len(LETTERS)]:
            return LETTERS[choices.index(gold)]
        if choices and letter.isdecimal():  # an index, written as text
            return _letter(int(letter), choices)
    return None


def _from_harness(row: Row, doc: Row, name: str) -> Entry | None:
    """A sample of lm-evaluation-harness: a pair (log-likelihood, greedy) for each option, or a generated text."""
    said = bare(row.get("filtered_resps", row.get("resps")))
    question = question_of(doc, name, options_of(doc), row.get("target", gold_of(doc)))
    if question is None:
        return None
    published = _score(row)
    if isinstance(said, str):
        return Entry(question=question, answer=Answer(question=name, text=said, finish="stop"), published=published)
    pairs = [bare(one) for one in said] if isinstance(said, list) else []
    values = [_number(pair[0] if isinstance(pair, list) and pair else pair) for pair in pairs]
    if not question.correct or not values or any(v is None for v in values):
        return None
    return _by_likelihood(question, [v for v in values if v is not None], published)


def _from_table(row: Row, probabilities: Mapping[str, Any], name: str) -> Entry | None:
    """A line of an MMLU result table: question, options, letter, right or wrong, a probability for each letter."""
    correct = next((k for k in row if k and k.endswith("_correct")), None)
    plain = [str(row[k]).strip() for k in row if k and not k.endswith(("_probs", "_correct"))]
    letters = tuple(sorted(probabilities))
    gold = next((cell for cell in reversed(plain) if cell in letters), None)
    values = [_number(probabilities[letter]) for letter in letters]
    if gold is None or any(v is None for v in values):
        return None
    question = Question(id=name, question=plain[0] or "?", choices=letters, correct=gold)
    logs = [math.log(max(v or 0.0, 1e-300)) for v in values]
    return _by_likelihood(question, logs, _number(row[correct]) if correct else None)


def _by_likelihood(question: Question, values: list[float], published: float | None) -> Entry | None:
    """The likeliest option as the answer; None where the log has other options than the question."""
    if len(values) != len(question.choices):
        return None
    best = values.index(max(values))
    answer = Answer(
        question=question.id, text=LETTERS[best], finish="stop", likelihoods={"choice_likelihood": tuple(values)}
    )
    return Entry(question=question, answer=answer, published=published)


def options_of(doc: Row) -> tuple[str, ...]:
    """The options of a multiple choice: a list, an object with `text`, or fields A, B, C, ... of the row itself."""
    given = first_of(doc, CHOICES)
    if isinstance(given, dict):
        given = given.get("text") or list(given.values())
    if isinstance(given, list):
        return tuple(str(c) for c in given)
    fields = [first_of(doc, (letter.casefold(),)) for letter in LETTERS]
    there = fields.index(None) if None in fields else len(fields)
    return tuple(str(f) for f in fields[:there]) if there > 1 else ()


def _score(row: Row) -> float | None:
    """The published score of a row, where it is a number."""
    score = _number(first_of(row, SCORE))
    return score if score is not None and math.isfinite(score) else None


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
