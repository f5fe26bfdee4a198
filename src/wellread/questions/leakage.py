"""Where examination questions stand in what is trained on: passages, rewrites, made-up pairs; word by word, in part, or nearly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from wellread.questions.leak import LeakIndex
from wellread.questions.near import Nearest

NEAR = 0.75
"""Likeness from which two questions count as one: of the example papers' questions, different ones are alike by 0.73 at most."""
_ASKED = re.compile(r"[^.!?？。\n:：]*[?？]")


class Text(NamedTuple):
    """Something to be trained on: its id, what made it, and what it says."""

    id: str
    maker: str
    text: str


def leaks(questions: Mapping[str, str], texts: Iterable[Text], near: float = NEAR) -> Iterator[dict[str, Any]]:
    """A row for each question that leaks into a text, as in `Finder.rows`."""
    finder = Finder(questions, near)
    for text in texts:
        yield from finder.rows(text)


class Finder:
    """Questions, ready to be looked for in any number of texts."""

    def __init__(self, questions: Mapping[str, str], near: float = NEAR) -> None:
        """`questions` maps ids to wordings; `near` is the likeness from which two count as one."""
        self._index, self._nearest, self._near = LeakIndex(questions), Nearest(questions), near

    def rows(self, text: Text) -> Iterator[dict[str, Any]]:
        """A row for each question that leaks into `text`: question, how, in, maker, and for 'near' the likeness.

        'repeated': the whole question; 'overlap': eight words of it in a row; 'near': the text asks something alike.
        """
        found = self._index.found_in(text.text)
        for name, how in found.items():
            yield {"question": name, "how": how, "in": text.id, "maker": text.maker}
        alike: dict[str, float] = {}
        for asked in _ASKED.findall(text.text):
            other = self._nearest.to(asked)
            if other and other[1] >= self._near and other[0] not in found:
                alike[other[0]] = max(other[1], alike.get(other[0], 0.0))
        for name, likeness in alike.items():
            yield {"question": name, "how": "near", "in": text.id, "maker": text.maker, "likeness": round(likeness, 2)}


def counts(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """How many questions are repeated, overlap or are near (each counted by the worst), and by what they were leaked."""
    worst: dict[str, str] = {}
    makers: dict[str, set[str]] = {}
    order = ("near", "overlap", "repeated")
    for row in rows:
        before = worst.get(row["question"])
        if before is None or order.index(row["how"]) > order.index(before):
            worst[row["question"]] = row["how"]
        makers.setdefault(row["maker"], set()).add(row["question"])
    hows = list(worst.values())
    return {
        **{how: hows.count(how) for how in ("repeated", "overlap", "near")},
        "by_maker": {maker: len(names) for maker, names in sorted(makers.items())},
    }
