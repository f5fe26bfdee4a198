"""What a condition can show beside a question: the corpus, worked examples, and how much of them fits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wellread.evaluate.wording import asked
from wellread.records import Passage, Question

#: Tokens may join differently beside a text.
SLACK = 8


@dataclass
class Library:
    """The texts at hand, and the examinee's measure of them."""

    passages: Sequence[Passage]
    shots: Mapping[str, Sequence[Question]]
    """Worked examples by topic."""
    context: int
    """The longest prompt, in tokens."""
    most: int
    """The longest text that may be shown, in tokens."""
    count: Callable[[str], int]
    """Tokens of a text."""
    cut: Callable[[str, int], str]
    """The beginning of a text that has at most so many tokens."""
    embed: Callable[[Sequence[str]], NDArray[np.float32]] | None = None
    """The examinee's vectors of texts, [texts, size], of unit length; None where it gives none."""
    chat: bool = True
    """Whether prompts are the user's turn of a chat; else texts to be continued."""
    notes: list[str] = field(default_factory=list)
    """What was shortened."""

    def examples(self, questions: Sequence[Question]) -> list[Sequence[Question]]:
        """The worked examples that belong to each question, as many as its prompt holds; fewer than all are noted."""
        found: list[Sequence[Question]] = []
        fewer: list[int] = []
        for question in questions:
            every = self.shots.get(question.topic or "", ()) if question.choices else ()
            n = len(every)
            while n and self.count(asked(question, every[:n])) > self.context:
                n -= 1
            found.append(every[:n])
            if n < len(every):
                fewer.append(n)
        if fewer:
            self.notes.append(
                f"{len(fewer)} of {len(questions)} questions follow fewer worked examples than wanted, {min(fewer)} at "
                "least: more don't fit in the model's context"
            )
        return found

    def room(self, bare: Sequence[str]) -> int:
        """Tokens left for a text, where `bare` are the prompts without one; those that are too long anyway don't count."""
        most = self.context - SLACK - 1
        longest = max((n for n in map(self.count, bare) if n <= most), default=0)
        return max(1, min(self.most, self.context - longest - SLACK))

    def fitted(self, name: str, text: str, most: int) -> str:
        """The `text` called `name`, or its beginning up to the last paragraph that fits, which is noted."""
        size = self.count(text)
        if size <= most:
            return text
        shorter = beginning(text, self.count, self.cut, most)
        self.notes.append(
            f"{name} has {size} tokens; the prompt shows its first {len(shorter):,} characters of "
            f"{len(text):,} (room for {most} tokens)"
        )
        return shorter


def beginning(text: str, count: Callable[[str], int], cut: Callable[[str, int], str], most: int) -> str:
    """As many whole paragraphs as `most` tokens hold; a first one that is too long by itself is cut."""
    kept = ""
    for paragraph in text.split("\n\n"):
        longer = f"{kept}\n\n{paragraph}" if kept else paragraph
        if count(longer) > most:
            break
        kept = longer
    return kept or cut(text, most)
