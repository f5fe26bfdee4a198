"""Citations in the running text of JATS: marked where they stand, then left out or, where a sentence needs them, kept.

Source: ANSI/NISO Z39.96, <xref>, as journals use it. Citations that are mere numbers vanish, with their brackets; names and
years stay, and so do numbers that belong to a sentence ('in refs. 12, 13').
"""

import re
from xml.etree.ElementTree import Element

# XML can't hold these two characters, so that they can mark a number until it is clear whether a sentence needs it.
_OPENS, _ENDS = "\x01", "\x02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212-"
_PARTING = "\\s,;\\-\u2010-\u2014\u2212"  # between the numbers of one citation
# It begins with a literal character: such patterns are found many times faster than those that begin with a choice.
_CITATIONS = re.compile(f"\x01[^\x02]*\x02(?:[{_PARTING}]*\x01[^\x02]*\x02)*")
_CLOSES = re.compile(f"[{_PARTING}]*[\\])]")
_SPACES = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_BETWEEN = f"{_SPACES},;{_DASHES}"
_APART = f"{_SPACES}[({_DASHES}"
_ONLY_CITED = re.compile(f"(?:[{_PARTING}\\[\\]()]|\x01[^\x02]*\x02)*")
_NUMBERS = re.compile(f"[{_PARTING}0-9a-z()\\[\\]]*")
_DIGIT = re.compile(r"\d")
_NAMED = re.compile(r"\b(?:refs?\.?|references?)\s*$", re.IGNORECASE)  # 'in Ref.', which a number must follow
# What citations leave behind: '(see, e.g.,)', and commas within brackets.
_HUSK = re.compile(
    r" [(\[](?:see|e\.g\.|i\.e\.|cf\.|also|reviewed in|for (?:a )?reviews?|[ ,;.]){0,9}[)\]]", re.IGNORECASE
)
_LEFT_BEHIND = (
    ["[]"] + [opens + sign for opens in "([" for sign in " ,;"] + [sign + closes for closes in ")]" for sign in " ,;"]
)
_EDGES = re.compile(r"(?<=[(\[])[ ,;]{1,9}|[ ,;]{1,9}(?=[)\]])")
_NUMBER = re.compile(r"[\s\[(]*[0-9]+[a-z]?[\s\])]*")


def marked(node: Element) -> str:
    """What an <xref> to a reference says: a number with marks around it, or names and years as they are."""
    text = "".join(node.itertext()) if len(node) else node.text or ""
    if len(node) and any(part.tag == "sup" for part in node.iter()):  # no word of a sentence
        return _OPENS + _ENDS if _NUMBERS.fullmatch(text) else text
    is_number = (_NUMBERS if text.strip()[:1] in ("[", "(") else _NUMBER).fullmatch(text)
    return _OPENS + text + _ENDS if is_number else text


def are_in(text: str) -> bool:
    """Whether `text` has marks."""
    return _OPENS in text


def are_all_of(raised: str) -> bool:
    """Whether raised characters are nothing but citations."""
    return _OPENS in raised and _ONLY_CITED.fullmatch(raised) is not None


def part(before: str, raised: str) -> bool:
    """Whether raised characters only part the citation that ends `before` from the next."""
    return before.endswith(_ENDS) and _ONLY_CITED.fullmatch(raised) is not None


def taken_out(text: str) -> str:
    """`text` without the citations that no sentence needs, and without marks."""
    if _OPENS not in text:
        return text
    return _CITATIONS.sub(_unglued, _unbracketed(text)).replace(_OPENS, "").replace(_ENDS, "")


def tidied(text: str) -> str:
    """`text`, whose spaces are single, without what citations left behind."""
    if any(sign in text for sign in _LEFT_BEHIND):  # faster than to look for a pattern
        return _EDGES.sub("", _HUSK.sub("", text))
    return text


def _unbracketed(text: str) -> str:
    """`text` without brackets that hold nothing but citations."""
    kept, start = [], 0
    for found in _CITATIONS.finditer(text):
        before = text[start : found.start()].rstrip(_BETWEEN)
        closes = _CLOSES.match(text, found.end()) if before.endswith(("[", "(")) else None
        if closes and not _NAMED.search(before[-16:-1]):
            kept.append(before[:-1].rstrip())
            start = closes.end()
        else:
            kept.append(text[start : found.end()])
            start = found.end()
    return "".join(kept) + text[start:]


def _unglued(row: re.Match[str]) -> str:
    """The citation, where the sentence needs it ('in refs. 12, 13'); nothing where it is raised, in brackets or right after a word."""
    if row.start() == 0:
        return row[0]
    if "[" in row[0] or "(" in row[0]:
        return row[0] if _NAMED.search(row.string[max(0, row.start() - 15) : row.start()]) else ""
    return row[0] if row.string[row.start() - 1] in _APART and _DIGIT.search(row[0]) else ""
