"""The running text of JATS: paragraphs in plain characters; what is no running text goes aside into the draft.

Source: ANSI/NISO Z39.96.
"""

import re
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from wellread.corpus import citations, mathml, tex
from wellread.corpus.draft import Draft
from wellread.corpus.parsed import AsideKind
from wellread.corpus.scripts import subscript, superscript

# XML can hold none of these characters, so that they can mark places in the text.
_BREAK = "\x03"
_LABEL = "\x04"  # the end of an item's label, which goes before the item's first paragraph
_LABELLED = re.compile(f"{_LABEL}[\\s{_BREAK}]*")
_ASIDES: dict[str, AsideKind] = {
    **dict.fromkeys(("table-wrap", "table-wrap-group", "table", "array"), "table"),
    **dict.fromkeys(("fig", "fig-group", "chem-struct-wrap", "chem-struct-wrapper"), "figure"),
    **dict.fromkeys(("disp-formula", "disp-formula-group"), "formula"),
    **dict.fromkeys(("fn", "fn-group", "supplementary-material"), "note"),
    **dict.fromkeys(("ref", "ref-list"), "reference"),
}
_ROWS = {"tr", "row"}
_PICTURES = {"graphic", "inline-graphic", "media", "inline-media"}
_DROPPED = {
    "permissions",
    "object-id",
    "copyright-holder",
    "sec-meta",
    "label",
    "processing-meta",
    "title-alt",
    "alt-text",
}
_DROPPED |= {
    "fn-type",
    "alt-title",
    "abbrev",
    "kwd-group",
    "long-desc",
    "index-term",
    "milestone-start",
    "milestone-end",
}
_BLOCKS = {
    *("p", "title", "list", "list-item", "disp-quote", "boxed-text", "def-item", "def", "sec", "statement", "verse-line"),
    *("preformat", "code", "speech", "verse-group", "attrib", "question", "answer", "def-list", "term-head", "def-head"),
}  # fmt: skip
_PLAIN = {"italic", "bold"}
_NOTE_MARKS = {"fn", "table-fn", "corresp", "aff", "author-notes"}
_CITES = {"bibr", "ref", "bib"}
_EMPTY = re.compile(r" \(\s*\)")
_WORD = re.compile(r"\w")
_TWO_STOPS = re.compile(r"\b(al|etc)\.\.")
_LOOSE = re.compile(r" ([.,;:)\]])(?=[ .,;:)\]]|$)")
_MAYBE_LOOSE = re.compile(r"[.,;:)\]](?<= .|\.\.|\(\))")  # whether one of the last three can match, in one go


class Prose:
    """Tells nodes as text; the draft takes what stands aside."""

    def __init__(self, draft: Draft) -> None:
        """`draft` takes tables, figures, formulae, references and notes."""
        self.draft = draft
        self._within = 0  # asides; their pictures are part of them

    def line(self, node: Element) -> str:
        """All of `node` in one line."""
        return " ".join(self.paragraphs(node))

    def paragraphs(self, node: Element, but_title: bool = False) -> list[str]:
        """The paragraphs in `node`."""
        out = [node.text or ""]
        for child in node:
            if not (but_title and child.tag == "title"):
                self._write(child, out)
            out.append(child.tail or "")
        return _told(out)

    def paragraphs_of(self, nodes: Iterable[Element]) -> list[str]:
        """The paragraphs in `nodes`, which stand one after another."""
        out: list[str] = []
        for node in nodes:
            self._write(node, out)
            if node.tail:
                out.append(node.tail)
        return _told(out)

    def _children(self, node: Element, out: list[str]) -> None:
        if text := node.text:
            out.append(text)
        for child in node:
            if child.tag in _PLAIN:
                self._children(child, out)
            else:
                self._write(child, out)
            if tail := child.tail:
                out.append(tail)

    def _write(self, node: Element, out: list[str]) -> None:
        tag = node.tag
        if tag in _PLAIN:
            self._children(node, out)
        elif tag in ("sub", "sup"):
            out.append(self._script(node, out))
        elif tag == "xref":
            self._cross_reference(node, out)
        elif tag in _BLOCKS:
            out.append(_BREAK)
            if tag == "list-item" and (label := node.find("label")) is not None:
                out.append(f"{label.text or ''} {_LABEL}")
            self._children(node, out)
            out.append(_BREAK)
        elif tag in _ASIDES:
            self._aside(node, _ASIDES[tag])
            out.append(" ")
        else:
            self._rare(node, tag, out)

    def _rare(self, node: Element, tag: str, out: list[str]) -> None:
        if tag in _PICTURES:
            self._picture("figures")
            out.append(" ")
        elif tag in _DROPPED:
            return
        elif tag in ("inline-formula", "alternatives", "tex-math") or tag.endswith("}math"):
            out.append(self._formula(node))
        else:
            out.append(" " if tag in ("break", "term") else "")
            self._children(node, out)

    def _cross_reference(self, node: Element, out: list[str]) -> None:
        kind = node.get("ref-type")
        if kind in _CITES:
            out.append(citations.marked(node))
        elif kind not in _NOTE_MARKS:
            self._children(node, out)

    def _formula(self, node: Element) -> str:
        parts = list(node.iter())
        if (found := next((part for part in parts if part.tag.endswith("}math")), None)) is not None:
            return mathml.line(found)
        if (found := next((part for part in parts if part.tag == "tex-math"), None)) is not None:
            return tex.line("".join(found.itertext()))
        if any(part.tag in _PICTURES for part in parts):
            self._picture("formulae")
            return " "
        inner: list[str] = []
        self._children(node, inner)
        return "".join(inner)

    def _script(self, node: Element, out: list[str]) -> str:
        if len(node):
            inner: list[str] = []
            self._children(node, inner)
            text = "".join(inner).replace(_BREAK, " ")
            if citations.are_all_of(text):
                return ""
        else:
            text = node.text or ""
        last = out[-1] if out and out[-1] else next((part for part in reversed(out) if part), "")
        if citations.part(last, text):
            return ""
        before = last[-1:].replace(_BREAK, "").replace(_LABEL, "")
        return superscript(before, text) if node.tag == "sup" else subscript(before, text)

    def _aside(self, node: Element, kind: AsideKind) -> None:
        if node.tag in ("fig-group", "table-wrap-group", "fn-group", "ref-list", "disp-formula-group"):
            inner = [part for part in node if part.tag in _ASIDES]
            for part in inner:
                self._aside(part, _ASIDES[part.tag])
            if inner:
                return
        label = node.find("label")
        named = " ".join("".join(label.itertext()).split()) if label is not None else ""
        tell: Callable[[Element], str] = {
            "table": self._table,
            "formula": self._formula,
            "reference": _reference,
        }.get(kind, self._plain)
        self._within += 1
        text = tell(node)
        self._within -= 1
        self.draft.aside(kind, named, text)

    def _picture(self, kind: str) -> None:
        if not self._within:
            self.draft.left_out[kind] += 1

    def _plain(self, node: Element) -> str:
        return "\n\n".join(self.paragraphs(node))

    def _table(self, node: Element) -> str:
        """The caption, then a line for each row, cells between bars, then the notes."""
        captions = [self.line(part) for part in node.findall("caption")]
        rows = []
        for row in (part for part in node.iter() if part.tag in _ROWS or part.tag.endswith("}row")):
            cells = [self.line(cell) if len(cell) else " ".join((cell.text or "").split()) for cell in row]
            if any(cells):
                rows.append(" | ".join(cells))
        notes = [self.line(part) for part in node.findall("table-wrap-foot")]
        return "\n".join((*captions, *rows, *notes))


def _reference(node: Element) -> str:
    """One entry of the list, as a line. Where the parts carry no punctuation of their own, spaces go between them."""
    told = []
    for part in node:
        if part.tag in ("mixed-citation", "citation", "note"):
            told.append("".join(part.itertext()))
        elif part.tag != "label":
            told += part.itertext()
    text = " ".join(" ".join(told).split())
    for sign in (" .", " ,", " ;", " :", " )"):
        if sign in text:
            text = text.replace(sign, sign[1])
    return text


def _told(out: list[str]) -> list[str]:
    """The paragraphs of what was written."""
    parts = _LABELLED.sub("", "".join(out)).split(_BREAK)
    return [words for part in parts if part and (words := _joined(part)) and _WORD.search(words)]


def _joined(paragraph: str) -> str:
    """One paragraph, without citations; spaces are single."""
    text = _single_spaced(citations.taken_out(paragraph))
    if citations.are_in(paragraph):
        text = citations.tidied(text)
    if _MAYBE_LOOSE.search(text):
        text = _LOOSE.sub(r"\1", _EMPTY.sub("", text))  # a picture stood in brackets that are empty
        text = _TWO_STOPS.sub(r"\1.", text)  # the sentence ended after the citation
    return text


def _single_spaced(text: str) -> str:
    """`text` with one plain space wherever it has white space; splitting it into words takes ten times as long."""
    text = text.replace("\n", " ").replace("\xa0", " ").replace("\u2009", " ").strip()
    return text if text.isprintable() and "  " not in text else " ".join(text.split())
