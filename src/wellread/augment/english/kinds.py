"""What sort of thing the subject is, from a sentence that defines it."""

from wellread.augment.english.chunking import chunked
from wellread.augment.english.clauses import Clause
from wellread.augment.english.phrases import is_noun
from wellread.augment.english.tokens import head_of
from wellread.augment.english.words import wordset

# "X is an example of ...": the noun says nothing.
_EMPTY = wordset(
    "class type kind member family example form series material product result solution answer name way part one thing case"
)


def definition(clauses: list[Clause], subject: str) -> str | None:
    """What the subject is, in a word: 'polyether' where a clause says that it is 'a new polyether made by ...'."""
    for clause in clauses:
        defines = clause.base == "be" and not clause.verb and clause.chunks and len(clause.subject) <= 2
        if (
            not defines
            or clause.subject[-1].text != subject
            or clause.chunks[0].tokens[0].low not in ("a", "an", "the")
        ):
            continue
        head = head_of(chunked(clause.chunks[0].tokens)[0].tokens)
        last = next((t for t in reversed(head) if t.kind == "word" and t.text.isalpha()), None)
        noun = next((head[i - 1] for i, t in enumerate(head) if t.low == "of" and i), last)
        if noun and noun.low not in _EMPTY and is_noun(noun):
            return noun.low
    return None
