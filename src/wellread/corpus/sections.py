"""What a section is about, from the words over it: English, German and Japanese headings to the few canonical kinds.

Source: headings as papers use them. A combined heading takes the kind of its first part ('Results and Discussion' is
results); a sub-heading takes its parent's.
"""

import re
from functools import lru_cache

from wellread.corpus.parsed import SectionKind

_KEYS: dict[SectionKind, str] = {
    "abstract": r"(?:graphical |visual |extended )?abstract|author summary|synopsis|zusammenfassung|kurzfassung|kurzdarstellung|抄録|要旨|要約|概要|アブストラクト",
    "introduction": r"introduction|background|motivation|purpose|aims?|objectives?|einleitung|einführung|hintergrund|motivation|"
    r"序論|緒言|緒論|はじめに|まえがき|背景|序",
    "methods": r"methods?|methodology|methodologies|experimental(?: (?:section|part|procedures?|details|set-?up|design|techniques?|methodology))?|"
    r"experiments?|(?:materials?|patients?|subjects?|participants|data|theory|models?)(?: (?:and|&) methods?)|materials?|procedures?|"
    r"star\W{0,3}methods|(?:study|experimental) (?:design|protocol)|simulation (?:details|methods?)|computational (?:details|methods?|section)|"
    r"data collection|methods and materials|methoden|methodik|material(?:ien)?|experimentelles|experimentalteil|experimenteller teil|"
    r"実験(?:方法|手法|の?部)?|方法|手法|材料|対象",
    "results": r"results?|findings|observations|ergebnisse?|resultate?|befunde|(?:実験)?結果",
    "discussion": r"discussions?|diskussion|interpretation|考察|議論|検討",
    "conclusion": r"conclusions?|concluding remarks|conclusive remarks|summary|closing remarks|final remarks|take-?home message|"
    r"schlussfolgerung(?:en)?|schlu(?:ss|ß)|fazit|schlussbemerkung(?:en)?|結論|結言|まとめ|おわりに|むすび|総括",
}
_ADJECTIVES = (
    r"(?:the|our|brief|short|general|main|overall|detailed|major|key|experimental|numerical|theoretical|computational|"
    r"simulation|online|supplementary|present|further|wichtigste|numerische|experimentelle|analytical|clinical|statistical|study)"
)
_MORE = (
    r"perspectives?|outlook|future (?:work|directions?|perspectives?|research|prospects?)|prospects|limitations|implications|"
    r"recommendations|design|analysis|related work|data|setup|apparatus|remarks|evaluation|literature review|overview|ausblick|theory|"
    r"theoretical background|今後の課題|展望|section|techniques|statistics|sample preparation|instruments?|instrumentation|equipment|reagents|chemicals"
)
_KIND = "|".join(f"(?P<{kind}>{words})" for kind, words in _KEYS.items())
_ANY = "|".join((*_KEYS.values(), _MORE))
_JOIN = r"\s*(?:,|/|&|\+|・|および|及び|と|\band\b|\bor\b|\bund\b|\bof the study\b)\s*"
_HEADING = re.compile(rf"(?:{_ADJECTIVES} )*(?:{_KIND})(?:{_JOIN}(?:and )?(?:{_ADJECTIVES} )*(?:{_ANY}))*")
# '2.1.', 'II.', 'A)', '第2章'; what follows a bare number must look like a title: not '4.7 mS/cm'.
_NUMBER = re.compile(
    r"(?:(?:section|chapter|kapitel|abschnitt)\s+)?"
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}[.):]?[\s:–—-]+|\d{1,2}(?:\.\d{1,2}){0,4}[.):]?(?=[\u3040-\u9fff])|[IVX]{1,5}[.):]\s*|[IVX]{2,5}\s+|[A-H][.)]\s*|"
    r"第?\s?\d{1,2}[章節.．、)]\s*|[§●■◆▪]\s*)(?=[A-ZÀ-ÞΑ-Ω\u3040-\u9fff\"“‘(]|[a-zα-ω]{1,2}-|[a-z]{5})"
)
_BARE_NUMBER = re.compile(r"(?i)(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})[.)]?\s+")
_COLON = re.compile(r"[:–—]\s|：")
_REFERENCES = re.compile(
    r"(?:(?:cited |supplementary |further |selected )?references?(?: (?:and notes|cited|list))?|bibliography|literature(?: cited)?|works cited|notes and references|"
    r"literatur(?:verzeichnis|angaben)?|quellen(?:verzeichnis)?|references and notes|参考文献|引用文献|文献|citations)"
)
_APPARATUS = re.compile(
    r"(?:(?:the )?author(?:s|s?['’]s?)?(?:['’])? (?:contributions?(?: statement)?|information|details|notes?|statement)|acknowledge?ments?(?: and .*)?|"
    r"danksagung(?:en)?|謝辞|"
    r"(?:declaration of |statement of )?(?:conflicts?|competing|competition) ?(?:of )?(?:financial )?interests?(?: statement)?|disclosures?(?: statement)?|declarations?(?: of .*)?|"
    r"funding(?: (?:information|sources?|statement))?|financial (?:support|disclosure)|"
    r"(?:data|code|software|data and code|data and materials?|materials?)(?: and (?:code|materials?|data|software))? (?:availability|accessibility|access)(?: statement)?|"
    r"availability of (?:data|code|supporting data)(?: and .*)?|"
    r"(?:electronic )?supp(?:lementary|orting|lemental) (?:information|materials?|data|figures?|files?|tables?|online material)|additional (?:information|files?|data)|"
    r"ethic(?:s|al) (?:statement|approval|considerations|declarations?)(?: and .*)?|consent (?:for publication|to participate)|"
    r"publisher['’]?s note|how to cite(?: this article)?|copyright|rights and permissions|about (?:this article|the authors?)|reprints and permissions|"
    r"peer review(?: (?:information|file))?|reporting summary|reviewer information|abbreviations?|list of abbreviations|nomenclature|footnotes?|"
    r"ethics approval and consent to participate|provenance and peer review|notes|key ?words?|schlüsselwörter|キーワード|associated content|contributor information|orcid(?: ids?)?|"
    r"supporting online material|publication history|pre-publication history|sample availability|institutional review board statement|informed consent statement|"
    r"credit authorship contribution statement|interessenkonflikte?|利益相反|graphical toc)"
)


def without_number(heading: str) -> str:
    """The heading's words: '2.1. Synthesis' -> 'Synthesis'."""
    heading = heading.strip()
    return heading[found.end() :] if (found := _NUMBER.match(heading)) else heading


def kind_of(heading: str, parent: SectionKind | None = None) -> SectionKind:
    """The canonical kind of a section; under a parent of a known kind it is the parent's."""
    if parent is not None and parent != "other":
        return parent
    return _kind(heading) or "other"


@lru_cache(maxsize=4096)
def is_canonical(heading: str) -> bool:
    """Whether the words alone tell that this is a heading, whatever it is printed like."""
    return _kind(heading) is not None or is_references(heading) or is_apparatus(heading)


def is_references(heading: str) -> bool:
    """Whether a list of references follows."""
    return _REFERENCES.fullmatch(_folded(heading)) is not None


def is_apparatus(heading: str) -> bool:
    """Whether what follows is about the publication, not about its subject: thanks, funding, interests."""
    return _APPARATUS.fullmatch(_folded(heading)) is not None


@lru_cache(maxsize=4096)
def _kind(heading: str) -> SectionKind | None:
    words = _folded(heading)
    if len(words) > 80:
        return None
    found = _HEADING.fullmatch(words)
    if not found and (colon := _COLON.search(words)):
        found = _HEADING.fullmatch(words[: colon.start()].rstrip())
    return next((kind for kind in _KEYS if found[kind] is not None), None) if found else None


@lru_cache(maxsize=4096)
def _folded(heading: str) -> str:
    """Lower case, one space between words, no number before and no stop after."""
    words = " ".join(heading[:200].split()).strip(" .:：*#_|■●◆▪–—-")
    words = without_number(words)
    if words[1:2] == words[3:4] == " " and re.fullmatch(r"(?:\w ){3,}\w", words):  # I N T R O D U C T I O N
        words = words.replace(" ", "")
    if found := _BARE_NUMBER.match(words):
        words = words[found.end() :]
    return words.casefold().replace("ß", "ss").strip()
