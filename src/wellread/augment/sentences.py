"""Cut a text into sentences by rules. No trained model, so that it behaves the same everywhere.

It errs on the side of not cutting: two sentences left together do less harm than a fact cut in half.
"""

import re

from wellread.augment.english.words import wordset

# Never the end of a sentence.
_ALWAYS = wordset(
    "dr prof mr mrs st fig figs eq eqs eqn ref refs sect chap tab vol vols pp p cf e.g i.e eg ie viz vs ca "
    "approx resp incl excl sp spp var ed eds al z.b d.h u.a bzw ggf vgl abb nr sog usw sr sra ing dott fa "
    "temp conc calc calcd expt theor wt"
)
# The end of a sentence unless a number follows.
_BEFORE_NUMBER = wordset("no nos art sec min max jan feb mar apr jun jul aug sep sept oct nov dec n")
# "Li et al. The film ..." is two sentences; "Li et al. Nature ..." is not.
_STARTERS = wordset(
    "the this these those that we it in a an our they here however moreover thus therefore for as at by when if such"
)
_MONTHS = wordset("januar februar märz april mai juni juli august september oktober november dezember jahrhundert")
_ORDINAL_LEAD = wordset("am im vom zum der dem den des die das ab bis seit beim zur ein eine")

_CLOSERS = "\"'”’»›)\\]}*_"
_OPENERS = "\"'“‘„«‹([{*_¿¡"
_END = re.compile(rf"[。！？]+[」』）”’]*|(?:\.\.\.|[.!?…])+[{_CLOSERS}]*(?:\[\d[\d,–\- ]*\])?(?=\s)", re.UNICODE)
_BLOCK = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:#|[-*•] |\d+[.)] |\**[A-Z][\w .]{0,30}\**:))|(?<=\n)(?=#)", re.UNICODE)
_HEADING = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)
# Who named a species, after its name: "Acacia senegal (L.) Willd.".
_AUTHOR = re.compile(r"\((?:[A-Z]\. ?)*[A-Z][a-z]{0,6}$")
_LAST_WORD = re.compile(r"[^\s(\[“\"'„«]+$")


def split(text: str) -> list[str]:
    """The sentences of `text`, in order, white space folded. No other character is lost or moved."""
    return [sentence for block in _blocks(text) for sentence in _split_block(block)]


def _blocks(text: str) -> list[str]:
    """Pieces that no sentence crosses: paragraphs, headings, list entries, speeches."""
    headed = _HEADING.sub(lambda m: m.group() + "\n\n", text)
    return [folded for part in _BLOCK.split(headed) if (folded := " ".join(part.split()))]


def _split_block(block: str) -> list[str]:
    found, start = [], 0
    for match in _END.finditer(block):
        if _is_end(block, start, match):
            piece = block[start : match.end()].strip()
            start = match.end()
            if piece:
                found.append(piece)
    rest = block[start:].strip()
    return [*found, rest] if rest else found


def _is_end(block: str, start: int, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] in "。！？":
        return not _inside_brackets(block, start, match.end())
    after = block[match.end() :].lstrip()
    if not after or not _can_start(after):
        return False
    if _inside_brackets(block, start, match.end()):
        return False
    if mark == ".)" and _AUTHOR.search(block, start, match.start()):
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return _dot_ends(block[start : match.start()], after, closed=len(mark) > 1)


def _can_start(after: str) -> bool:
    """A sentence may start with a capital, a digit, a sign, or a letter of a script without capitals.

    A decimal number in a bracket belongs to what stands before it.
    """
    bare = after.lstrip(_OPENERS)
    if not bare or re.match(r"\(\d+\.\d", after):
        return False
    if bare.startswith("pH ") or re.match(r"[a-z]-[A-Z(]|[αβγδωκλ]-", bare):
        return True
    return bare[0].isdigit() or bare[0] in "−-–+~<>≈" or (bare[0].isalpha() and not bare[0].islower())


def _dot_ends(before: str, after: str, closed: bool) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return True
    word = last.group()
    lead = before[: last.start()].split()
    follower = re.match(r"[\w'’-]*", after.lstrip(_OPENERS))
    next_word = follower.group() if follower else ""
    low = word.casefold()
    if low == "al" and lead and lead[-1].casefold() == "et":
        return next_word.casefold() in _STARTERS
    if low == "al":
        return True
    if low in _ALWAYS and not closed:
        return False
    if low in _BEFORE_NUMBER and not closed:
        return not next_word[:1].isdigit()
    if word.isdigit():
        return _number_ends(lead, next_word)
    if len(word) == 1 and word.islower() and re.match(r"[A-Z]\.", after):
        return False  # German "z. B."
    if len(word) == 1 and word.isalpha() and word.isupper() and not closed:
        # "at 298 K. The" ends; "J. Smith" and "J. D. Smith" do not.
        return bool(lead) and lead[-1][-1:].isdigit()
    # "U.S.A" and other dotted initials.
    return not re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word)


def _number_ends(lead: list[str], next_word: str) -> bool:
    """German ordinals ("am 3. Mai") and list numbers ("1. Introduction") do not end a sentence."""
    if not lead:
        return False
    return next_word.casefold() not in _MONTHS and not (lead[-1].casefold() in _ORDINAL_LEAD and next_word.isalpha())


def _inside_brackets(block: str, start: int, end: int) -> bool:
    """Whether `end` lies in a bracket that is open and closes soon; one that never closes is a slip."""
    for left, right in ("()", "[]", "（）", "「」"):
        depth = block.count(left, start, end) - block.count(right, start, end)
        closing = block.find(right, end, end + 200)
        if depth > 0 and closing >= 0 and left not in block[end:closing]:
            return True
    return False
