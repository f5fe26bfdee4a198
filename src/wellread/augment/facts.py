"""The facts that a rewrite has to keep: the numbers, chemicals and names of a text, and whether another text has them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wellread.augment.chemicals import chemicals
from wellread.augment.english.words import is_english
from wellread.augment.figures import Figure, figures, word_values
from wellread.augment.sentences import split
from wellread.augment.spans import find

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_MARKUP = re.compile(r"[*_`]+|(?m:^#+ *)")
_UNSPACED = re.compile(r"[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+")
_SYSTEMATIC = re.compile(r"\d|[A-Z][a-z]?[A-Z]")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to keep. `text` is as the source writes it."""

    kind: Literal["number", "chemical", "name"]
    text: str
    values: frozenset[str] = frozenset()

    def in_text(self, told: "Told") -> bool:
        """Whether `told` has it, however it is written there."""
        if self.kind == "number":
            return bool(self.values & told.values)
        return folded(self.text) in told.folded


def folded(text: str) -> str:
    """Letters in one form and case, subscripts as digits, one kind of hyphen, no spaces within."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"\s+", " ", plain.replace("’", "'"))


class Told:
    """A text, and what the checks want to know of it, each found once."""

    def __init__(self, text: str, language: str | None = None) -> None:
        """`text` may hold Markdown's headings and emphasis; `language` is its language where that is known."""
        self.text = text
        self.language = language

    @cached_property
    def plain(self) -> str:
        """Without Markdown's marks."""
        return _MARKUP.sub("", self.text)

    @cached_property
    def folded(self) -> str:
        """For finding chemicals and names in."""
        return folded(self.plain)

    @cached_property
    def english(self) -> bool:
        """Whether it is English, as far as can be told."""
        return is_english(self.plain) if self.language is None else self.language == "en"

    @cached_property
    def figures(self) -> list[Figure]:
        """Its numbers."""
        return figures(self.plain)

    @cached_property
    def values(self) -> frozenset[str]:
        """All readings of all its numbers, those in words too."""
        return frozenset().union(*(f.values for f in self.figures)) | word_values(self.plain)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, headings left out."""
        return [s for s in split(self.text) if not s.startswith("#")]

    @cached_property
    def chemicals(self) -> list[str]:
        """Chemicals as they are written; of texts that aren't English only systematic names and formulae."""
        apart = _UNSPACED.sub(" ", self.plain)  # scripts that set no spaces would run on into the name
        found = [s[a:b] for s in split(apart) for a, b in chemicals(s)]
        return [c for c in dict.fromkeys(found) if self.english or _SYSTEMATIC.search(c)]

    @cached_property
    def names(self) -> list[str]:
        """Names in an English text; in others only words like Zelmorane-6."""
        if not self.english:
            return list(dict.fromkeys(re.findall(r"\b[A-Z][A-Za-z]{2,}-\d+\b", self.plain)))
        spans = (span for s in self.sentences for span in find(s.replace("**", ""), frozenset()))
        return list(dict.fromkeys(main_word(span.text) for span in spans if span.kind == "name"))

    @cached_property
    def perhaps_names(self) -> list[str]:
        """First words of English sentences that look like names: too unsure to be asked for, good to compare with."""
        spans = (span for s in self.sentences for span in find(s.replace("**", ""), None) if self.english)
        return list(dict.fromkeys(main_word(span.text) for span in spans if span.kind == "name"))

    @cached_property
    def facts(self) -> list[Fact]:
        """Everything that a full retelling holds."""
        numbers = {f.values: Fact("number", _with_unit(self.plain, f), f.values) for f in self.figures}
        kinds = [Fact("chemical", c) for c in self.chemicals if _SYSTEMATIC.search(c)]
        return [*numbers.values(), *kinds, *(Fact("name", n) for n in self.names)]


def main_word(name: str) -> str:
    """A name without the common noun that belongs to it: 'Tressol' of 'Tressol closure'."""
    own = [w.removesuffix("'s").removesuffix("’s") for w in name.split() if any(c.isupper() or c.isdigit() for c in w)]
    return " ".join(own) or name


def _with_unit(text: str, figure: Figure) -> str:
    tail = re.compile(r"[ \u00a0]?[^\s,;.()]{0,12}").match(text, figure.end)
    return (figure.text + tail.group() if tail and figure.unit else figure.text).rstrip()
