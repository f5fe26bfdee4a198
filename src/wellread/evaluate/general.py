"""What a model should still know and do after it was taught: the files of retention/, all written for wellread.

`questions.jsonl`: general questions with short keyed answers, by topic. `neighbours.jsonl`: questions on real materials and
methods near to what papers teach; an answer that names something taught has let it spill over. `instructions.jsonl`: things
to be done in a given form. `text.md`: plain prose, for bits per byte; its second
version, of 23 texts (the first had only the first nine of them, 1,800 words, and gave other figures).
"""

from collections.abc import Sequence
from pathlib import Path

from wellread.evaluate.obeyed import Instruction
from wellread.matching import find_tokens, tokens
from wellread.records import Question
from wellread.runs.jsonl import read_records

FOLDER = Path(__file__).parent / "retention"


def questions() -> list[Question]:
    """The general questions."""
    return read_records(FOLDER / "questions.jsonl", Question)


def neighbours() -> list[Question]:
    """Questions on things near to what was taught; they have no key."""
    return read_records(FOLDER / "neighbours.jsonl", Question)


def instructions() -> list[Instruction]:
    """The instructions."""
    return read_records(FOLDER / "instructions.jsonl", Instruction)


def text() -> str:
    """The prose."""
    return (FOLDER / "text.md").read_text(encoding="utf-8")


def spilled(taught: Sequence[Question], asked: Sequence[Question], answers: Sequence[str | None]) -> list[float | None]:
    """For each answer 1 if it names something that was taught and the question doesn't name, else 0; None without answer.

    What was taught are the keywords of `taught` that are names: not numbers, and three letters at least.
    """
    names = {
        v for q in taught for k in q.keywords for v in k if sum(c.isalpha() for c in v) >= 3 and not v[0].isdigit()
    }
    wanted = [tokens(name) for name in sorted(names)]
    found: list[float | None] = []
    for question, answer in zip(asked, answers, strict=True):
        if answer is None:
            found.append(None)
            continue
        said, given = tokens(answer), tokens(question.question)
        hit = any(find_tokens(w, said, answer) and not find_tokens(w, given, question.question) for w in wanted)
        found.append(float(hit))
    return found
