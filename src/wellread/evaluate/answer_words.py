"""The words of an answer, as exact match and token F1 compare them."""

import re
import unicodedata

_ARTICLES = {"a", "an", "the"}
_SPACELESS = "぀-ヿ㐀-鿿가-힣"  # scripts in which words stand without spaces: each character is a word
# Marks are kept on the letters before them; a point or comma between digits belongs to the number.
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[{_SPACELESS}]|(?:[^\W\d_{_SPACELESS}]|[\u0300-\u036f])+")


def answer_words(text: str) -> list[str]:
    """Words in lower case and one Unicode form, without punctuation and English articles."""
    return [w for w in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()) if w not in _ARTICLES]
