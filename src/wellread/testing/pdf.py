"""A small PDF made in process: lines of text where one wants them.

Source: ISO 32000-1, sections 7.5 (file structure) and 9.4 (text objects).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """Words at a place (points from the lower left corner), in a size."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    serif: bool = False


def pdf(pages: Iterable[Sequence[Line]], title: str = "", means: Mapping[str, str] | None = None) -> bytes:
    """A PDF of these pages, each 595 x 842 points. Text must be in the Windows-1252 set.

    `means` says which characters the font declares for some of them, whatever is drawn.
    """
    streams = [_stream(page) for page in pages]
    count = len(streams)
    meanings = _meanings(means or {})
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        _font("Helvetica", 6 + 2 * count),
        _font("Helvetica-Bold", 6 + 2 * count),
        b"<< /Title (" + _escaped(title) + b") >>",
    ]
    for number, stream in enumerate(streams):
        fonts = f"<< /Font << /F1 3 0 R /F2 4 0 R /F3 {7 + 2 * count} 0 R >> >>"
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {fonts} /Contents {7 + 2 * number} 0 R >>"
        )
        objects += [page.encode(), _held(stream)]
    return _file([*objects, _held(meanings), _font("Times-Roman", 6 + 2 * count)])


def _held(stream: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)


def _font(name: str, meanings: int) -> bytes:
    told = f"/Encoding /WinAnsiEncoding /ToUnicode {meanings} 0 R"
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {told} >>".encode()


def _meanings(means: Mapping[str, str]) -> bytes:
    """A ToUnicode map (section 9.10.3)."""
    rows = [f"<{one.encode('cp1252').hex()}> <{other.encode('utf-16-be').hex()}>" for one, other in means.items()]
    told = f"{len(rows)} beginbfchar\n" + "\n".join(rows) + "\nendbfchar\n" if rows else ""
    start = "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n"
    return f"{start}{told}endcmap end".encode()


def _stream(page: Sequence[Line]) -> bytes:
    told = [
        b"BT /%s %g Tf %g %g Td (%s) Tj ET"
        % (b"F2" if line.bold else b"F3" if line.serif else b"F1", line.size, line.x, line.y, _escaped(line.text))
        for line in page
    ]
    return b"\n".join(told)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, held in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
