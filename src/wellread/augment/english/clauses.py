"""One clause, taken apart: subject, verb, objects and adverbials, so that it can be put together in another order."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from wellread.augment.english import verbs
from wellread.augment.english.tokens import Tokens, is_plural, join, lowered, raised

ChunkKind = Literal["object", "prep", "subordinate", "relative", "infinitive", "adverb"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of the predicate. `comma`: one stood before it."""

    kind: ChunkKind
    tokens: Tokens
    comma: bool = False

    @property
    def text(self) -> str:
        """The words as they stand."""
        return join(self.tokens)


@dataclass(frozen=True, slots=True)
class Clause:
    """[front,] subject aux mid verb chunks. `base` is the verb's dictionary form ('be' for a copula)."""

    front: Chunk | None
    subject: Tokens
    aux: str
    mid: Tokens
    verb: str
    base: str
    chunks: tuple[Chunk, ...]

    def statement(self) -> str:
        """The clause as a sentence."""
        return raised(self.inner()) + "."

    def inner(self) -> str:
        """The clause as it stands inside a sentence: no capital, no full stop."""
        front = join(lowered(self.front.tokens)) + ", " if self.front else ""
        return front + _spaced(join(lowered(self.subject)), self.predicate())

    def predicate(self, drop: Collection[Chunk] = ()) -> str:
        """Verb and chunks as they stand, but for those in `drop`."""
        return _spaced(self.aux, join(self.mid), self.verb, self.rest(drop))

    def rest(self, drop: Collection[Chunk] = ()) -> str:
        """The chunks but for those in `drop`, with the commas that they had between them."""
        text = ""
        for chunk in self.chunks:
            if chunk not in drop:
                text += (", " if chunk.comma and text else " ") + chunk.text
        return text.strip()

    def plain(self, drop: Collection[Chunk] = ()) -> str:
        """Subject and predicate in the order of a statement, for use after 'at which' and the like."""
        return _spaced(join(lowered(self.subject)), self.predicate(drop))

    def inverted(self, drop: Collection[Chunk] = ()) -> str:
        """Subject and predicate in the order of a question: 'does Quorvelane melt', 'is the powder annealed'."""
        subject, mid = join(lowered(self.subject)), join(self.mid)
        if self.aux:
            return _spaced(self.aux, subject, mid, self.verb, self.rest(drop))
        return _spaced(self._do(), subject, mid, self.base, self.rest(drop))

    def third(self, drop: Collection[Chunk] = ()) -> str:
        """The predicate after a singular subject: 'repels the proteins', for 'what repels the proteins'."""
        aux, verb = (verbs.agree(self.aux), self.verb) if self.aux else ("", verbs.agree(self.verb))
        return _spaced(aux, join(self.mid), verb, self.rest(drop))

    def _do(self) -> str:
        finite = self.verb.partition(" ")[0]
        known = verbs.forms(finite)
        if self.base == "have":
            return {"has": "does", "had": "did"}.get(finite, "do")
        if "singular" in known:
            return "does"
        if "base" in known and ("past" not in known or (is_plural(self.subject) and known["past"] == known["base"])):
            return "do"
        return "did"


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
