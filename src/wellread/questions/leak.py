"""Was a question, or a good part of it, in the texts? Exact matches and shared runs of eight words.

Eight words in a row is what a retelling in other words doesn't share by chance; GPT-3's contamination study
(Brown et al. 2020, appendix C) took 8 to 13.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from wellread.matching import folded, normalised

How = Literal["repeated", "overlap"]

GRAM = 8  # words in a row
SHORTEST = 3  # words; 'And why?' stands in many texts without being an examination question

# Writing without spaces: kana, Chinese characters, Thai, Lao, Burmese, Khmer. There each sign is a token.
_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")


def tokens(text: str) -> list[str]:
    """The words of `text`, normalised; single signs where the script sets no spaces."""
    return _TOKEN.findall(normalised(text))


class LeakIndex:
    """The questions, ready to be looked for in any number of texts."""

    def __init__(self, questions: Mapping[str, str]) -> None:
        """`questions` maps the id of each question to its wording."""
        self._whole: dict[str, str] = {}
        self._short: set[str] = set()
        self._grams: dict[tuple[str, ...], set[str]] = {}
        for name, wording in questions.items():
            words = tokens(wording)
            self._whole[name] = _line(words)
            if SHORTEST <= len(words) < GRAM:
                self._short.add(name)
            for gram in _grams(words):
                self._grams.setdefault(gram, set()).add(name)

    def found_in(self, text: str) -> dict[str, How]:
        """Which questions leak into `text`: id -> 'repeated' (all of it, word by word) or 'overlap' (eight words)."""
        words = tokens(text)
        line = _line(words)
        near: set[str] = set()
        for gram in _grams(words):
            near |= self._grams.get(gram, set())
        found: dict[str, How] = {}
        for name, whole in self._whole.items():
            if (name in near or name in self._short) and whole in line:
                found[name] = "repeated"
            elif name in near:
                found[name] = "overlap"
        return found


def _line(words: list[str]) -> str:
    return f" {' '.join(words)} "


def _grams(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(GRAM)), strict=False)


def stands_in(keyword: str, text: str) -> bool:
    """Whether `keyword` stands in `text` as a word of its own; '4' isn't in '4.7', nor 'ion' in 'cation'."""
    word, text = " ".join(folded(keyword).split()), " ".join(folded(text).split())
    before = rf"(?<![^\W{_UNSPACED}])(?<!\d[.,])" if re.match(rf"[^\W{_UNSPACED}]", word) else ""
    after = rf"(?![^\W{_UNSPACED}])(?![.,]\d)" if re.search(rf"[^\W{_UNSPACED}]$", word) else ""
    return re.search(before + re.escape(word) + after, text) is not None
