"""choice_letter: multiple choice, by the letter that the answer names; 1 or 0.

An answer that names no option, or several, is unparsed (None) and counted as such: it is neither wrong nor guessed. A
letter is read from `B`, `(b)`, `B. text`, `the answer is B`, `**B**`; else from an option quoted word by word.
"""

from wellread.evaluate.choices import option_named
from wellread.records import Frozen, Question


class Params(Frozen):
    """Nothing to set."""


DEFAULT = Params()


def applies(question: Question) -> bool:
    """Questions with choices and a correct one among them."""
    return bool(question.choices and question.correct)


def score(question: Question, answer: str, params: Params = DEFAULT) -> float | None:
    """1.0 or 0.0; None where no option can be read from `answer`."""
    named = option_named(answer, question.choices)
    return None if named is None else float(named == question.correct)
