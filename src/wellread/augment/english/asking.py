"""Questions that one clause answers: each part of it in turn is asked for, in the order of words that English wants."""

from collections.abc import Iterator
from dataclasses import replace

from wellread.augment.english import verbs
from wellread.augment.english.ask import Ask, reasons, tail
from wellread.augment.english.clauses import Chunk, Clause
from wellread.augment.english.complements import complements, spare
from wellread.augment.english.copulas import copular
from wellread.augment.english.phrases import which
from wellread.augment.english.tokens import Tokens, head_of, is_plural, join, lowered, word
from wellread.augment.english.words import PREPOSITIONS, wordset

_DOINGS = wordset("polymerisation polymerization synthesis reaction process method osmosis means route way use")

_PEOPLE = wordset("scientists researchers chemists physicists engineers workers authors investigators")


def asks(clause: Clause) -> Iterator[Ask]:
    """All that can be asked of `clause`, values and adverbials first, its subject last."""
    if clause.base == "be":
        yield from copular(clause)
        if clause.chunks and len(clause.chunks[0].tokens) == 1 and clause.chunks[0].tokens[0].kind == "word":
            # "X is soluble up to 1.7 mol/L", "X is stable in air".
            yield from (ask for ask in complements(clause) if ask.slot == "prep")
    else:
        yield from complements(clause)
    for chunk in clause.chunks:
        if chunk.kind == "subordinate" and chunk.tokens[0].low in ("because", "since"):
            yield _cause(clause, chunk)
    yield from _subject(clause)


def definite(clause: Clause) -> Clause:
    """'This pilot plant' -> 'The pilot plant', for a clause that will stand alone."""
    if clause.subject[0].low in ("this", "these") and len(clause.subject) > 1:
        return replace(clause, subject=(word("The"), *clause.subject[1:]))
    return clause


def _cause(clause: Clause, chunk: Chunk) -> Ask:
    drop = reasons(clause)
    question, plain = clause.inverted(drop) + tail(clause), clause.plain(drop) + tail(clause)
    wordings: tuple[str, ...] = (
        f"why {question}",
        f"what is the reason that {plain}",
        f"for what reason {question}",
        f"what explains that {plain}",
    )
    if not clause.aux:
        wordings = (
            *wordings,
            f"what makes {join(lowered(clause.subject))} {clause.base} {clause.rest(drop)}".strip() + tail(clause),
        )
    named = (f"the reason why {plain}",)
    return Ask(join(chunk.tokens[1:]), "cause", wordings, (f"why {plain}",), named, (f"{chunk.text}, {plain}",))


def _subject(clause: Clause) -> Iterator[Ask]:
    subject, end, drop = lowered(clause.subject), tail(clause), reasons(clause)
    copula = clause.base == "be" and not clause.verb
    counts = subject[-1].kind == "quantity" and len(subject) > 1
    empty = subject[0].low in ("hardly", "no", "nothing") or subject[-1].low in ("authors", "researchers", "team")
    if copula or counts or empty or not clause.rest(drop):
        return
    simple = not any(t.low in PREPOSITIONS for t in subject)
    sort = which(subject) if subject[-1].is_fact and simple else "what"
    if _are_people(subject):
        sort = "who"
    wordings = [f"{sort} {clause.third(drop)}{end}"]
    if sort != "what":
        wordings.append(f"what {clause.third(drop)}{end}")
    bare = drop | spare(clause)
    if clause.chunks[0].kind == "object" and clause.rest(bare) not in ("", clause.rest(drop)):
        wordings.append(f"{sort} {clause.third(bare)}")
    named = (f"the {sort.removeprefix('which ')} that {clause.third(drop)}{end}",) if sort.startswith("which ") else ()
    # "It is both brushes that repel": the verb of a cleft agrees with what stands before 'that'.
    agreed = clause.predicate(drop) if is_plural(subject) else clause.third(drop)
    cleft = f"it is {join(subject)} that {agreed}{end}"
    yield Ask(join(clause.subject), "subject", tuple(wordings), tuple(wordings[:1]), named, (cleft,))
    yield from _agent(clause)


def _are_people(tokens: Tokens) -> bool:
    """'Ding et al.', 'scientists from all over the world'."""
    head = head_of(tokens)
    return bool(head) and (head[-1].low.rstrip(".") == "al" or head[-1].low in _PEOPLE)


def _agent(clause: Clause) -> Iterator[Ask]:
    """'What attacks bare Nuvressite?' for 'Bare Nuvressite is attacked by sodium metal.'"""
    at = next((i for i, c in enumerate(clause.chunks) if c.kind == "prep" and c.tokens[0].low == "by"), None)
    chunk = None if at is None else clause.chunks[at]
    if (
        chunk is None
        or len(chunk.tokens) < 2
        or clause.aux not in ("is", "are", "was", "were")
        or "participle" not in verbs.forms(clause.verb)
    ):
        return
    doing = any(t.low in _DOINGS or t.low.endswith("ing") or t.kind == "quantity" for t in chunk.tokens)
    if doing or any(t.kind == "name" and " " in t.text for t in chunk.tokens):
        return
    verb = verbs.singular(clause.base) if clause.aux in ("is", "are") else verbs.past(clause.base)
    who = "who" if _are_people(chunk.tokens[1:]) else "what"
    question = (
        f"{who} {verb} {' '.join((join(lowered(clause.subject)), *(c.text for c in clause.chunks[:at])))}{tail(clause)}"
    )
    yield Ask(join(chunk.tokens[1:]), "subject", (question,), (question,))
