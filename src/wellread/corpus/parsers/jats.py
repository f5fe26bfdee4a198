"""JATS XML, the format in which PubMed Central and many publishers give their articles.

Source: ANSI/NISO Z39.96 (Journal Article Tag Suite) with the habits of PubMed Central, PLOS, eLife, MDPI, Hindawi, Wiley
and Springer Nature; an article wrapped in an answer of a web service is found too. Title, abstract, body and appendices
become sections. References, tables, figures, displayed formulae and notes go aside, and citation numbers are left out.
Use it for whole papers.
"""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from wellread.corpus.draft import Draft
from wellread.corpus.form import form, named
from wellread.corpus.licence import Licence, licence
from wellread.corpus.parsed import Parsed, SectionKind
from wellread.corpus.prose import Prose
from wellread.corpus.safexml import local_name, open_tree, open_xml
from wellread.errors import InputError
from wellread.records import Frozen

READS = "JATS XML (.xml, .nxml)"

# The roots that parsers beside this one know.
_OTHERS = {"tei", "teicorpus", "pmc-articleset", "articleset", "article-set", "articles", "oai-pmh", "response", "records",
           "collection"}  # fmt: skip
_KINDS: dict[str, SectionKind] = {
    "intro": "introduction",
    "background": "introduction",
    "methods": "methods",
    "materials": "methods",
    "subjects": "methods",
    "results": "results",
    "discussion": "discussion",
    "conclusions": "conclusion",
    "conclusion": "conclusion",
}
_APPARATUS = {"supplementary-material", "display-objects", "coi-statement", "data-availability", "associated-data"}
_NOTES = {"ack", "notes", "glossary", "bio"}
_OF_OTHERS = {"abstract", "trans-abstract", "supplementary-material", "related-object"}  # with licences of their own
_YEARS = ("epub", "pub", "ppub", "epub-ppub", "collection", "")
_REPLIES = {"sub-article", "response"}
_LINKS = ("{http://www.w3.org/1999/xlink}href", "license-type", "specific-use")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Params(Frozen):
    """Nothing to set."""


def claims(path: Path, head: bytes) -> bool:
    """All XML but TEI and sets of articles; by the name only where the contents say nothing."""
    found = form(head)
    if found.kind == "xml":
        return found.root.lower() not in _OTHERS
    return found.kind in ("empty", "text", "binary") and named(path, ".xml", ".nxml", ".jats")


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """Sections and asides; licence, DOI, journal, year, language.

    Raises InputError for broken XML, for declared entities, for XML that isn't JATS, and where several articles are held.
    """
    try:
        return _parsed(_article(open_tree(raw, source), source), source)
    except RecursionError:
        open_xml(raw, source)  # says at which place it is too deep
        raise InputError(f"{source} has elements within elements beyond all measure", "Leave it out.") from None


def _parsed(article: Element, source: str) -> Parsed:
    draft = Draft(source)
    told = _Article(article, draft)
    title = told.title() or Path(source).stem
    told.abstracts()
    told.body()
    told.back()
    draft.left_out.update("sub-articles" for child in article if child.tag in _REPLIES)
    if not draft.told:
        raise InputError(f"{source} has neither an abstract nor a body", "Get the full text of the article.")
    found = told.licence()
    return draft.finish(
        title,
        licence=found.name, licence_text=found.words, doi=told.doi(), journal=told.journal(), year=told.year(),
        language=(article.get(_LANGUAGE) or "").split("-")[0].lower() or None,
    )  # fmt: skip


def _article(root: Element, source: str) -> Element:
    """The <article>, without a name space of its own, also where it is wrapped."""
    found = [root] if local_name(root) == "article" else [node for node in root.iter() if local_name(node) == "article"]
    if len(found) > 1:
        raise InputError(
            f"{source} holds {len(found)} articles", "`wellread ingest` reads them all; else give a file for each."
        )
    wanted = {"front", "front-stub", "body"}
    if not found or not wanted & {local_name(child) for child in found[0]}:
        fix = "Give a JATS article, whose root is <article> with <front> or <body>; or the text as Markdown."
        raise InputError(f"{source} is XML but not JATS: its root is <{local_name(root)}>", fix)
    article = found[0]
    own, named, _ = article.tag.rpartition("}")
    if named:
        for node in article.iter():
            if node.tag.startswith(own):
                node.tag = local_name(node)
    return article


class _Article:
    """The parts of one article, told into a draft."""

    def __init__(self, root: Element, draft: Draft) -> None:
        self.root, self.draft, self.prose = root, draft, Prose(draft)
        front = root.find("front") if root.find("front") is not None else root.find("front-stub")
        self.front = front if front is not None else Element("front")
        meta = self.front.find("article-meta")
        self.meta = meta if meta is not None else self.front

    def title(self) -> str:
        """The title with its subtitle; empty where there is none."""
        found = [self.meta.find(f"title-group/{part}") for part in ("article-title", "subtitle")]
        told = [self.prose.line(node) for node in found if node is not None]
        return ": ".join(words for words in told if words)

    def abstracts(self) -> None:
        """The abstract; of several, those of no special kind (graphical, for the web ...), else the longest."""
        nodes = self.meta.findall("abstract") + self.meta.findall("trans-abstract")
        plain = [node for node in nodes if node.tag == "abstract" and node.get("abstract-type") is None]
        plain = plain or sorted(nodes, key=lambda node: -len("".join(node.itertext())))[:1]
        if len(plain) < len(nodes):
            self.draft.left_out["further abstracts"] += len(nodes) - len(plain)
        for node in plain:
            self._section(node, 1, "abstract")
        self.draft.close()

    def body(self) -> None:
        """The sections."""
        if (node := self.root.find("body")) is not None:
            self._content(node, 0)

    def back(self) -> None:
        """Appendices and boxes are text; thanks, notes and references go aside, as do the pictures at the end."""
        for node in [*self.root.findall("back"), *self.root.findall("floats-group"), *self.root.findall("floats-wrap")]:
            for child in node:
                for part in child if child.tag == "app-group" else (child,):
                    self._behind(part)

    def _behind(self, node: Element) -> None:
        if node.tag in ("app", "sec", "boxed-text"):
            self._section(node, 1)
        elif node.tag in _NOTES:
            self._note(node)
        elif node.tag not in ("title", "label"):
            self.draft.close()
            self._tell([node])

    def _section(self, node: Element, level: int, kind: SectionKind | None = None) -> None:
        declared = str(node.get("sec-type") or "").lower()
        if declared in _APPARATUS:
            self._note(node)
            return
        kind = kind or _KINDS.get(re.split(r"[|,; ]", declared)[0])
        self.draft.section(self._heading(node), level, kind)
        self._content(node, level)

    def _note(self, node: Element) -> None:
        self.draft.aside("note", self._heading(node), "\n\n".join(self.prose.paragraphs(node, but_title=True)))

    def _heading(self, node: Element) -> str:
        title = node.find("title")
        return "" if title is None else self.prose.line(title)

    def _content(self, node: Element, level: int) -> None:
        """Paragraphs and what stands between them, then each section within, in order."""
        waiting: list[Element] = []
        for child in node:
            if child.tag == "sec":
                self._tell(waiting)
                waiting = []
                self._section(child, level + 1)
            elif child.tag not in ("title", "label", "sec-meta"):
                waiting.append(child)
        self._tell(waiting)

    def _tell(self, nodes: list[Element]) -> None:
        for words in self.prose.paragraphs_of(nodes):
            self.draft.paragraph(words)

    def licence(self) -> Licence:
        """From links, marks and words of <license>; the lines about copyright count where it names none."""
        about = [node for part in self.meta if part.tag not in _OF_OTHERS for node in part.iter()]
        nodes = [node for node in about if local_name(node) in ("license", "license_ref", "free_to_read")]
        links = [words for node in nodes for part in node.iter() for name in _LINKS if (words := part.get(name))]
        said = " ".join(" ".join(node.itertext()) for node in nodes)
        found = licence(links, said)
        if found.name:
            return found
        marks = ("copyright-statement", "copyright-holder")  # in older files outside <permissions>
        held = " ".join(" ".join(part.itertext()) for part in about if part.tag in marks)
        return licence([], f"{said} {held and 'Copyright: '}{held}")

    def doi(self) -> str | None:
        """The DOI, however it is written."""
        return self.meta.findtext("article-id[@pub-id-type='doi']")

    def journal(self) -> str | None:
        """The journal's title."""
        for place in ("journal-title-group/journal-title", "journal-title", "abbrev-journal-title", "journal-id"):
            node = self.front.find(f"journal-meta/{place}")
            if node is not None and (words := " ".join("".join(node.itertext()).split())):
                return words
        return None

    def year(self) -> int | None:
        """The year of publication: online first, then in print."""
        found: dict[str, int] = {}
        for node in self.meta.findall("pub-date"):
            words = (node.findtext("year") or "").strip()
            if re.fullmatch(r"[12]\d{3}", words):
                found.setdefault(str(node.get("pub-type") or node.get("date-type") or ""), int(words))
        return next((found[name] for name in _YEARS if name in found), next(iter(found.values()), None))
