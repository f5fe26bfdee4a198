"""What is to be asked for: a simple statement, one fact of it, and how a question for such a fact may begin."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wellread.augment.analysis import Analysed
from wellread.augment.english import framing
from wellread.augment.english.tokens import raised
from wellread.augment.spans import Span

BLANK = "____"
LONGEST = 40
"""Words of a statement. No small model asks well about a longer one, and it has to fit into a context."""
# By the fact's unit, else by its kind. A counted thing is named in the question: 'How many repeat units'.
_BY_UNIT = (
    (re.compile(r"\d\s?(?:°C|°F|K)$"), ("At what temperature", "What is the temperature")),
    (re.compile(r"\d\s?%$"), ("What percentage", "How much")),
    (re.compile(r"\d\s(?:s|min|h|hours?|days?|weeks?|months?|years?)$"), ("How long", "For how long")),
    (re.compile(r"^pH "), ("At which pH", "What is the pH")),
)
_COUNTED = re.compile(r"^(?:\d+|[a-z]+) (?P<things>[a-z]{4,}.*)$")
_BY_KIND = {
    "quantity": ("What is the", "How much"),
    "chemical": ("Which compound", "What"),
    "name": ("What is the name of", "Which"),
}


@dataclass(frozen=True)
class Gap:
    """A fact that is missing from a statement. `openings` begin a question for it, the likeliest first."""

    analysed: Analysed
    statement: str
    fact: str
    quantity: bool
    openings: tuple[str, ...]

    @property
    def blanked(self) -> str:
        """The statement without the fact."""
        return re.sub(rf"(?<!\w){re.escape(self.fact)}(?!\w)", BLANK, self.statement)


def gaps(passages: Iterable[Analysed], most: int) -> list[Gap]:
    """At most `most` gaps of one paper: every fact in turn, those that are told most often first, short statements first."""
    by_fact: dict[str, list[Gap]] = {}
    told: Counter[str] = Counter()
    for analysed in passages:
        for gap in _of(analysed):
            told[gap.fact] += 1
            same = by_fact.setdefault(gap.fact, [])
            if all(gap.statement != other.statement for other in same):
                same.append(gap)
    ranked = [
        (place, -told[fact], fact, gap)
        for fact, some in by_fact.items()
        for place, gap in enumerate(sorted(some, key=lambda g: (len(g.statement), g.statement)))
    ]
    return [gap for *_, gap in sorted(ranked, key=lambda row: row[:3])[:most]]


def _of(analysed: Analysed) -> Iterator[Gap]:
    for sentence in analysed.sentences if analysed.english else ():
        for clause in sentence.clauses:
            statement = raised(clause.inner()) + "."
            for span in sentence.spans:
                if _is_subject(span.text, analysed.subject) or len(statement.split()) > LONGEST:
                    continue
                if framing.holds(statement, span.text):
                    gap = Gap(analysed, statement, span.text, span.kind == "quantity", _openings(span))
                    if gap.blanked.count(BLANK) == 1:
                        yield gap


def _is_subject(fact: str, subject: str | None) -> bool:
    """'Quorvelane's' and 'worn-out Quorvelane' are the subject, too; asking for it is left to the view `reversed`."""
    return subject is not None and subject in fact


def _openings(span: Span) -> tuple[str, ...]:
    if span.kind != "quantity":
        return _BY_KIND[span.kind]
    if known := next((openings for unit, openings in _BY_UNIT if unit.search(span.text)), None):
        return known
    if counted := _COUNTED.match(span.text):
        return (f"How many {counted['things']}",)
    return _BY_KIND["quantity"]
