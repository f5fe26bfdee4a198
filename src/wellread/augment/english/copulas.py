"""Questions for clauses that say what something is: 'the yield of X is 94.3%', 'the monomer of X is Y', 'X is a Z'."""

from collections.abc import Iterator
from dataclasses import replace

from wellread.augment.english.ask import Ask, reasons, tail
from wellread.augment.english.clauses import Chunk, Clause
from wellread.augment.english.measures import measure
from wellread.augment.english.phrases import EXTENTS, great, stripped, which
from wellread.augment.english.tokens import Token, Tokens, head_of, is_plural, join, lowered
from wellread.augment.english.words import DETERMINERS, PREPOSITIONS


def copular(clause: Clause) -> Iterator[Ask]:
    """All that can be asked of a clause whose verb is 'is', 'are', 'was' or 'were'."""
    if not clause.chunks or clause.aux not in ("is", "are", "was", "were"):
        return
    first = clause.chunks[0]
    tokens = stripped(first.tokens)
    subject = owned(clause.subject)[0]
    if first.kind == "subordinate" and tokens[0].low == "that":
        yield Ask(
            join(tokens[1:]), "value", (f"what {clause.aux} {subject}",), (f"what {subject} {clause.aux}",), (subject,)
        )
    elif first.kind == "object" and tokens[0].kind == "quantity" and len(tokens) <= 2:
        yield from _measured(clause, tokens)
    elif stripped(clause.subject)[0].kind == "quantity":
        yield from _swapped(clause, first)
    elif first.kind == "object" and (tokens[0].is_fact or tokens[0].low in DETERMINERS - {"all", "any", "some", "no"}):
        yield from _identity(clause, first, tokens)


def owned(subject: Tokens) -> tuple[str, str, str, str]:
    """Phrase, property, owner and place: 'the yield of X at 5 °C' gives itself, 'yield', 'X', ' at 5 °C'.

    Property, owner and place are empty where the phrase is not of that form. A place that only points back ('at this
    temperature') is left out of the phrase.
    """
    tokens = lowered(subject)
    at = next((i for i, t in enumerate(tokens[:-1]) if i and t.low == "of" and tokens[i + 1].low != "merit"), 0)
    back = next((i for i, t in enumerate(tokens) if i > at and t.low in PREPOSITIONS), len(tokens))
    if back + 1 < len(tokens) and tokens[back + 1].low in ("this", "these", "that", "those"):
        tokens = tokens[:back]
    if at < 2 or tokens[0].low not in ("the", "a", "an") or is_plural(tokens[:at]):
        return join(tokens), "", "", ""
    place = " " + join(tokens[back:]) if back < len(tokens) else ""
    return join(tokens), join(tokens[1:at]), join(tokens[at + 1 : back]), place


def _measured(clause: Clause, tokens: Tokens) -> Iterator[Ask]:
    fact, aux, end = tokens[0].text, clause.aux, tail(clause)
    subject, noun, owner, place = owned(clause.subject)
    if len(tokens) == 2:
        yield from _extended(clause, fact, tokens[1].text, subject)
        return
    if len(clause.subject) == 1 and clause.subject[0].kind in ("name", "chemical"):
        return  # "X was 17.5 s": what it was, only the sentence before tells
    have = "does" if aux == "is" else "did"
    wordings = [f"what {aux} {subject}{end}"]
    if owner:
        wordings.append(f"what {noun} {have} {owner} have{place}{end}")
        wordings.append(f"how {great(noun)} {aux} {subject}{end}")
    if not is_plural(clause.subject):
        wordings.append(f"what value {have} {subject} have{end}")
    named, turned = (f"{subject}{end}",), (f"{fact} {aux} {subject}{end}",)
    yield Ask(fact, "value", tuple(wordings), (f"what {subject} {aux}{end}",), named, turned, noun or subject, owner)


def _swapped(clause: Clause, first: Chunk) -> Iterator[Ask]:
    """'94.3% is the yield of X' tells the same as 'the yield of X is 94.3%'."""
    quantity = stripped(clause.subject)
    if (
        len(quantity) == 1
        and measure(quantity[0].text).noun != "number"
        and first.kind == "object"
        and first.tokens[0].low == "the"
        and not is_plural(first.tokens)
    ):
        rest = tuple(t for c in clause.chunks for t in ((Token(",", "mark", True),) if c.comma else ()) + c.tokens)
        whole = replace(clause, subject=rest, chunks=(replace(first, tokens=quantity),))
        yield from (replace(ask, turned=()) for ask in _measured(whole, quantity))


def _extended(clause: Clause, fact: str, adjective: str, subject: str) -> Iterator[Ask]:
    """'the layer is 137 nm thick': how thick, and what thickness."""
    if adjective in EXTENTS:
        aux, end, extent = clause.aux, tail(clause), f"the {EXTENTS[adjective]} of {subject}"
        wordings = (f"how {adjective} {aux} {subject}{end}", f"what is {extent}{end}")
        indirect, turned = (f"how {adjective} {subject} {aux}",), (f"{fact} is {extent}",)
        yield Ask(fact, "value", wordings, indirect, (extent,), turned, EXTENTS[adjective], subject)


def _identity(clause: Clause, first: Chunk, tokens: Tokens) -> Iterator[Ask]:
    aux, whole, head = clause.aux, join(first.tokens), head_of(tokens)[-1]
    subject, noun, owner, _ = owned(clause.subject)
    rest = clause.rest({first} | reasons(clause))
    wordings = [f"what {aux} {subject}{tail(clause)}"]
    if tokens[-1].is_fact and len(tokens) <= 3:
        wordings.append(f"{which(tokens)} {aux} {subject}{tail(clause)}")
    elif tokens[0].low in ("a", "an") and head.kind == "word" and len(clause.subject) == 1:
        wordings.append(f"what kind of {head.text} {aux} {subject}")
    known = clause.subject[0].low == "the"
    turned = (f"{whole} {aux} {subject}",) if tokens[0].is_fact and not rest and known else ()
    yield Ask(
        whole, "value", tuple(wordings), (f"what {subject} {aux}",), (subject,) if known else (), turned, noun, owner
    )
    if tokens[0].low in ("a", "an") and clause.subject[-1].is_fact and len(clause.subject) <= 2:
        described = f"the {join(first.tokens[1:])} {rest}".strip()
        asked = (f"what is the name of {described}", f"what is {described} called")
        yield Ask(join(clause.subject), "subject", asked, (), (described,))
    elif tokens[0].is_fact and known:
        yield Ask(join(clause.subject), "role", (f"what is {whole}", f"what role does {whole} have"), turned=turned)
