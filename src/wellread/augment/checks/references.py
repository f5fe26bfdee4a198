"""references: the rewrite stands alone, without 'the text above', 'this study' or 'Here is the article'.

Source: our own list of phrases. Use it always: a reader of the taught model has no text above.
"""

import re
from collections.abc import Iterator

from wellread.augment.pairs import Pair
from wellread.records import Frozen

_TEXT = r"(?:text|passage|paragraph|excerpt|article|document|paper|study|abstract|material|content|information|context|source|summary|report|research|section)"
_PHRASES = re.compile(
    rf"\b(?:the|this|that) (?:(?:given|provided|above|original|source|preceding|following|present|current|attached|input) )+{_TEXT}\b|"
    rf"\b{_TEXT} (?:provided|given|shown)? ?(?:above|below)\b|\b(?:the|this) (?:text|passage|excerpt)\b|"
    r"\bin (?:this|the|our) (?:study|paper|article|abstract|report|manuscript)\b|\b(?:this|the present) (?:study|paper|article|manuscript)\b|"
    rf"\b(?:according to|based on|as (?:stated|mentioned|described|reported|noted|discussed) (?:in|by)) the (?:{_TEXT}|author'?s'? {_TEXT})\b|"
    r"\b(?:as|the) (?:mentioned|stated|described|discussed|shown|noted) (?:above|earlier|before|previously)\b|\bmentioned above\b|\bthe (?:article|study|paper|passage) (?:mentions|says|states|describes|reports)\b|\babove-mentioned\b|"
    r"^\W*(?:sure|certainly|of course|okay|absolutely)\b[,!.:]|"
    rf"\b(?:here (?:is|are)|here['’]s|below (?:is|are)|the following (?:is|are)) (?:an?|the|your|some|my) (?:[\w-]+ ){{0,4}}(?:{_TEXT}|version|translation|rewrite|rewriting|"
    r"interview|dialogue|conversation|notes?|questions?|answers?|sheet|chapter|q&a|list|retelling)\b|"
    r"\b(?:I hope this|let me know if|feel free to|I have (?:rewritten|translated|written|tried))|"
    r"\b(?:der|dieser|des|diesem) (?:obige|vorliegende|gegebene|genannte)[nrsm]? (?:Text|Artikel|Abschnitt|Studie|Arbeit)|\b(?:oben|vorstehend) (?:genannt|erwähnt|beschrieben)\w*|"
    r"\b(?:in dieser|die vorliegende|diese) (?:Studie|Arbeit|Veröffentlichung)\b|\bhier ist (?:die|eine) Übersetzung|\bim (?:obigen )?Text\b|"
    r"\b(?:el|este|del) (?:texto|artículo|pasaje)\b|\ben este (?:estudio|trabajo)\b|\beste estudio\b|\baquí (?:está|tienes) (?:la|una) traducción|"
    r"\b(?:il|questo|nel|del) (?:testo|brano|articolo)\b|\b(?:in )?questo (?:studio|lavoro)\b|\becco la traduzione|"
    r"\bce (?:texte|passage)\b|\bcette étude\b|\bvoici la traduction|上記の(?:文|テキスト|文章|通り)|本研究|本論文|この(?:文章|テキスト|論文|研究)|以下(?:は|に).{0,6}翻訳|"
    r"上述(?:文本|文章|内容)|本(?:文|研究|论文)|以下是.{0,8}(?:翻译|译文)|这(?:篇|项)(?:文章|研究|论文)|위의? (?:글|텍스트|본문)|본 (?:연구|논문)|이 (?:글|연구|논문)(?:에|은|는|의)|다음은 .{0,10}번역",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip


class Params(Frozen):
    """Nothing to set."""


def check(pair: Pair, params: Params) -> Iterator[str]:
    """Mentions of the text that it was made from, and talk around the result."""
    for found in _PHRASES.finditer(pair.rewrite.plain):
        if found.group().strip().casefold() not in pair.source.folded:
            yield f"it speaks of the text or of the task: {found.group().strip()!r}"
