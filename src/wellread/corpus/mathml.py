"""Formulae within a sentence, from MathML to one line: x^2, (a)/(b), sqrt(c)."""

import re
from typing import Any

from wellread.corpus.scripts import subscript, superscript

_ACCENTS = {
    **dict.fromkeys(("¯", "‾", "ˉ", "\u0304", "\u0305"), "\u0304"),
    **dict.fromkeys(("^", "ˆ", "\u0302"), "\u0302"),
    **dict.fromkeys(("~", "˜", "\u0303"), "\u0303"),
    **dict.fromkeys(("→", "⃗"), "\u20d7"),
    **dict.fromkeys(("˙", "."), "\u0307"),
}
_LEAVES = {"mi", "mn", "mo"}
_SPACED = ("=", "≈", "≤", "≥", "<", ">", "×")


def line(node: Any) -> str:
    """The formula `node` (a MathML element, of lxml or the standard library) in plain characters."""
    return re.sub(r"\s+", " ", _write(node)).strip()


def _write(node: Any) -> str:
    if not isinstance(node.tag, str):
        return ""
    tag = node.tag.rpartition("}")[2]
    if not len(node) and tag in _LEAVES:
        sign = (node.text or "").strip()
        return f" {sign} " if tag == "mo" and sign in _SPACED else sign
    parts = [_write(child) for child in node]
    match tag, parts:
        case (("annotation" | "annotation-xml"), _):
            return ""
        case "mtext", _:
            return "".join(map(str, node.itertext()))
        case "mo", _:
            sign = "".join(map(str, node.itertext())).strip()
            return f" {sign} " if sign in _SPACED else sign
        case (("mi" | "mn"), _):
            return "".join(map(str, node.itertext())).strip()
        case "mspace", _:
            return " "
        case "mover", [base, up] if up in _ACCENTS:
            return base + _ACCENTS[up]
        case (("msup" | "mover"), [base, up]):
            return base + superscript(base[-1:] or "x", up)
        case (("msub" | "munder"), [base, down]):
            return base + subscript(base[-1:], down)
        case (("msubsup" | "munderover"), [base, down, up]):
            low = base + subscript(base[-1:], down)
            return low + superscript(low[-1:] or "x", up)
        case "mfrac", [over, under]:
            return f"({over})/({under})" if len(over) + len(under) > 2 else f"{over}/{under}"
        case "msqrt", _:
            return f"sqrt({''.join(parts)})"
        case "mfenced", _:
            return f"{node.get('open', '(')}{', '.join(parts)}{node.get('close', ')')}"
        case _:
            return "".join(parts)
