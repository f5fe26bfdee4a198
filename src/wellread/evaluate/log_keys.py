"""Keys for the answers of a published log that came without any: questions of ours, found by what the log asked."""

import re
from collections.abc import Iterable

from wellread.records import Question


class Keys:
    """Questions with what they are scored by."""

    def __init__(self, questions: Iterable[Question]) -> None:
        """The longest question first, so that of two that stand in a prompt the fuller one is found."""
        self._known = sorted(((_plain(q.question), q) for q in questions), key=lambda pair: -len(pair[0]))
        self._found: dict[str, Question | None] = {}
        self.used = 0
        """How many answers were given a key."""

    def of(self, prompt: str, name: str) -> Question | None:
        """The question that stands in `prompt`, under the id `name`; None where none does."""
        if prompt not in self._found:
            said = f" {_plain(prompt)} "
            self._found[prompt] = next((q for words, q in self._known if f" {words} " in said), None)
        found = self._found[prompt]
        self.used += found is not None
        return found and found.model_copy(update={"id": name})


def _plain(text: str) -> str:
    """Letters and digits alone, so that marks, case and blanks don't part what is the same."""
    return " ".join(re.findall(r"\w+", text.casefold()))
