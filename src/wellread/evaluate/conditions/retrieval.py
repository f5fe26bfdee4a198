"""retrieval: the question after the few paragraphs of the corpus that share most words with it (BM25).

What a group gets without any training. Source: Robertson and Zaragoza 2009 for BM25, computed by bm25s (Lù 2024).
"""

from collections.abc import Sequence

from pydantic import Field

from wellread.evaluate.answer_words import answer_words
from wellread.evaluate.library import Library
from wellread.evaluate.wording import after_text, asked
from wellread.records import Frozen, Passage, Question

LABEL = "retrieval"
IMPOSSIBLE = "no texts to search"


class Params(Frozen):
    """How much is shown."""

    paragraphs: int = Field(3, ge=1, description="how many paragraphs are shown, best first")


def prompts(questions: Sequence[Question], library: Library, params: Params) -> list[str | None]:
    """Each question after the paragraphs found for it, as many as fit; None where there is no corpus."""
    paragraphs = list(dict.fromkeys(p for passage in library.passages for p in _paragraphs(passage)))
    if not paragraphs or not questions:
        return [None] * len(questions)
    room = library.room([after_text("", asked(q)) for q in questions])
    found = _best(paragraphs, [q.question for q in questions], params.paragraphs)
    texts = [_fitting([paragraphs[i] for i in best], room, library) for best in found]
    return [after_text(text, asked(q)) for text, q in zip(texts, questions, strict=True)]


def _paragraphs(passage: Passage) -> list[str]:
    """The passage's paragraphs, headings with the text below them."""
    blocks: list[str] = []
    heading = ""
    for block in passage.text.split("\n\n"):
        if block.lstrip().startswith("#") and "\n" not in block.strip():
            heading = f"{heading}{block.strip()}\n"
        elif block.strip():
            blocks.append(heading + block.strip())
            heading = ""
    return blocks


def _best(paragraphs: list[str], wanted: list[str], most: int) -> list[list[int]]:
    """For each wanted text the paragraphs nearest to it, best first."""
    import bm25s

    index = bm25s.BM25()
    index.index([answer_words(p) or ["-"] for p in paragraphs], show_progress=False)
    most = min(most, len(paragraphs))
    found, _ = index.retrieve([answer_words(w) or ["-"] for w in wanted], k=most, show_progress=False)
    return [[int(i) for i in row] for row in found]


def _fitting(blocks: list[str], room: int, library: Library) -> str:
    """As many of `blocks` as fit, the first one cut if need be."""
    kept = library.cut(blocks[0], room)
    for block in blocks[1:]:
        longer = f"{kept}\n\n{block}"
        if library.count(longer) > room:
            break
        kept = longer
    return kept
