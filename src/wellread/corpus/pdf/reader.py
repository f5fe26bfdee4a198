"""The process that reads PDFs for others: a file comes in, its lines go out. A crash in here harms nobody.

Protocol: 8 bytes of length and then that many bytes, both ways; the answer is JSON with `pages` or `error`.
"""

import gc
import json
import resource
import signal
import struct
import sys
import traceback
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from wellread.corpus.pdf.lines import pieces

_MOST_CHARACTERS = 6_000_000
_ERRORS = {pdfium.FPDF_ERR_PASSWORD: "encrypted", pdfium.FPDF_ERR_SECURITY: "encrypted"}


def read(raw: bytes) -> dict[str, Any]:
    """The pages of a PDF: size, lines, pieces on their side, pictures; or {'error': word, 'said': more}."""
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        return {"error": _ERRORS.get(getattr(error, "err_code", None), "broken"), "said": str(error)}
    collects = gc.isenabled()
    gc.disable()  # a page makes fifty thousand numbers and no cycles; looking for some takes a tenth of the time
    try:
        return _pages(document)
    except pypdfium2.PdfiumError as error:
        return {"error": "broken", "said": str(error)}
    finally:
        document.close()
        if collects:
            gc.enable()


def _pages(document: pypdfium2.PdfDocument) -> dict[str, Any]:
    pages, characters, unread = [], 0, 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            unread += 1
            continue
        text_page = page.get_textpage()
        found, turned = pieces(text_page.raw)
        characters += sum(len(piece.text) for piece in found)
        pictures = 0 if found else sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2))
        pages.append({"size": page.get_size(), "lines": found, "turned": turned, "pictures": pictures})
        text_page.close()
        page.close()
        if characters > _MOST_CHARACTERS:
            return {"error": "long", "said": f"more than {_MOST_CHARACTERS:,} characters"}
    if not pages:
        return {"error": "broken", "said": "no page can be read"}
    return {"pages": pages, "unread": unread, "meta": document.get_metadata_dict(skip_empty=True)}


def _serve(incoming: BinaryIO, outgoing: BinaryIO, seconds: float) -> None:
    while len(head := incoming.read(8)) == 8:
        raw = incoming.read(struct.unpack("<Q", head)[0])
        signal.setitimer(signal.ITIMER_PROF, seconds)  # ends this process after so much computing
        try:
            answer = json.dumps(read(raw))
        except (MemoryError, RecursionError) as error:
            answer = json.dumps({"error": "memory", "said": type(error).__name__})
        except Exception:  # a bug: it is told where it can be seen
            answer = json.dumps({"error": "bug", "said": traceback.format_exc()})
        signal.setitimer(signal.ITIMER_PROF, 0)
        del raw
        told = answer.encode("utf-8", errors="replace")
        outgoing.write(struct.pack("<Q", len(told)) + told)
        outgoing.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _serve(sys.stdin.buffer, sys.stdout.buffer, float(sys.argv[2]))
