"""Papers that are there twice: by their contents, by their DOI, then by what they say.

Near-duplicates are found by MinHash over sequences of four words and locality-sensitive hashing (Broder 1997; Indyk and
Motwani 1998), as rensa implements them. Only a text's beginning is compared: two papers that begin alike are versions of
one, and no paper takes more than its share of the time.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from wellread.corpus.wordcount import opening

WORDS = 2000  # of the beginning of a text
_ROW = 4  # words in a sequence
_PERMUTATIONS = 128
_SEED = 1


def _bands(threshold: float) -> int:
    """Into how many bands signatures are cut, the fewest by which papers that share `threshold` of their sequences meet.

    They meet where a band is the same, with a chance of 0.94 at least: for 0.8 in 16 bands of 8 values.
    """
    met = (n for n in (8, 16, 32, 64) if 1 - (1 - threshold ** (_PERMUTATIONS // n)) ** n > 0.94)
    return next(met, _PERMUTATIONS)


def signature(text: str) -> bytes:
    """The MinHash of `text`, to be kept beside the paper; empty for a text too short to compare."""
    from rensa import RMinHash

    found = [word.lower() for word in opening(text, WORDS)]
    if len(found) < 10 * _ROW:
        return b""
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update(list(map(" ".join, zip(*(found[start:] for start in range(_ROW)), strict=False))))
    return bytes(minhash.__getstate__())


class Entry(NamedTuple):
    """What is compared of a paper. `number` is any integer of its own."""

    number: int
    source: str
    sha256: str
    doi: str | None
    minhash: bytes


class Clash(NamedTuple):
    """Why a paper is left out, and whether that is a fault of the input."""

    reason: str
    detail: str
    fault: bool


class Finder:
    """Papers come one by one; of those that are the same, the first stays."""

    def __init__(self, threshold: float | None, recall: Callable[[int], tuple[str, bytes]]) -> None:
        """`threshold` is the share of sequences in common; `recall` gives source and signature of an earlier paper."""
        from rensa import RMinHashLSH

        self.threshold = threshold
        self.recall = recall
        self.contents: dict[bytes, int] = {}
        self.dois: dict[str, int] = {}
        near = threshold or 1.0
        self.index = RMinHashLSH(threshold=near, num_perm=_PERMUTATIONS, num_bands=_bands(near))

    def clash(self, entry: Entry) -> Clash | None:
        """Why `entry` is left out, or None; then it is one of those that later papers are compared with."""
        contents = bytes.fromhex(entry.sha256)
        if (first := self.contents.get(contents)) is not None:
            return Clash("same contents", f"the same as {self.recall(first)[0]}", False)
        if entry.doi and (first := self.dois.get(entry.doi)) is not None:
            return Clash("same DOI", f"DOI {entry.doi} is that of {self.recall(first)[0]}", True)
        if entry.minhash and self.threshold is not None:
            minhash = _restored(entry.minhash)
            for number in sorted(self.index.query(minhash)):
                source, other = self.recall(number)
                if (share := minhash.jaccard(_restored(other))) >= self.threshold:
                    return Clash("near-duplicate", f"{share:.2f} of it is in {source}", False)
            self.index.insert(entry.number, minhash)
        self.contents[contents] = entry.number
        if entry.doi:
            self.dois[entry.doi] = entry.number
        return None


def _restored(state: bytes) -> Any:
    from rensa import RMinHash

    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.__setstate__(state)
    return minhash
