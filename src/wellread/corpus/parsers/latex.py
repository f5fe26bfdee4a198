r"""LaTeX source: sections, paragraphs in plain characters, inline formulae as one reads them.

Source: the LaTeX2e reference and amsmath. Own macros are expanded; figures, tables, displayed formulae, footnotes and
the bibliography go aside; citations are left out. `\input` is followed within the file's own folder only. Use it for
papers from arXiv.
"""

import re
from pathlib import Path

from wellread import files
from wellread.corpus import tex
from wellread.corpus.draft import Draft
from wellread.corpus.form import form, named
from wellread.corpus.licence import licence_in
from wellread.corpus.macros import braces, expanded
from wellread.corpus.parsed import AsideKind, Parsed
from wellread.errors import InputError
from wellread.records import Frozen

READS = "LaTeX (.tex)"

_LEVELS = {
    "part": 1,
    "chapter": 1,
    "section": 1,
    "subsection": 2,
    "subsubsection": 3,
    "paragraph": 4,
    "subparagraph": 5,
}
_ASIDES: dict[str, AsideKind] = {
    **dict.fromkeys(("figure", "wrapfigure", "scheme", "tikzpicture", "picture"), "figure"),
    **dict.fromkeys(("table", "tabular", "longtable", "sidewaystable", "tabularx", "deluxetable"), "table"),
    **dict.fromkeys(("equation", "align", "eqnarray", "gather", "multline", "displaymath", "alignat", "flalign", "math"), "formula"),
    **dict.fromkeys(("verbatim", "lstlisting", "minted", "algorithm", "algorithmic", "comment", "filecontents"), "note"),
}  # fmt: skip
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_INPUT = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]{1,200})\}")
_CITE = re.compile(
    r"[\s~]*\\(?:no)?[cC]ite\w*\*?(?:\s*\[[^\[\]]{0,200}\])*\s*\{[^{}]*\}|[\s~]*\\(?:footnotemark|thanks|vspace|hspace)\*?(?:\[[^\]]*\]|\{[^{}]*\})?"
)
_PLACE = re.compile(
    r"\\begin\s*\{(?P<begin>[A-Za-z]+)\*?\}|\\(?P<head>part|chapter|(?:sub){0,2}section|(?:sub)?paragraph)\*?\s*(?:\[[^\]]*\])?\s*(?=\{)"
    r"|\\(?P<note>footnote|footnotetext)\s*(?=\{)|\$\$(?P<display>[^$]+)\$\$|\\\[(?P<square>.+?)\\\]|\\(?P<item>item|bibitem)\b(?:\s*\[[^\]]*\])?(?:\s*\{[^{}]*\})?"
    r"|\\(?P<appendix>appendix)\b|\\end\s*\{(?P<end>[A-Za-z]+)\*?\}(?:\s*\{[^{}]*\})?",
    re.DOTALL,
)
_DEEPEST, _LONGEST = 5, 20_000_000


class Params(Frozen):
    """Nothing to set."""


def claims(path: Path, head: bytes) -> bool:
    """By LaTeX's commands at the start; by the name where they are missing there."""
    kind = form(head).kind
    return kind == "latex" or (kind in ("text", "binary", "empty") and named(path, ".tex", ".ltx", ".latex"))


def parse(raw: bytes, source: str, params: Params) -> Parsed:
    """Title, sections, asides. Raises InputError where the bytes aren't text or hold no words."""
    draft = Draft(source)
    text = _with_inputs(_text(raw, source), Path(source), draft, 0)
    text = expanded(text, source)
    preamble, found, body = text.partition("\\begin{document}")
    body = (body if found else preamble).split("\\end{document}")[0]
    title = tex.line(_CITE.sub("", _argument(text, "title")))
    said = licence_in(text[:20_000])
    doi = re.search(r"\b10\.\d{4,9}/[^\s{}\\]+", _argument(text, "doi") or _argument(text, "DOI"))
    if abstract := _argument(text, "abstract"):
        draft.section("", 1, "abstract")
        _tell(draft, abstract)
        draft.close()
    _body(draft, _CITE.sub("", body))
    return draft.finish(
        title, titled=bool(title), licence=said.name, licence_text=said.words, doi=doi[0] if doi else None
    )


def _text(raw: bytes, source: str) -> str:
    """The source without comments. Older files aren't UTF-8; Latin-1 reads them."""
    try:
        text = files.decode(raw, source)
    except InputError:
        if b"\x00" in raw or b"\\" not in raw:
            raise
        text = raw.decode("latin-1")
    return "\n".join(_COMMENT.sub(r"\1", line) for line in re.split(r"\r\n?|\n", text))


def _with_inputs(text: str, path: Path, draft: Draft, depth: int) -> str:
    """The text with the files that it inputs, if they lie in its folder."""

    def put(found: re.Match[str]) -> str:
        folder = path.parent.resolve()
        name = found[1].strip()
        other = folder / (name if name.endswith(".tex") else f"{name}.tex")
        try:
            inside = other.resolve().is_relative_to(folder) and other.is_file() and other.stat().st_size < _LONGEST
            if inside and depth < _DEEPEST:
                return _with_inputs(_text(other.read_bytes(), str(other)), path, draft, depth + 1)
        except (OSError, ValueError, InputError):
            pass
        draft.left_out["inputs"] += 1
        return ""

    told = _INPUT.sub(put, text)
    if len(told) > _LONGEST:
        raise InputError(f"{path} and what it inputs is too long", "Leave it out.")
    return told


def _argument(text: str, command: str) -> str:
    """What stands in braces after the command."""
    found = re.search(rf"\\{command}\s*(?:\[[^\]]*\])?\s*(?=\{{)", text)
    return braces(text, found.end())[0] if found else ""


def _body(draft: Draft, text: str) -> None:
    """Sections, environments and what stands between them, in order."""
    at, start = 0, 0
    while found := _PLACE.search(text, at):
        at = found.end()
        if found["head"]:
            _tell(draft, text[start : found.start()])
            words, at = braces(text, at)
            draft.section(tex.line(words), _LEVELS[found["head"]])
        elif found["note"]:
            words, at = braces(text, at)
            draft.aside("note", "", tex.line(words))
            text = text[: found.start()] + text[at:]
            at = found.start()
            continue
        elif found["begin"] in _ASIDES:
            _tell(draft, text[start : found.start()])
            at = _aside(draft, text, found["begin"], at)
        elif found["begin"] == "abstract":
            _tell(draft, text[start : found.start()])
            draft.section("", 1, "abstract")
        elif found["begin"] == "thebibliography":
            _tell(draft, text[start : found.start()])
            draft.section("References", 1)
            at = braces(text, at)[1] if text[at : at + 1] == "{" else at
        elif found["begin"] and found["begin"].startswith("acknowledg"):
            _tell(draft, text[start : found.start()])
            draft.section("Acknowledgements", 1)
        else:
            _tell(draft, text[start : found.start()])
            if formula := found["display"] or found["square"]:
                draft.aside("formula", "", tex.line(formula))
            if found["end"] == "abstract":
                draft.close()
        start = at
    _tell(draft, text[start:])


def _aside(draft: Draft, text: str, name: str, at: int) -> int:
    """Put the environment that begins at `at` aside; returns where it ends."""
    close = re.compile(rf"\\end\s*\{{{name}\*?\}}").search(text, at)
    inner, end = (text[at : close.start()], close.end()) if close else (text[at:], len(text))
    kind = _ASIDES[name]
    caption = _argument(inner, "caption")
    words = caption if kind in ("figure", "table") and caption else inner
    draft.aside(kind, "", tex.line(words[:20_000]))
    return end


def _tell(draft: Draft, text: str) -> None:
    for part in re.split(r"\n\s*\n|\\par\b|\\\\\s*\n", text):
        told = tex.line(part).replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
        if re.search(r"\w", told):
            draft.paragraph(re.sub(r" ([.,;:)])", r"\1", told))
