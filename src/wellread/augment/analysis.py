"""A passage taken apart once, for all views: paragraphs, sentences that name the subject, facts, simple statements."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from wellread.augment.blocks import blocks, plain
from wellread.augment.chemicals import is_element
from wellread.augment.english.asking import definite
from wellread.augment.english.clauses import Clause
from wellread.augment.english.kinds import definition
from wellread.augment.english.statements import LONGEST, statements
from wellread.augment.english.tokens import Tokens, is_function, lowered, tokenise
from wellread.augment.english.words import is_english
from wellread.augment.sentences import split
from wellread.augment.spans import Span, find
from wellread.augment.speakers import Turn, turns
from wellread.augment.subject import FRONTED, classes, resolve, subject
from wellread.records import Passage


@dataclass(frozen=True, slots=True)
class Sentence:
    """`raw` as it stands; `text` without a speaker's label and with the subject named where that is safe.

    `spans` and `tokens` are of `text`; `clauses` are the statements in it that can stand alone. `statement`: it is
    English and no question, title or fragment; `whole`: a reader understands it by itself, too.
    """

    raw: str
    text: str
    spans: tuple[Span, ...]
    tokens: Tokens
    clauses: tuple[Clause, ...]
    whole: bool
    statement: bool

    @property
    def of_others(self) -> bool:
        """Whether it tells what somebody else found ('Yang et al. reported ...'): that is not the subject's."""
        return _OTHERS.search(self.text) is not None

    @property
    def inner(self) -> str:
        """The text as it stands after a comma: a first word that is no name has no capital."""
        first, small = self.tokens[:1], lowered(self.tokens[:1])
        return (
            small[0].text + self.text[len(first[0].text) :]
            if first and self.text.startswith(first[0].text)
            else self.text
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together, and the heading that they stand under (None: only the title)."""

    heading: str | None
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Analysed:
    """All that views need to know of a passage.

    `kinds` are words for what the subject is ('polyether', 'polymer'); none where no telling says so.
    """

    passage: Passage
    title: str
    subject: str | None
    kinds: tuple[str, ...]
    english: bool
    paragraphs: tuple[Paragraph, ...]
    names: tuple[str, ...]
    turns: tuple[Turn, ...]

    def spoken(self, name: str) -> str:
        """A name as it stands in running text: 'the Caldrex diffractometer', but 'Orbelan milling'."""
        return f"the {name}" if " " in name and f"the {name}" in self.passage.text else name

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(s for p in self.paragraphs for s in p.sentences)


_OTHERS = re.compile(r"\bet al\b")
_LABEL = re.compile(r"^\**([A-Z][\w .]{0,30})\**[:：]\**\s+(?=\S)")
_DANGLING = re.compile(
    r"^(?:It|Its|They|Their|Them|This|These|That|Those|He|She|Such|Here|There|Both|One|Another|Then|The (?:first|second|former|latter|other))\b(?! [a-z]+ (?:of|with|in) [A-Z])"
)
# A number in square brackets that points to the list of references, not the locants of a name.
_CITATION = re.compile(
    r"\s?(?<![\w-])\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\](?![\w(-])|(?<=[a-z])\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\](?=[\s.,;])"
)


def papers(passages: Iterable[Passage]) -> Iterator[list[Analysed]]:
    """Each paper's passages, taken apart together; papers come in the order of their first passages."""
    told: dict[str, list[Passage]] = {}
    for passage in passages:
        told.setdefault(passage.paper, []).append(passage)
    yield from map(together, told.values())


def together(passages: Iterable[Passage]) -> list[Analysed]:
    """A paper's passages taken apart: what is a name in one is a name in all; so with the subject and what it is.

    A word that begins a sentence looks like a name until another telling writes it small. A telling that names what most
    tellings are about is about that, too, however seldom it does.
    """
    every = list(passages)
    bodies = [_titled(p)[:2] for p in every]
    own = [about for title, body in bodies if (about := _about(title, body, None))]
    common = next((name for name in own if 2 * own.count(name) > len(own)), None)
    known = _known("\n\n".join(body for _, body in bodies if is_english(body)))
    found = [analyse(p, known, common) for p in every]
    kinds: dict[str | None, dict[str, None]] = {}
    for one in found:
        kinds.setdefault(one.subject, {}).update(dict.fromkeys(one.kinds))
    return [replace(one, kinds=tuple(kinds[one.subject])) for one in found]


def analyse(passage: Passage, known: frozenset[str] | None = None, common: str | None = None) -> Analysed:
    """Take `passage` apart. Works for any text; what the rules can't read is kept as it is.

    `known` are words that are names even where they begin a sentence; None: what the passage itself shows. `common` is
    what the paper is about.
    """
    title, body, parts = _titled(passage)
    english = is_english(body or title)
    spoken = tuple(turns(body))
    voices = frozenset(turn.speaker for turn in spoken)
    known = _known(body) if known is None else known
    about = _about(title, body, common)
    kind = _kind(body, title, about, known) if english and about else None
    heading_of_title = title.casefold()
    paragraphs = tuple(
        Paragraph(
            h if h and h.casefold() != heading_of_title else None,
            text,
            _sentences(text, about, kind, known, english, voices),
        )
        for h, text in parts
    )
    found = [s for p in paragraphs for x in p.sentences for s in x.spans if s.kind != "quantity"]
    names = tuple(dict.fromkeys(s.text for s in found if not is_element(s.text)))  # zinc is in many papers
    return Analysed(passage, title, about, (kind,) if kind else (), english, paragraphs, names, spoken)


def _titled(passage: Passage) -> tuple[str, str, list[tuple[str | None, str]]]:
    """Title, running text, and the same text by headings."""
    parts = blocks(passage.text)
    title = plain(passage.title) or next((h for h, _ in parts if h), "") or ""
    return title, "\n\n".join(text for _, text in parts), parts


def _about(title: str, body: str, common: str | None) -> str | None:
    """What the paper is about where the text names it, else what the text shows that it is about itself."""
    if common and common in f"{title}\n{body}":
        return common
    voices = frozenset(turn.speaker for turn in turns(body))
    return subject(body, title, voices) if title or is_english(body) else None


def _known(body: str) -> frozenset[str]:
    """Words that stand capitalised within a sentence and never small: these are names at the start of one, too."""
    small = set(re.findall(r"[a-z][\w-]+", body))
    found = (s.text.split()[0] for line in split(body) for s in find(line) if s.kind == "name")
    return frozenset(w for w in found if w[:1].lower() + w[1:] not in small)


def _kind(body: str, title: str, about: str, known: frozenset[str]) -> str | None:
    """What the subject is: from a sentence that says so, else from a title such as 'Quorvelane, a polyether ...'."""
    for sentence in split(body):
        if about in sentence and not sentence.startswith("#"):
            kind = definition(statements(tokenise(sentence, find(sentence, known))), about)
            if kind:
                return kind
    # "Quorvelane, a polyether from ...", "Quorvelane: a polyether from ..." and "a new polyether called Quorvelane", anywhere.
    name, word = re.escape(about), r"[a-z][a-z-]+"
    whole = f"{title.lower().replace(about.lower(), about)}\n{body}"
    for pattern in (
        rf"{name}[,:] an? ([a-z][^,.;:()]+)",
        rf"\b(?:the|an?) ((?:{word} ){{0,2}}?{word})(?: called| named)? {name}\b",
    ):
        for match in re.finditer(pattern, whole):
            line = f"{about} is a {match[1]}."
            tokens = tokenise(line, find(line, known))
            if pattern.startswith(name) or not any(is_function(t) for t in tokens[3:]):
                kind = definition(statements(tokens), about)
                if kind:
                    return kind
    return None


def _sentences(
    text: str, about: str | None, kind: str | None, known: frozenset[str], english: bool, voices: frozenset[str]
) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    on_subject = False
    for raw in split(text):
        label = _LABEL.match(raw)
        bare = raw[label.end() :] if label and label[1].strip().rstrip("0123456789 ").casefold() in voices else raw
        line = _resolved(bare, about, kind, on_subject) if english else bare
        spans = tuple(find(line, known))
        tokens = tokenise(line, spans)
        names = [s for s in spans if s.kind == "name"]
        on_subject = (
            bool(about)
            and bool(names)
            and names[0].text == about
            and names[0].start < 40
            and all(s.text == about for s in names)
        )
        is_statement = english and line.endswith((".", "!", ".”", '."')) and 2 < len(tokens) <= LONGEST
        clauses = tuple(definite(c) for c in statements(tokens)) if is_statement else ()
        whole = (
            is_statement
            and not _DANGLING.match(line)
            and (bool(clauses) or any(about == s.text for s in names))
            and len(tokens) > 4
        )
        found.append(Sentence(raw, line, spans, tokens, clauses, whole, is_statement))
    return tuple(found)


def _resolved(line: str, about: str | None, kind: str | None, on_subject: bool) -> str:
    pronoun = line.startswith(("It ", "Its ")) or FRONTED.match(line)
    line = _CITATION.sub("", line)
    line = re.sub(r"^(?:Yes|No|Indeed|Of course), (?=\S)", "", line)
    line = line[:1].upper() + line[1:] if line[:1].islower() and line[:2].isalpha() else line
    line = re.sub(r"^Our (?=[a-z])", "The ", line)
    if line.startswith("We "):
        for ours, theirs in (
            (r"^We\b", "The authors"),
            (r"\bwe\b", "the authors"),
            (r"\bour\b", "their"),
            (r"\bus\b", "them"),
        ):
            line = re.sub(ours, theirs, line)
    return line if pronoun and not on_subject else resolve(line, about, classes(kind))
