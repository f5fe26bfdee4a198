"""JATS XML, the format in which PubMed Central and many publishers give their articles.

Source: ANSI/NISO Z39.96 (Journal Article Tag Suite). Title, abstract and body become paragraphs. References, tables,
figures and displayed formulae are no running text; they are left out and counted, and citation numbers go with them.
Use it for whole papers.
"""

import html
import re
from collections import Counter
from pathlib import Path

from lxml import etree

from wellread.corpus import mathml
from wellread.corpus.licence import short_name
from wellread.corpus.parsed import Parsed, finished, starts_as_xml
from wellread.corpus.safexml import open_xml
from wellread.corpus.scripts import subscript, superscript
from wellread.errors import InputError
from wellread.records import Frozen

READS = "JATS XML (.xml, .nxml)"

_LEFT_OUT = {
    **dict.fromkeys(("table-wrap", "table-wrap-group", "table", "array"), "tables"),
    **dict.fromkeys(("fig", "fig-group", "graphic", "inline-graphic", "media", "chem-struct-wrap"), "figures"),
    **dict.fromkeys(("disp-formula", "disp-formula-group", "tex-math"), "formulae"),
    **dict.fromkeys(("ref-list", "supplementary-material", "fn", "fn-group"), "notes and references"),
}
_DROPPED = {"permissions", "object-id", "copyright-holder", "sec-meta", "label", "processing-meta"}
_BLOCKS = {
    "p",
    "title",
    "list",
    "list-item",
    "disp-quote",
    "boxed-text",
    "def-item",
    "def",
    "sec",
    "statement",
    "verse-line",
}
_NOTE_MARKS = {"fn", "table-fn", "corresp", "aff", "author-notes"}
_BREAK = "\n\n"
# A citation number stands between these two until it is clear whether it is part of a sentence.
_CITED = "\ue000{}\ue001"
_BRACKETS = re.compile("\\s*[\\[(](?:[\\s,;\u2010-\u2014-]*\ue000[^\ue001]*\ue001)+[\\s,;\u2010-\u2014-]*[\\])]")
_ONLY_CITED = re.compile("(?:[\\s,;\\[\\]()\u2010-\u2014-]|\ue000[^\ue001]*\ue001)*")
# Set without brackets, right after a word or its full stop: 'energy.1, 2, 3 As'.
_GLUED = re.compile(
    "(?<=[^\\s(\\[\u2010-\u2014-])\ue000[^\ue001]*\ue001(?:[,;\u2010-\u2014-] ?\ue000[^\ue001]*\ue001)*"
)
_NUMBER = re.compile(r"[\s\[(]*[0-9]+[a-z]?[\s\])]*")
_LINK = "{http://www.w3.org/1999/xlink}href"


class Params(Frozen):
    """Nothing to set."""


def claims(path: Path, head: bytes) -> bool:
    """By the name, or by the start of the file whatever its name."""
    return path.suffix.lower() in (".xml", ".nxml") or starts_as_xml(head)


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """Title, abstract and body as paragraphs; licence and DOI.

    Raises InputError for broken XML, for declared entities, and for XML that isn't JATS.
    """
    root = open_xml(raw, source)
    article = _Article(root, source)
    title = article.title() or Path(source).stem
    paragraphs = [title, *article.abstract(), *article.body()]
    if len(paragraphs) == 1:
        raise InputError(f"{source} has neither an abstract nor a body", "Get the full text of the article.")
    return finished(
        title, _BREAK.join(paragraphs), source,
        licence=article.licence(), doi=article.doi(), left_out=dict(article.left_out),
    )  # fmt: skip


class _Article:
    """The parts of one article; counts what is left out of the text."""

    def __init__(self, root: etree._Element, source: str) -> None:
        if _name(root) != "article" or not {"front", "body"} & {_name(child) for child in root}:
            fix = "Give a JATS article, whose root is <article> with <front> or <body>; or the text as Markdown."
            raise InputError(f"{source} is XML but not JATS: its root is <{_name(root)}>", fix)
        for node in root.iter(etree.Element):
            node.tag = _name(node) if "MathML" not in str(node.tag) else node.tag
        self.root = root
        self.left_out: Counter[str] = Counter()

    def title(self) -> str:
        """The title with its subtitle; empty where there is none."""
        found = [self.root.find(f"front/article-meta/title-group/{part}") for part in ("article-title", "subtitle")]
        return ": ".join(words for node in found if node is not None for words in [" ".join(self._told(node))] if words)

    def abstract(self) -> list[str]:
        """The abstract; of several, those of no special kind (graphical, for the web ...)."""
        nodes = self.root.findall("front/article-meta/abstract")
        plain = [node for node in nodes if node.get("abstract-type") is None] or nodes
        if len(plain) < len(nodes):
            self.left_out["further abstracts"] += len(nodes) - len(plain)
        return [words for node in plain for words in self._told(node)]

    def body(self) -> list[str]:
        """The sections, headings as paragraphs."""
        node = self.root.find("body")
        return [] if node is None else self._told(node)

    def licence(self) -> str | None:
        """Its short name where it is known, else the beginning of its words."""
        nodes = self.root.findall("front/article-meta/permissions/license")
        links = [link for node in nodes for part in node.iter() if (link := str(part.get(_LINK, "")))]
        return short_name(links, " ".join(str(part) for node in nodes for part in node.itertext()))

    def doi(self) -> str | None:
        """The DOI without an address before it."""
        words = self.root.findtext("front/article-meta/article-id[@pub-id-type='doi']")
        return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", words.strip()) or None if words else None

    def _told(self, node: etree._Element) -> list[str]:
        """The paragraphs in `node`."""
        text: list[str] = []
        self._children(node, text)
        parts = re.sub(r"[^\S\n]*\n\s*\n\s*", _BREAK, "".join(text)).split(_BREAK)
        return [words for part in parts if re.search(r"\w", words := _joined(part))]

    def _children(self, node: etree._Element, out: list[str]) -> None:
        out.append(_one_line(node.text))
        for child in node:
            self._write(child, out)
            out.append(_one_line(child.tail))

    def _write(self, node: etree._Element, out: list[str]) -> None:
        if isinstance(node, etree._Entity):
            out.append(html.unescape(node.text or ""))
            return
        tag = str(node.tag)
        if tag in _LEFT_OUT:
            self.left_out[_LEFT_OUT[tag]] += 1
            out.append(" ")
        elif tag == "label" and _name(node.getparent()) == "list-item":
            out.append(f"{_one_line(node.text)} ")
        elif tag in _DROPPED or (tag == "xref" and node.get("ref-type") in _NOTE_MARKS):
            return
        elif tag in ("inline-formula", "alternatives") or tag.endswith("}math"):
            out.append(self._formula(node))
        elif tag in ("sub", "sup"):
            out.append(self._script(node, out))
        elif tag == "xref" and node.get("ref-type") in ("bibr", "ref"):
            out.append(_citation(node))
        elif tag in _BLOCKS:
            out.append(_BREAK)
            self._children(node, out)
            out.append(_BREAK)
        else:
            out.append(" " if tag == "break" else "")
            self._children(node, out)

    def _formula(self, node: etree._Element) -> str:
        found = next((part for part in node.iter(etree.Element) if str(part.tag).endswith("}math")), None)
        if found is not None:
            return mathml.line(found)
        if any(str(part.tag) in _LEFT_OUT for part in node.iter(etree.Element)):  # a picture or TeX
            self.left_out["formulae"] += 1
            return " "
        inner: list[str] = []
        self._children(node, inner)
        return "".join(inner)

    def _script(self, node: etree._Element, out: list[str]) -> str:
        inner: list[str] = []
        self._children(node, inner)
        text = "".join(inner)
        if "\ue000" in text and _ONLY_CITED.fullmatch(text):
            return ""  # numbers of references
        before = next((part[-1] for part in reversed(out) if part), "")
        write = superscript if node.tag == "sup" else subscript
        return write(before, text)


def _name(node: etree._Element | None) -> str:
    return "" if node is None or not isinstance(node.tag, str) else etree.QName(node).localname


def _one_line(text: str | None) -> str:
    """Line ends in XML are white space; the signs that mark citations can't come from the file."""
    return re.sub(r"[\s\ue000\ue001]+", " ", text) if text else ""


def _citation(node: etree._Element) -> str:
    """A number, kept aside; names and years stay words."""
    text = _one_line("".join(map(str, node.itertext())))
    raised = any(str(part.tag) == "sup" for part in node.iter(etree.Element))
    if raised or text.strip()[:1] in ("[", "("):  # no word of a sentence
        text = "" if re.fullmatch(r"[\s\d\[\](),;\u2010-\u2014a-z-]*", text) else text
        return text or _CITED.format("")
    return _CITED.format(text) if _NUMBER.fullmatch(text) else text


def _joined(paragraph: str) -> str:
    """One paragraph: citations in brackets or after a word go, other numbers ('in ref. 12') stay, spaces are single."""
    text = _GLUED.sub("", _BRACKETS.sub("", paragraph)).replace("\ue000", "").replace("\ue001", "")
    text = re.sub(r" \(\s*\)", "", text)  # a picture stood in them
    text = re.sub(r"\b(al|etc)\.\.", r"\1.", text)  # the sentence ended after the citation
    return re.sub(r" +([.,;:)\]])(?=\s|$)", r"\1", " ".join(text.split()))
