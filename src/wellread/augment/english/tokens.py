"""A sentence as tokens in which each fact is one piece, so that no rule can cut a chemical name or a quantity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wellread.augment.english import verbs
from wellread.augment.english.words import ADVERBS, DETERMINERS, OPENERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, wordset
from wellread.augment.spans import Span

TokenKind = Literal["word", "mark", "aside", "verb", "quantity", "chemical", "name"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark (, ; :), an aside in round brackets, or a whole span. `glued`: no space stands before it.

    A word is of kind 'verb' where its place has shown that it is the finite verb.
    """

    text: str
    kind: TokenKind
    glued: bool

    @property
    def low(self) -> str:
        """The text in lower case."""
        return self.text.casefold()

    @property
    def is_fact(self) -> bool:
        """Whether the token is a quantity, a chemical or a name."""
        return self.kind in ("quantity", "chemical", "name")


Tokens = tuple[Token, ...]
# Round brackets that stand apart, not those inside a chemical name.
_ASIDE = re.compile(r"(?<=\s)\((?:[^()]|\([^()]*\))*\)(?=[\s.,;:]|$)")
_PIECE = re.compile(r"\([^()]*\)|\[\d[\d,–\- ]*\]|[,;:](?=\s|$)|(?:[^\s,;:(]|[,:(](?=\S))+|\S")


def tokenise(sentence: str, spans: Sequence[Span]) -> Tokens:
    """The tokens of `sentence`, without its final mark; `spans` are those that `spans.find` gave for it."""
    body = sentence.rstrip().rstrip("\"'”’").rstrip(".!?…")
    asides = [(m.start(), m.end()) for m in _ASIDE.finditer(body)]
    outside = [s for s in spans if s.end <= len(body) and not any(a <= s.start and s.end <= b for a, b in asides)]
    whole = [(a, b, "aside") for a, b in asides if not any(s.start < b and a < s.end for s in outside)]
    fixed: list[tuple[int, int, TokenKind]] = sorted([*((s.start, s.end, s.kind) for s in outside), *whole])  # type: ignore[list-item]
    found: list[Token] = []
    at = 0
    for start, end, kind in fixed:
        found += _plain(body, at, start)
        found.append(Token(body[start:end], kind, start > 0 and not body[start - 1].isspace()))
        at = end
    return (*found, *_plain(body, at, len(body)))


def _plain(body: str, start: int, end: int) -> list[Token]:
    pieces = []
    for match in _PIECE.finditer(body, start, end):
        text, glued = match.group(), match.start() > 0 and not body[match.start() - 1].isspace()
        if text in ",;:":
            kind: TokenKind = "mark"
        else:
            kind = "aside" if text[0] in "([" and text[-1] in ")]" and not glued else "word"
        pieces.append(Token(text, kind, glued))
    return pieces


def join(tokens: Sequence[Token]) -> str:
    """The text of `tokens`, spaced as it was."""
    return "".join(t.text if t.glued or i == 0 else " " + t.text for i, t in enumerate(tokens))


def word(text: str, kind: TokenKind = "word") -> Token:
    """A token that was not in the sentence: a connecting word."""
    return Token(text, kind, glued=False)


def lowered(tokens: Tokens) -> Tokens:
    """`tokens` for use inside a sentence: a first word that is capital only because it came first is made small."""
    if not tokens or tokens[0].kind not in ("word", "chemical"):
        return tokens
    first = tokens[0].text
    if len(tokens) > 1 and tokens[1].low == "et":
        return tokens  # "Shi et al."
    plain = first[:1].isupper() and first[1:2].islower() and not any(c.isupper() or c.isdigit() for c in first[1:])
    if plain or (first in ("A", "I") and tokens[0].kind == "word"):
        return (replace(tokens[0], text=first[:1].lower() + first[1:]), *tokens[1:])
    return tokens


def raised(text: str) -> str:
    """`text` as the start of a sentence. Chemical names and pH keep their small letter."""
    if text[:2] == "pH" or (not text[:2].isalpha() and text[:2].lower() not in ("a ", "i ")):
        return text
    return text[:1].upper() + text[1:]


def is_adverb(token: Token) -> bool:
    """Whether a word only colours the verb or the number: 'only', 'then', 'nearly', 'slowly'."""
    low = token.low
    return token.kind == "word" and (
        low in ADVERBS
        or (low.endswith("ly") and len(low) > 4 and low not in ("family", "supply", "apply", "assembly", "anomaly"))
    )


def is_plural(tokens: Tokens) -> bool:
    """Whether a noun phrase takes a plural verb, judged by its head: the last word before the first preposition."""
    head = head_of(tokens)
    if any(t.low == "and" for t in head) and head[0].low not in ("each", "every"):
        return True
    if not head:
        return False
    last = head[-1]
    if last.kind == "quantity":
        return last.text.endswith("s") and last.text[-2:-1].isalpha()
    if last.kind in ("chemical", "name"):
        return False
    return (
        last.low in _PLURALS
        or last.low.endswith("hedra")
        or (last.low.endswith("s") and not last.low.endswith(("ss", "us", "is")) and len(last.low) > 3)
    )


_PLURALS = wordset(
    "people children data media halves they we these those both bacteria spectra phenomena criteria all many most some few"
)


def head_of(tokens: Tokens) -> Tokens:
    """A noun phrase up to its first preposition, relative clause, participle or comma that ends a list."""
    for i, t in enumerate(tokens):
        known = verbs.forms(t.low)
        relative = t.low in PREPOSITIONS or t.low in ("that", "which", "who", "where", "when")
        reduced = "participle" in known and i + 1 < len(tokens) and tokens[i + 1].low in PREPOSITIONS | {"together"}
        if i and t.kind == "word" and (relative or reduced):
            return tokens[:i]
    return tokens


def is_function(token: Token) -> bool:
    """Whether a word carries no content of its own."""
    low = token.low
    return token.kind in ("mark",) or (
        token.kind == "word"
        and (
            low in DETERMINERS | PREPOSITIONS | PRONOUNS | SUBORDINATORS | ADVERBS | verbs.AUXILIARIES | verbs.BE
            or (low in OPENERS and len(low) < 5)
            or low in ("not", "has", "cannot", "'s", "’s", "-", "–")
        )
    )
