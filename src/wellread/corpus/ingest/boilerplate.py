"""What journals print in every paper and nobody needs to learn: funding, thanks, interests, permissions, notes.

Whole sections go by their heading, single paragraphs by how they begin. What goes is kept apart with its reason.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from wellread.corpus.parsed import Section

# reason -> how a heading of such a section begins
_HEADINGS = {
    "acknowledgements": r"acknowledg|danksagung|謝辞",
    "funding": r"funding|financial (support|disclosure)|grant",
    "contributions": r"(author|authors|credit author)['’]?s? contribution|contributions? of authors|authorship",
    "interests": r"(declaration of |potential )?(competing|conflicts? of|financial) interests?|interessenkonflikt|利益相反|disclosure",
    "availability": r"(data|code|material|software)s?( and \w+)? (availability|accessibility)|availability of|accession codes",
    "supplement": r"(electronic )?supplement(ary|al)(\W*$| (online|digital|materials?|information|data|files?|figures?|tables?|text|notes?|"
    r"content|movies?|videos?|methods)\b)|supporting information|additional (files?|information)|appendix a\. suppl",
    "permissions": r"publisher['’]?s note|(open access|copyright|licen[cs](e|ing))( (notice|statement|information))?\W*$|"
    r"rights and permissions|reprints",
    "references": r"references|bibliography|literature cited|literatur(verzeichnis)?|参考文献|引用文献",
    "about the authors": r"author information|about the authors?|biograph|affiliations|corresponding author|orcid",
    "ethics": r"(ethics|ethical) (statement|approval|declaration)|consent (for|to)|institutional review board",
}
# reason -> how such a paragraph begins
_PARAGRAPHS = {
    "permissions": r"©|\(c\) ?(the |by )?(19|20)\d\d|copyright\b[^.]{0,40}(\b(19|20)\d\d|authors?\b)|"
    r"this (is an open[- ]access article|article is (licensed|distributed|published (under|with|as))|work is licensed)|"
    r"publisher['’]?s note|springer nature remains neutral|reprints and permissions?|all rights reserved|"
    r"open access this article|the images or other third[- ]party material|permission to (copy|reproduce)",
    "interests": r"(the )?authors? (declares?|have declared|has declared|report|have no) [^.]{0,60}(interest|conflict|disclos)|no conflicts? of interest",
    "supplement": r"(electronic )?(supplementary|supporting) (information|data|material)s?( \(esi\))?[^.]{0,80}(available|found|online|accompan)|"
    r"the following are available online",
    "availability": r"(the )?(data|datasets|code)[^.]{0,120}(is|are) available (from|on|upon|at|through|in (the|this) (?!.{0,9}literature))",
    "about the authors": r"(\*? ?correspond(ence|ing author)|e-?mail) ?[:(]|correspondence and requests",
    "dates": r"received:? [^.]{4,40}accepted",
}
_LONGEST = 150  # words; a longer paragraph has something to say, however it begins


def _one(spelt: dict[str, str]) -> re.Pattern[str]:
    inner = "|".join(f"(?P<{reason.replace(' ', '_')}>{pattern})" for reason, pattern in spelt.items())
    return re.compile(rf"[\d.\s*]*(?:{inner})", re.IGNORECASE)


_HEADING, _PARAGRAPH = _one(_HEADINGS), _one(_PARAGRAPHS)


class Cut(NamedTuple):
    """A text that was left out."""

    reason: str
    text: str


def cleaned(sections: Iterable[Section]) -> tuple[list[Section], list[Cut]]:
    """The sections without boilerplate, and what was cut from them."""
    kept: list[Section] = []
    cut: list[Cut] = []
    for section in sections:
        # A section of the paper proper is never taken for anything else by its heading.
        if section.kind == "other" and (found := _HEADING.match(section.heading)):
            cut.append(_cut(found, f"{section.heading}\n\n{section.text}"))
            continue
        good = []
        for paragraph in section.text.split("\n\n"):
            found = _PARAGRAPH.match(paragraph)
            if found and paragraph.count(" ") < _LONGEST:
                cut.append(_cut(found, paragraph))
            else:
                good.append(paragraph)
        if len(good) == section.text.count("\n\n") + 1:
            kept.append(section)
        elif good:
            kept.append(section.model_copy(update={"text": "\n\n".join(good)}))
    return kept, cut


def _cut(found: re.Match[str], text: str) -> Cut:
    return Cut((found.lastgroup or "").replace("_", " "), text)
