"""The article within a web page: what is furniture, what is text, and how its tags read.

Source: the HTML standard's sectioning and text elements, and the class names that journals' pages commonly use.
"""

import itertools
import re

from lxml import etree

from wellread.corpus import mathml, tex
from wellread.corpus.draft import Draft
from wellread.corpus.safexml import local_name
from wellread.corpus.scripts import subscript, superscript

_NEVER = {
    "script",
    "style",
    "noscript",
    "template",
    "form",
    "button",
    "input",
    "select",
    "svg",
    "iframe",
    "nav",
    "object",
    "canvas",
    "video",
    "audio",
    "link",
    "meta",
    "head",
}
_KEPT = {"html", "body", "head", "title", "article", "main"}
_ROLES = {"navigation", "banner", "complementary", "search", "dialog", "menu", "contentinfo", "toolbar"}
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|share|sharing|social|sidebar|related|recommend(?:ed|ations)?|advert(?:isement)?|ads?|"
    r"toolbar|login|metrics|altmetrics?|newsletter|popup|modal|skip(?:link|-to)?|pagination|toc|table-of-contents|download|banner|subscribe|"
    r"footer|masthead|site-header|page-header|visually-hidden|sr-only|hidden|citation-tools|article-tools)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = {
    "p",
    "li",
    "blockquote",
    "pre",
    "dd",
    "dt",
    "div",
    "section",
    "article",
    "main",
    "body",
    "ul",
    "ol",
    "dl",
    "header",
    "aside",
    "details",
    "summary",
    "figure",
    "center",
    "address",
    "td",
    "tr",
    "tbody",
}
_HEADINGS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 5}
_REFERENCES = re.compile(r"(?:^|[\s_-])(?:references?|ref-?list|bibliography|citation-list)(?:$|[\s_-])", re.IGNORECASE)
_ABSTRACT = re.compile(r"(?:^|[\s_-])abstract(?:$|[\s_-])", re.IGNORECASE)
_CITES = re.compile(r"#?.*#(?:.*(?:ref|cite|bib|cr|fn|note)[\w.:-]*|[brc]\d+[\w-]*)$", re.IGNORECASE)
_NUMBERS = re.compile(r"[\s\d\[\](),;*†‡\u2010-\u2015-]*")
_BRACKETS = re.compile(
    "\\s*[\\[(](?:[\\s,;\u2010-\u2015-]*\x01)+[\\s,;\u2010-\u2015-]*[\\])]|\x01(?:[\\s,;\u2010-\u2015-]*\x01)*"
)
_BREAK, _CITED = "\x03", "\x01"
_PLACES = 20  # that are looked at for the article
_SHARE = 0.6  # of the page's text: what holds more is no furniture, whatever its name


def _uncited(told: list[str]) -> str:
    """What was told, without citations. Its spaces are single: a pattern that begins with white space must never meet much of it."""
    return _BRACKETS.sub("", " ".join("".join(told).split()))


def without_furniture(root: etree._Element) -> None:
    """Take out what isn't part of any article."""
    total = max(1, _length(root))
    for node in list(root.iter(etree.Element)):
        tag, parent = local_name(node), node.getparent()
        if parent is None or tag in _KEPT or str(node.get("type") or "").startswith("math/tex"):
            continue
        if tag in _NEVER or (_is_furniture(node, tag) and _length(node) < _SHARE * total):
            _take_out(node, parent)
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        if (parent := node.getparent()) is not None and not node.tail:
            parent.remove(node)


def _is_furniture(node: etree._Element, tag: str) -> bool:
    if node.get("role") in _ROLES or node.get("hidden") is not None:
        return True
    if tag in ("header", "footer", "aside") and not any(local_name(up) == "article" for up in node.iterancestors()):
        return True
    return _FURNITURE.search(f"{node.get('class') or ''} {node.get('id') or ''}") is not None


def _take_out(node: etree._Element, parent: etree._Element) -> None:
    """Remove `node`; what follows it in its parent stays. Put back by hand, a stray control character would be refused."""
    node.clear(keep_tail=True)  # type: ignore[call-arg] # lxml's stubs don't know it
    if not node.tail:
        parent.remove(node)


def _length(node: etree._Element) -> int:
    return sum(len(str(text)) for text in node.itertext())


def main_part(root: etree._Element) -> etree._Element:
    """The element that holds the article."""
    marked = (
        node
        for node in root.iter(etree.Element)
        if local_name(node) in ("article", "main") or node.get("role") == "main"
    )
    body = root.find(".//body")
    whole = root if body is None else body
    enough = 0.4 * max(1, _length(whole))
    return next((place for place in itertools.islice(marked, _PLACES) if _length(place) > enough), whole)


class Page:
    """Tells the elements of an article into a draft."""

    def __init__(self, draft: Draft) -> None:
        """`draft` takes sections, paragraphs and asides."""
        self.draft = draft
        self.waiting: list[str] = []

    def tell(self, node: etree._Element, title: str) -> None:
        """All of `node`; a heading that repeats the title is left out."""
        self.title = _folded(title)
        self._walk(node)
        self._flush()

    def line(self, node: etree._Element | None) -> str:
        """All of `node` in one line."""
        if node is None:
            return ""
        out: list[str] = []
        self._inline(node, out)
        return " ".join(_uncited(out).replace(_BREAK, " ").split())

    def _flush(self) -> None:
        for part in _uncited(self.waiting).split(_BREAK):
            text = re.sub(r" ([.,;:)])(?=\s|$)", r"\1", " ".join(part.split()))
            if re.search(r"\w", text):
                self.draft.paragraph(text)
        self.waiting = []

    def _walk(self, node: etree._Element) -> None:
        """Blocks one after another; what stands between them is text too."""
        if node.text:
            self.waiting.append(node.text)
        for child in node:
            tag = local_name(child)
            if tag in _HEADINGS:
                self._heading(child, _HEADINGS[tag])
            elif tag in ("table", "figure", "figcaption", "caption"):
                self._flush()
                self._aside(child, tag)
            elif tag in _BLOCKS:
                self._block(child, tag)
            elif tag:
                self._write(child, tag, self.waiting)
            if child.tail:
                self.waiting.append(child.tail)

    def _block(self, node: etree._Element, tag: str) -> None:
        self._flush()
        marked = f"{node.get('class') or ''} {node.get('id') or ''}"
        if tag in ("ol", "ul", "div", "section") and _REFERENCES.search(marked) and (entries := list(node.iter("li"))):
            for entry in entries:
                self.draft.aside("reference", "", self.line(entry))
            return
        abstract = tag in ("div", "section") and _ABSTRACT.search(marked) is not None
        if abstract and not any(local_name(part) in _HEADINGS for part in node.iter(etree.Element)):
            self.draft.section("", 1, "abstract")
        self._walk(node)
        self._flush()
        if abstract:
            self.draft.close()

    def _heading(self, node: etree._Element, level: int) -> None:
        self._flush()
        words = self.line(node)
        if re.search(r"\w", words) and _folded(words) != self.title:
            self.draft.section(words, max(1, level))

    def _aside(self, node: etree._Element, tag: str) -> None:
        label = re.match(
            r"(?:fig(?:ure|\.)?|table|scheme|tabelle|abbildung|図|表)\s*\d+", words := self.line(node), re.IGNORECASE
        )
        if tag == "table" or node.find(".//table") is not None:
            rows = [" | ".join(self.line(cell) for cell in row) for row in node.iter("tr")]
            captions = [self.line(part) for part in node.iter("caption", "figcaption")]
            words = "\n".join((*captions, *rows))
            self.draft.aside("table", label[0] if label else "", words)
        else:
            self.draft.aside("figure", label[0] if label else "", words)

    def _inline(self, node: etree._Element, out: list[str]) -> None:
        if node.text:
            out.append(node.text)
        for child in node:
            if tag := local_name(child):
                self._write(child, tag, out)
            if child.tail:
                out.append(child.tail)

    def _write(self, node: etree._Element, tag: str, out: list[str]) -> None:
        if tag in ("sub", "sup"):
            inner: list[str] = []
            self._inline(node, inner)
            text = "".join(inner)
            before = next((part.rstrip()[-1:] for part in reversed(out) if part.strip()), "")
            out.append(
                _CITED if _CITED in text else superscript(before, text) if tag == "sup" else subscript(before, text)
            )
        elif (
            tag == "a"
            and _CITES.match(str(node.get("href") or ""))
            and _NUMBERS.fullmatch("".join(map(str, node.itertext())))
        ):
            out.append(_CITED)
        elif tag == "math":
            out.append(mathml.line(node))
        elif tag == "script":
            out.append(tex.line(node.text or ""))
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "br":
            out.append(" " if tag == "br" else _BREAK)
            self._inline(node, out)
            out.append("" if tag == "br" else _BREAK)
        else:
            self._inline(node, out)


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
