"""refusals: the writer wrote the text, and did not talk about itself or decline.

Source: phrases that chat models are known for. Use it always.
"""

import re
from collections.abc import Iterator

from wellread.augment.pairs import Pair
from wellread.records import Frozen

_PHRASES = re.compile(
    r"\bas an? (?:AI|artificial intelligence|(?:large )?language model|assistant)\b|\bI(?:['’]m| am) (?:sorry|unable|not able|afraid|just an?|only an?)\b|"
    r"\bI (?:can(?:no|['’])t|cannot|won['’]t|will not|do not|don['’]t) (?:help|assist|provide|fulfil|comply|write|generate|create|rewrite|translate|have)\b|"
    r"\bI apologi[sz]e\b|\b(?:AI|language) model\b.{0,40}\bI\b|\bmy (?:training data|knowledge cut-?off)\b|\bI would need more\b|"
    r"\bals (?:eine? )?(?:KI|Sprachmodell)|\bes tut mir leid\b|\bich kann (?:dies|das|ihnen|dir)\b.{0,40}\bnicht\b|"
    r"\bcomo (?:una? )?(?:IA|inteligencia artificial|modelo de lenguaje)|\blo siento\b|\bno puedo (?:ayudar|traducir|cumplir)|"
    r"\bcome (?:un[a']? ?)?(?:IA|intelligenza artificiale|modello linguistico)|\bmi dispiace\b|\bnon posso (?:aiutar|tradurre|fornire)|"
    r"\ben tant qu['’](?:IA|intelligence)|\bje suis désolé|申し訳(?:あり|ござい)ません|AIとして|言語モデルとして|すみません|抱歉|对不起|作为(?:一个|一名)?(?:AI|人工智能|语言模型)|"
    r"죄송합니다|AI(?:로서| 언어)|인공지능으로서",
    re.IGNORECASE,
)  # fmt: skip


class Params(Frozen):
    """Nothing to set."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """A refusal, or talk about the writer."""
    if (found := _PHRASES.search(pair.rewrite.plain)) and found.group().casefold() not in pair.source.folded:
        yield f"it refuses or speaks of its writer: {found.group()!r}"
