"""The characters of a page as PDFium has them: what they are, and the box that each stands in.

Source: the text interface of PDFium (fpdf_text.h). Its functions are called by address over whole pages, and what follows
from the boxes is computed for all characters at once: a paper has fifty thousand.
"""

import ctypes
import itertools
from collections import deque
from collections.abc import Iterable
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

THIN = 0.07  # a gap of that share of the line height may be a space
WIDE = 1.5  # a gap of that many line heights parts two pieces
ACCENTS = dict(zip("´`¨ˆ˜¯˘ˇ˚¸˙", "\u0301\u0300\u0308\u0302\u0303\u0304\u0306\u030c\u030a\u0327\u0307", strict=True))
_MOST = 0x110000  # codes that there are
_OWN = 0xF0000  # from there on, everybody's own
Boxes = np.ndarray[Any, np.dtype[np.float64]]


def _by_address(function: Any, *takes: Any, gives: Any = ctypes.c_int) -> Any:
    """A function of PDFium without the wrapper's objects: for what is called once for each character, in half the time."""
    made = ctypes.PYFUNCTYPE(gives, ctypes.c_void_p, ctypes.c_int, *takes)
    return made(ctypes.cast(function, ctypes.c_void_p).value or 0)


_P = ctypes.c_void_p
_unicode = _by_address(pdfium.FPDFText_GetUnicode, gives=ctypes.c_uint)
_measure = _by_address(pdfium.FPDFText_GetLooseCharBox, _P)
_angle = _by_address(pdfium.FPDFText_GetCharAngle, gives=ctypes.c_float)
_size = _by_address(pdfium.FPDFText_GetFontSize, gives=ctypes.c_double)
_origin = _by_address(pdfium.FPDFText_GetCharOrigin, _P, _P)
_text = _by_address(pdfium.FPDFText_GetText, ctypes.c_int, _P)
_font = _by_address(pdfium.FPDFText_GetFontInfo, _P, ctypes.c_ulong, _P)


# Where PDFium puts what it tells of one character; it works for one thread only.
_x, _y, _flags, _name = ctypes.c_double(), ctypes.c_double(), ctypes.c_int(), ctypes.create_string_buffer(128)
_at_x, _at_y, _at_flags, _at_name = (ctypes.addressof(place) for place in (_x, _y, _flags, _name))


def address(text_page: Any) -> ctypes.c_void_p:
    """Where PDFium has the page: `page` of the functions here."""
    return ctypes.cast(text_page, ctypes.c_void_p)


def angle(page: ctypes.c_void_p, index: int) -> float:
    """How far a character is turned, in radians from -pi to pi."""
    found = float(_angle(page, index))
    return found - 6.283185307 if found > 3.1415927 else found


def base_and_size(page: ctypes.c_void_p, index: int) -> tuple[float, float]:
    """The height of the line that a character stands on, and the size of its font, both in points."""
    return _y.value if _origin(page, index, _at_x, _at_y) else 0.0, _size(page, index)


def font(page: ctypes.c_void_p, index: int) -> bytes:
    """The name of a character's font; empty where it has none, or one that is longer than any real one."""
    return _name.value if 0 < _font(page, index, _at_name, len(_name), _at_flags) <= len(_name) else b""


def _codes(text: str) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _table(signs: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Whether a character, by its code, is one of `signs`."""
    found = np.zeros(_MOST, np.bool_)
    found[[ord(sign) for sign in signs]] = True
    return found


_BLANK, _ACCENT = _table(" \xa0\t\r\n\x00"), _table(ACCENTS)


def boxes(page: ctypes.c_void_p, text: str) -> Boxes:
    """Left, top, right and bottom of each character, a row each; nothing but zeros for blanks."""
    boxes = np.zeros((len(text), 4), np.float32)
    start = boxes.ctypes.data
    inked = np.flatnonzero(~_BLANK[_codes(text)])
    places = start + boxes.itemsize * 4 * inked
    deque(map(_measure, itertools.repeat(page), inked.tolist(), places.tolist()), maxlen=0)
    return boxes.astype(np.float64)


def follows(text: str, boxes: Boxes) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Which characters go on right after the one before, on one line with it and as high: nothing is to be decided there.

    A space between two such characters goes on as well.
    """
    left, top, right, bottom = boxes.T
    height, codes = top - bottom, _codes(text)
    plain = (height > 0) & ~_ACCENT[codes]

    def goes_on(step: int, widest: float) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Whether a character stands beside the one `step` before it, after a gap of less than `widest` heights."""
        gap, high = left[step:] - right[:-step], height[step:]
        found = plain[step:] & plain[:-step] & (top[step:] == top[:-step]) & (bottom[step:] == bottom[:-step])
        found &= (gap > -0.4 * high) & (gap <= widest * high)
        found &= (left[step:] != left[:-step]) | (right[step:] != right[:-step])
        return np.concatenate((np.zeros(len(text) - len(found), np.bool_), found))

    # A little less than what parts two pieces: what is as wide as that is for the caller to decide.
    spaced = goes_on(2, 0.99 * WIDE) & np.concatenate(([False], codes[:-1] == ord(" ")))
    return np.asarray(goes_on(1, THIN) | spaced | np.concatenate((spaced[1:], [False])))


def characters(page: ctypes.c_void_p, count: int) -> str:
    """A character for each index. One beyond the basic plane takes two, as it does for PDFium: the second is a zero."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = max(0, _text(page, 0, count, buffer) - 1)
    units = bytes(buffer)[: written * 2]
    text = units.decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    if written == count:
        codes = np.frombuffer(units, np.uint16).astype(np.uint32)
    else:  # it left some out
        codes = np.fromiter(map(_unicode, itertools.repeat(page), range(count)), np.uint32, count)
    return _whole(codes).tobytes().decode("utf-32-le")


def _whole(codes: "np.ndarray[Any, np.dtype[np.uint32]]") -> "np.ndarray[Any, np.dtype[np.uint32]]":
    """Characters for the halves of UTF-16; a space for a half without the other, and for what nobody agreed on."""
    first, second = codes >> 10 == 0xD800 >> 10, codes >> 10 == 0xDC00 >> 10
    pairs = np.flatnonzero(first[:-1] & second[1:])
    whole = np.where(first | second, ord(" "), codes).astype(np.uint32)
    whole[pairs] = 0x10000 + ((codes[pairs] & 0x3FF) << 10) + (codes[pairs + 1] & 0x3FF)
    whole[pairs + 1] = 0
    whole[whole >= _OWN] = ord(" ")
    return whole
