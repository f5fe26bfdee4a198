"""retrieval: the question after the few paragraphs of the corpus that share most words with it (BM25).

What a group gets without any training. Source: Robertson and Zaragoza 2009 for BM25, computed by bm25s (Lù 2024).
"""

from collections.abc import Sequence

from pydantic import Field

from wellread.evaluate.answer_words import answer_words
from wellread.evaluate.library import Library
from wellread.evaluate.paragraphs import paragraphs, shown
from wellread.records import Frozen, Question

LABEL = "retrieval"
IMPOSSIBLE = "no texts to search"


class Params(Frozen):
    """How much is shown."""

    paragraphs: int = Field(3, ge=1, description="how many paragraphs are shown, best first")


def prompts(questions: Sequence[Question], library: Library, params: Params) -> list[str | None]:
    """Each question after the paragraphs found for it, as many as fit; None where there is no corpus."""
    texts = paragraphs(library.passages)
    if not texts or not questions:
        return [None] * len(questions)
    return shown(questions, library, texts, _best(texts, [q.question for q in questions], params.paragraphs))


def _best(texts: list[str], wanted: list[str], most: int) -> list[list[int]]:
    """For each wanted text the paragraphs nearest to it, best first."""
    import bm25s

    index = bm25s.BM25()
    index.index([answer_words(p) or ["-"] for p in texts], show_progress=False)
    found, _ = index.retrieve([answer_words(w) or ["-"] for w in wanted], k=min(most, len(texts)), show_progress=False)
    return [[int(i) for i in row] for row in found]
