"""Answers in published result logs: a prediction beside what was asked for.

Read are objects with the usual names (`prediction`, `response`, `model_answer`, ...; `target`, `gold`, `answer`, ...), samples
of lm-evaluation-harness (`doc`, `target`, `filtered_resps`), and MMLU result tables (CSV with `..._correct` and
`..._choiceA_probs` columns).
"""

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wellread.evaluate.choices import LETTERS
from wellread.evaluate.log_keys import Keys
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

_ITEM = re.compile(r"^(\d{1,2})[.)] ", re.MULTILINE)
NOT_SAID = "?"
"""The question of an answer whose log doesn't say what was asked."""


class Entry(Frozen):
    """One answer of a log."""

    question: Question
    answer: Answer
    published: float | None


def entries(path: Path, keys: Keys | None = None) -> Iterator[Entry | None]:
    """Each answer of the log at `path`; None for an object that lacks what it could be scored by.

    A question that is among `keys` is scored by what stands there, any other by what the log says of it.

    Raises InputError for a file that can't be read.
    """
    for n, row in enumerate(rows(path), 1):
        yield _entry(row, f"{path.stem}-{n}", keys)


def _entry(row: Row, name: str, keys: Keys | None = None) -> Entry | None:
    """The answer that `row` holds; None where what is needed isn't there."""
    probabilities = {k[-7]: row[k] for k in row if k and k.endswith("_probs") and k[-14:-7].endswith("_choice")}
    if probabilities:
        return _from_table(row, probabilities, name)
    doc = {**row["doc"], **row} if isinstance(row.get("doc"), dict) else dict(row)
    if any(k in row for k in HARNESS):
        return _from_harness(row, doc, name)
    gold = gold_of(doc)
    asked = str(first_of(doc, QUESTION) or "")
    said = bare(first_of(doc, PREDICTION))
    numbered = () if options_of(doc) else _numbered(asked, gold)
    if numbered:
        doc, gold, said = {**doc, "choices": list(numbered)}, LETTERS[int(gold) - 1], _by_number(said, len(numbered))
    question = keys and keys.of(asked, name)
    question = question or question_of(doc, name, options_of(doc), gold)
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


def _numbered(asked: str, gold: Any) -> tuple[str, ...]:
    """The options that a prompt numbers from 1, a line each, where the key is such a number; else none."""
    if not (isinstance(gold, int | str) and re.fullmatch(r"[1-9]", str(gold))):
        return ()
    found: list[re.Match[str]] = []
    for item in _ITEM.finditer(asked):
        if int(item[1]) == 1:
            found = [item]
        elif found and int(item[1]) == len(found) + 1:
            found.append(item)
    ends = [item.start() for item in found[1:]] + [len(asked)]
    options = tuple(asked[item.end() : end].strip() for item, end in zip(found, ends, strict=True)) if found else ()
    return options if max(2, int(gold)) <= len(options) <= len(LETTERS) else ()


def _by_number(said: Any, options: int) -> Any:
    """The letter for the number that an answer begins with; the answer itself where it begins with none of the options'."""
    begun = re.match(r"\W*(\d+)\b", str(said))
    return LETTERS[int(begun[1]) - 1] if begun and 1 <= int(begun[1]) <= options else said


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
    asked = str(first_of(doc, QUESTION) or NOT_SAID)
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
    question = Question(id=name, question=plain[0] or NOT_SAID, choices=letters, correct=gold)
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
