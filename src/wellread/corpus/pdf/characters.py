"""The characters of a page as PDFium has them: what they are, and the box that each stands in.

Source: the text interface of PDFium (fpdf_text.h). Its functions are called by address over whole pages, and what follows
from the boxes is computed for all characters at once: a paper has fifty thousand.
"""

import ctypes
import itertools
from collections import deque
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

THIN = 0.07  # a gap of that share of the line height may be a space
ACCENTS = dict(zip("´`¨ˆ˜¯˘ˇ˚¸˙", "\u0301\u0300\u0308\u0302\u0303\u0304\u0306\u030c\u030a\u0327\u0307", strict=True))
_BLANK = " \xa0\t\r\n\x00"
Boxes = np.ndarray[Any, np.dtype[np.float64]]


# Called once for each character: by address, without the wrapper's objects, they take half the time.
_unicode = ctypes.PYFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetUnicode, ctypes.c_void_p).value or 0
)
_measure = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)


def _codes(text: str) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def boxes(text_page: Any, text: str) -> Boxes:
    """Left, top, right and bottom of each character, a row each; nothing but zeros for blanks."""
    boxes = np.zeros((len(text), 4), np.float32)
    page, start = ctypes.cast(text_page, ctypes.c_void_p).value, boxes.ctypes.data
    inked = np.flatnonzero(~np.isin(_codes(text), _codes(_BLANK)))
    places = start + boxes.itemsize * 4 * inked
    deque(map(_measure, itertools.repeat(page), inked.tolist(), places.tolist()), maxlen=0)
    return boxes.astype(np.float64)


def follows(text: str, boxes: Boxes) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Which characters stand right after the one before, on one line with it and as high: nothing is to be decided there."""
    left, top, right, bottom = boxes.T
    height = top - bottom
    plain = (height > 0) & ~np.isin(_codes(text), _codes("".join(ACCENTS)))
    gap = left[1:] - right[:-1]
    found = plain[1:] & plain[:-1] & (top[1:] == top[:-1]) & (bottom[1:] == bottom[:-1])
    found &= (gap > -0.4 * height[1:]) & (gap <= THIN * height[1:])
    found &= (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return np.concatenate(([False], found))


def characters(text_page: Any, count: int) -> str:
    """A character for each index."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    page = ctypes.cast(text_page, ctypes.c_void_p).value
    codes = np.fromiter(map(_unicode, itertools.repeat(page), range(count)), np.uint32, count)
    codes[((codes >= 0xD800) & (codes <= 0xDFFF)) | (codes >= 0x110000)] = ord(" ")
    return codes.tobytes().decode("utf-32-le")
