"""The question most like another: cosine of TF-IDF weights over runs of three to five letters.

Source: Salton and Buckley 1988 (term weights) over character n-grams. It sees wording, not meaning: two questions in the same
words with another verb are near, two that ask the same in other words are not. A sentence embedding would see more; none
comes with the package index, so this is what runs everywhere.
"""

import math
from collections import Counter
from collections.abc import Mapping

from wellread.matching import normalised

_SIZES = (3, 4, 5)


class Nearest:
    """Questions, ready to be compared with any number of others."""

    def __init__(self, questions: Mapping[str, str]) -> None:
        """`questions` maps the id of each question to its wording. Weights come from how common a run is among them."""
        counted = {name: _grams(wording) for name, wording in questions.items()}
        self._everywhere = Counter(gram for grams in counted.values() for gram in grams)
        self._n = len(counted)
        self._by_gram: dict[str, list[tuple[str, float]]] = {}
        for name, grams in counted.items():
            for gram, weight in self._weights(grams).items():
                self._by_gram.setdefault(gram, []).append((name, weight))

    def to(self, wording: str) -> tuple[str, float] | None:
        """The nearest question's id and the likeness, 0 to 1; None where nothing is alike."""
        likeness: dict[str, float] = {}
        for gram, weight in self._weights(_grams(wording)).items():
            for name, other in self._by_gram.get(gram, ()):
                likeness[name] = likeness.get(name, 0.0) + weight * other
        if not likeness:
            return None
        best = max(likeness, key=lambda name: likeness[name])
        return best, min(1.0, likeness[best])

    def _weights(self, grams: Counter[str]) -> dict[str, float]:
        """Weights of length 1 in all; a run that none of the questions has is as rare as can be."""
        raw = {
            g: (1 + math.log(n)) * (1 + math.log((1 + self._n) / (1 + self._everywhere[g]))) for g, n in grams.items()
        }
        length = math.sqrt(sum(w * w for w in raw.values()))
        return {g: w / length for g, w in raw.items()} if length else {}


def _grams(wording: str) -> Counter[str]:
    text = f" {normalised(wording)} "
    return Counter(text[i : i + size] for size in _SIZES for i in range(len(text) - size + 1))
