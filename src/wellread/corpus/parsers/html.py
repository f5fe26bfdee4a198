"""HTML articles: the text of the article, without navigation, buttons and the rest of the page.

Source: the HTML standard, and the citation_* and Dublin Core names in which publishers declare what a page is. Headings
open sections; tables, captions and references go aside. Scripts are never run. Use it for pages saved from a journal.
"""

import re
from pathlib import Path

from lxml import etree, html

from wellread.corpus.draft import Draft
from wellread.corpus.form import form, named
from wellread.corpus.licence import Licence, licence
from wellread.corpus.page import Page, main_part, without_furniture
from wellread.corpus.parsed import Parsed
from wellread.errors import InputError
from wellread.records import Frozen

READS = "HTML (.html, .htm)"

_TITLES = ("citation_title", "dc.title", "og:title", "prism.title")
_DOIS = ("citation_doi", "dc.identifier", "prism.doi", "doi")
_JOURNALS = ("citation_journal_title", "prism.publicationname", "dc.source")
_DATES = (
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date",
    "prism.publicationdate",
    "article:published_time",
)
_RIGHTS = (
    "dc.rights",
    "dcterms.rights",
    "dcterms.license",
    "citation_license",
    "access_rights",
    "dc.rights.license",
    "prism.copyright",
    "copyright",
)
_ABOUT = re.compile(r"licen[sc]|copyright|rights|permission", re.IGNORECASE)
_FEWEST = 20  # words


class Params(Frozen):
    """Nothing to set."""


def claims(path: Path, head: bytes) -> bool:
    """By the first tags; by the name where they say nothing."""
    kind = form(head).kind
    return kind == "html" or (kind in ("text", "binary", "empty") and named(path, ".html", ".htm", ".xhtml"))


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """Title, sections, asides; DOI, journal, year, licence and language as the page declares them.

    Raises InputError where the page can't be read or holds no article.
    """
    root = _root(raw, source)
    meta = _meta(root)
    said = _licence(root, meta)
    date = re.search(r"[12]\d{3}", next((meta[name] for name in _DATES if name in meta), ""))
    doi = re.search(r"10\.\d{4,9}/\S+", next((meta[name] for name in _DOIS if "10." in meta.get(name, "")), ""))
    language = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or meta.get("citation_language")
        or ""
    )
    without_furniture(root)
    draft = Draft(source)
    page = Page(draft)
    part = main_part(root)
    heading = next((node for node in [*part.iter("h1"), *root.iter("h1")]), None)
    title = (
        next((meta[name] for name in _TITLES if meta.get(name)), "")
        or page.line(heading)
        or (root.findtext(".//title") or "")
    )
    page.tell(part, title)
    if sum(len(text.split()) for text in draft.texts) < _FEWEST and len(meta) < 3:
        raise InputError(
            f"{source} holds no article: there is hardly any text in it", "Save the page with its full text."
        )
    return draft.finish(
        title, licence=said.name, licence_text=said.words, doi=doi[0] if doi else None,
        journal=next((meta[name] for name in _JOURNALS if meta.get(name)), None), year=int(date[0]) if date else None,
        language=language.split("-")[0].lower() or None,
    )  # fmt: skip


def _root(raw: bytes, source: str) -> etree._Element:
    if not raw.strip():
        raise InputError(f"{source} holds only white space", "Put text into it, or leave it out.")
    head = raw[:4096].lower()
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", head) or re.search(rb"encoding\s*=\s*[\"']([\w-]+)", head)
    codec = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else declared[1].decode() if declared else "utf-8"
    try:
        text = raw.decode(codec)
    except (UnicodeDecodeError, LookupError, ValueError):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"{source} is not {codec.upper()} at offset {error.start}", "Save the page again as UTF-8."
            ) from error
    try:
        root = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).encode(),
            parser=html.HTMLParser(encoding="utf-8", no_network=True),
        )
    except (etree.LxmlError, ValueError) as error:
        raise InputError(
            f"{source} can't be read as HTML: {' '.join(str(error).split())[:120]}", "Save the page again."
        ) from error
    if not "".join(map(str, root.itertext())).strip():
        raise InputError(f"{source} holds no words", "Save the page with its text.")
    return root


def _meta(root: etree._Element) -> dict[str, str]:
    """What the page declares about itself; of several values the first."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = str(node.get("name") or node.get("property") or "").lower()
        if name and node.get("content"):
            found.setdefault(name, " ".join(str(node.get("content")).split()))
    return found


def _licence(root: etree._Element, meta: dict[str, str]) -> Licence:
    """From what is declared, then from links marked as licence, then from the words around 'licence' and 'copyright'."""
    links = [
        str(node.get("href") or "")
        for node in root.iter("link", "a")
        if "license" in str(node.get("rel") or "").lower()
    ]
    links += [meta[name] for name in _RIGHTS if name in meta]
    if (found := licence(links, "")).name not in (None, "copyright"):
        return found
    links += [str(node.get("href")) for node in root.iter("a") if "creativecommons.org/" in str(node.get("href") or "")]
    words = [
        " ".join(" ".join(map(str, node.itertext())).split())[:600]
        for node in root.iter("section", "div", "p", "footer", "small", "span", "li")
        if _ABOUT.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        or "©" in (node.text or "")
        or "Creative Commons" in (node.text or "")
    ]
    return licence(links, " ".join(words[:20]))
