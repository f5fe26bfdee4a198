"""TEI XML as GROBID writes it, for whole papers and in the form of its training data.

Source: the TEI P5 guidelines and GROBID's documentation of its output. Heads open sections; figures, tables, formulae,
notes and references go aside; numbers that cite are left out. Use it where PDFs have already been through GROBID.
"""

import re
from pathlib import Path

from lxml import etree

from wellread.corpus.draft import Draft
from wellread.corpus.form import form
from wellread.corpus.hyphens import vocabulary, whole
from wellread.corpus.licence import licence
from wellread.corpus.parsed import Parsed
from wellread.corpus.safexml import local_name, open_xml
from wellread.corpus.scripts import subscript, superscript
from wellread.corpus.sections import is_canonical
from wellread.errors import InputError
from wellread.records import Frozen

READS = "TEI XML of GROBID (.tei.xml)"

_ROOTS = ("tei", "teicorpus")
_LINE, _BREAK, _CITED = "\x04", "\x03", "\x01"
_BLOCKS = {"p", "item", "list", "quote", "ab", "lg", "l", "sp", "cit"}
_NUMBERS = re.compile(r"[\s\d\[\](),;\u2010-\u2015-]*")
_BRACKETS = re.compile(
    "\\s*[\\[(](?:[\\s,;\u2010-\u2015-]*\x01)+[\\s,;\u2010-\u2015-]*[\\])]|\\s*\x01(?:[\\s,;\u2010-\u2015-]*\x01)*"
)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Params(Frozen):
    """Nothing to set."""


def claims(path: Path, head: bytes) -> bool:
    """By the root element."""
    found = form(head)
    return found.kind == "xml" and found.root.lower() in _ROOTS


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """Title, sections, asides; DOI, journal, year and licence from the header.

    Raises InputError for broken XML, declared entities, other XML, and where no words are held.
    """
    root = open_xml(raw, source)
    for node in root.iter(etree.Element):
        node.tag = local_name(node)
    if str(root.tag).lower() not in _ROOTS or root.find(".//text") is None:
        raise InputError(f"{source} is not TEI of a paper: its root is <{root.tag}>", "Give GROBID's full text.")
    draft = Draft(source)
    told = _Paper(root, draft)
    title = told.line(root.find(".//titleStmt/title")) or told.line(root.find(".//biblStruct/analytic/title"))
    abstract = root.find(".//profileDesc/abstract")
    if abstract is not None and "".join(map(str, abstract.itertext())).strip():
        draft.section("", 1, "abstract")
        told.content(abstract, 1)
        draft.close()
    for text in root.iter("text"):
        for part in text if any(child.tag in ("body", "back", "front") for child in text) else [text]:
            told.content(part, 0)
    said = licence(
        [str(node.get("target") or node.get("status") or "") for node in root.iter("licence")],
        " ".join(" ".join(map(str, node.itertext())) for node in root.iter("availability", "copyright")),
    )
    place = root.find(".//sourceDesc//biblStruct")
    place = place if place is not None else root
    when = next((str(node.get("when") or "") for node in root.iter("date") if node.get("when")), "")
    return draft.finish(
        title, titled=bool(title),
        licence=said.name, licence_text=said.words, doi=_doi(place), journal=told.line(place.find(".//monogr/title")) or None,
        year=int(when[:4]) if when[:4].isdigit() else None, language=_language(root),
    )  # fmt: skip


def _doi(place: etree._Element) -> str | None:
    return next((str(node.text).strip() for node in place.findall("idno") + place.findall(".//analytic/idno")
                 if str(node.get("type")).upper() == "DOI" and node.text), None)  # fmt: skip


def _language(root: etree._Element) -> str | None:
    found = next((node.get(_LANGUAGE) for node in root.iter("text", "teiHeader") if node.get(_LANGUAGE)), None)
    return str(found).split("-")[0].lower() if found else None


class _Paper:
    """Tells the text into a draft."""

    def __init__(self, root: etree._Element, draft: Draft) -> None:
        self.draft = draft
        self.under = False
        self.words = vocabulary(str(text) for text in root.itertext())

    def line(self, node: etree._Element | None) -> str:
        """All of `node` as one line."""
        out: list[str] = []
        if node is not None:
            self._inner(node, out)
        return " ".join(self._joined(out))

    def content(self, parent: etree._Element, level: int) -> None:
        """Heads, paragraphs and asides, in order."""
        waiting: list[etree._Element] = []
        if parent.text and parent.text.strip():
            self.draft.paragraph(" ".join(parent.text.split()))
        for child in parent:
            if child.tag in (
                "div",
                "div1",
                "div2",
                "head",
                "listBibl",
                "figure",
                "note",
                "formula",
                "table",
                "biblStruct",
                "bibl",
            ):
                self._tell(waiting)
                waiting = []
                self._part(child, level)
            else:
                waiting.append(child)
        self._tell(waiting)

    def _part(self, node: etree._Element, level: int) -> None:
        if node.tag == "head":
            heading = " ".join(part for part in (node.get("n") or "", self.line(node)) if part)
            self.draft.section(heading, self._level(heading, level))
        elif str(node.tag).startswith("div"):
            if (
                node.get("type") in ("acknowledgement", "annex", "funding", "availability")
                and node.find("div") is None
                and node.find("head") is None
            ):
                self.draft.aside("note", str(node.get("type")), self.line(node))
            else:
                self.content(node, level + 1)
        else:
            self._aside(node)

    def _level(self, heading: str, level: int) -> int:
        """By the number. GROBID doesn't nest, so that a head right under 'Results' begins its sub-sections."""
        if numbered := re.match(r"\d+((?:\.\d+)*)", heading):
            return numbered[1].count(".") + 1
        if is_canonical(heading):
            self.under = False
        elif self.draft.hollow:
            self.under = True
        return max(level, 1) + self.under

    def _aside(self, node: etree._Element) -> None:
        if node.tag == "listBibl":
            for entry in node:
                self.draft.aside("reference", str(entry.get("n") or ""), _entry(entry))
        elif node.tag in ("figure", "table"):
            is_table = node.tag == "table" or node.get("type") == "table" or node.find("table") is not None
            rows = [" | ".join(self.line(cell) for cell in row) for row in node.iter("row")]
            told = (
                []
                if rows and node.tag == "table"
                else [self.line(part) for part in node if part.tag not in ("table", "graphic", "label")]
            )
            own = self.line(node) if not rows and not any(told) else ""
            self.draft.aside(
                "table" if is_table else "figure",
                self.line(node.find("label")),
                "\n".join((*filter(None, told), *rows, own)),
            )
        elif node.tag in ("biblStruct", "bibl"):
            self.draft.aside("reference", "", _entry(node))
        else:
            self.draft.aside("formula" if node.tag == "formula" else "note", str(node.get("n") or ""), self.line(node))

    def _tell(self, nodes: list[etree._Element]) -> None:
        out: list[str] = []
        for node in nodes:
            self._write(node, out)
            out.append(node.tail or "")
        for text in self._joined(out):
            self.draft.paragraph(text)

    def _joined(self, out: list[str]) -> list[str]:
        """The paragraphs of what was written."""
        text = " ".join("".join(out).split())  # a pattern that begins with white space must never meet much of it
        parts = _BRACKETS.sub("", text).replace(_CITED, "").split(_BREAK)
        lines = ([" ".join(line.split()) for line in part.split(_LINE)] for part in parts)
        told = (whole((line for line in part if line), self.words) for part in lines)
        return [re.sub(r" ([.,;:)])", r"\1", text) for text in told if re.search(r"\w", text)]

    def _inner(self, node: etree._Element, out: list[str]) -> None:
        out.append(node.text or "")
        for child in node:
            self._write(child, out)
            out.append(child.tail or "")

    def _write(self, node: etree._Element, out: list[str]) -> None:
        tag, rend = str(node.tag), str(node.get("rend") or "")
        if tag == "lb":
            out.append(_LINE)
        elif tag in ("figure", "note", "table"):
            self._aside(node)
        elif (
            tag == "ref"
            and node.get("type") in ("bibr", "biblio")
            and _NUMBERS.fullmatch("".join(map(str, node.itertext())))
        ):
            out.append(_CITED)
        elif rend.startswith(("sup", "sub")):
            inner = "".join(map(str, node.itertext()))
            before = next((part[-1] for part in reversed(out) if part), "")
            out.append(superscript(before, inner) if rend.startswith("sup") else subscript(before, inner))
        else:
            mark = _BREAK if tag in _BLOCKS else ""
            out.append(mark)
            self._inner(node, out)
            out.append(mark)


def _entry(node: etree._Element) -> str:
    note = node.find("note[@type='raw_reference']")
    return " ".join(" ".join(map(str, (note if note is not None else node).itertext())).split())
