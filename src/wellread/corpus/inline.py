"""Markdown within a paragraph: its markup goes, its words stay, and a chemical name is never touched.

CommonMark takes emphasis and links wherever the signs allow. Here a sign counts as markup only where it can't belong
to a name or a formula: `5*10*3`, `LiNi_x_Mn`, `[Co(NH3)6](NO3)3` and `C/C=C\\C*` stay as they are.
"""

import html
import re
from collections.abc import Callable

from wellread.corpus.scripts import subscript, superscript

_LETTER = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff"  # scripts that separate words by spaces; Japanese ones don't
# Code, escapes and formulae are put aside, so that nothing in them is taken for markup.
_ASIDE = re.compile(
    r"(?P<ticks>(?<!`)`+(?!`))(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<math>\$\$[^$]+\$\$|\$(?=[^\s$])[^$\n]*[^\s$]\$(?!\d))"
    r"|(?P<own>[\ue000\ue001])",
    re.DOTALL,
)
_BACK = re.compile("\ue000(\\d+)\ue001")
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://|mailto:|doi:|www\.|10\.\d{4}|#|/|\.{1,2}/"
    r"|.*\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp|tiff?|xml|txt|csv|json|ya?ml|com|org|net|edu|gov|io|py|ipynb|zip)(?:[#?].*)?$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])+)\](?:\[([^\[\]]*)\])?")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+\.[^<>\s@]+)>")
_TAGS = (
    "a|abbr|b|br|center|cite|code|del|details|div|em|font|i|img|ins|kbd|mark|p|s|small|span|strong|summary|sub|sup|u"
)
_SCRIPT = re.compile(r"<(sub|sup)>([^<>]*)</\1>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Emphasis has an end: without a bound, thousands of unpaired signs would take minutes.
_BOLD = re.compile(rf"(?<![{_LETTER}*)\]])(\*{{2,3}})(?=[^\s*])(.{{1,1000}}?)(?<=[^\s*])\1(?![{_LETTER}*])", re.DOTALL)
_STAR = re.compile(rf"(?<![{_LETTER}*)\]])(\*)(?=[^\s*])([^*]{{1,1000}})(?<=\S)\*(?![{_LETTER}*])")
# *t*Bu, *p*TsOH, *T*g: a prefix in italics, unless it could be an atom with two open ends.
_PREFIX = re.compile(rf"(?<![{_LETTER}*)\]])\*([a-z]{{1,4}}|[ADEGHJKLMQRTUVWXYZ])\*(?=[{_LETTER}])")
_LINES = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])(.{1,1000}?)(?<=[^\s_])\1(?!\w)", re.DOTALL)
_STRUCK = re.compile(r"~~(?=\S)([^~]+)(?<=\S)~~")


def plain(text: str, names: frozenset[str] = frozenset()) -> str:
    """`text` without its markup. `names` are the link and footnote names that the document defines, casefolded."""
    aside: list[str] = []

    def put(found: re.Match[str]) -> str:
        kept = found["code"] or found["escaped"] or found["math"] or found["own"]
        aside.append(kept.strip() or kept)
        return f"\ue000{len(aside) - 1}\ue001"

    text = _ASIDE.sub(put, text)
    text = _links(text, names)
    text = _SCRIPT.sub(_script, text)
    text = _TAG.sub(lambda tag: "\n" if tag[0].lower().startswith("<br") else "", text)
    text = _emphasis(text)
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _BACK.sub(lambda place: aside[int(place[1])], text)


def is_address(text: str) -> bool:
    """Whether `text` can be where a link leads, rather than a part of a formula."""
    return _ADDRESS.match(text) is not None


def _links(text: str, names: frozenset[str]) -> str:
    def inline(found: re.Match[str]) -> str:
        return found[1] if is_address(found[2] or found[3] or "") else found[0]

    def reference(found: re.Match[str]) -> str:
        name = (found[2] or found[1]).casefold()
        if name not in names:
            return found[0]
        return "" if name.startswith("^") else found[1]

    for _ in range(2):  # a picture can stand in a link
        text = _LINK.sub(inline, text)
    if names:
        text = _REFERENCE.sub(reference, text)
    return _AUTOLINK.sub(r"\1", text)


def _script(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1] if found.start() else ""
    write: Callable[[str, str], str] = superscript if found[1].lower() == "sup" else subscript
    return write("x" if before in ">*_" and before else before, found[2])  # after a sign of markup stands a word


def _emphasis(text: str) -> str:
    def bare(found: re.Match[str]) -> str:
        return found[2] if _balanced(found[2]) else found[0]

    for _ in range(3):  # emphasis in emphasis
        text = _STAR.sub(bare, _BOLD.sub(bare, _PREFIX.sub(r"\1", text)))
        text = _LINES.sub(bare, text)
    return _STRUCK.sub(r"\1", text)


def _balanced(text: str) -> bool:
    """Whether brackets close in the order in which they open, so that markup doesn't cut through a name."""
    pairs, still_open = {")": "(", "]": "[", "}": "{"}, []
    for sign in text:
        if sign in "([{":
            still_open.append(sign)
        elif sign in pairs and (not still_open or still_open.pop() != pairs[sign]):
            return False
    return not still_open
