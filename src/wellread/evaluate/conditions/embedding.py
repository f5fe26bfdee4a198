"""embedding: the question after the few paragraphs of the corpus whose vectors lie nearest to its own.

Source: dense retrieval, Karpukhin et al. 2020 (arXiv 2004.04906). `model` names a sentence-embedding model; without one the
examined model's own mean hidden states are taken, which find less than BM25 does: use it then only to see that.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import Field

from wellread.evaluate.library import Library
from wellread.evaluate.paragraphs import paragraphs, shown
from wellread.files import existing
from wellread.models.embed import embeddings, load_embedder
from wellread.records import Frozen, Question

LABEL = "embedding"
IMPOSSIBLE = "no texts to search, or a model that gives no vectors: name one with --embedder"


class Params(Frozen):
    """How much is shown, and who makes the vectors."""

    paragraphs: int = Field(3, ge=1, description="how many paragraphs are shown, nearest first")
    model: str | None = Field(None, description="folder of a sentence-embedding model; None: the model asked")


def prompts(questions: Sequence[Question], library: Library, params: Params) -> list[str | None]:
    """Each question after the paragraphs found for it, as many as fit; None where there is no corpus or no vector."""
    texts = paragraphs(library.passages)
    embed = library.embed
    if params.model:
        model, tokenizer = load_embedder(existing(Path(params.model)))

        def embed(wanted: Sequence[str]) -> np.ndarray:
            return embeddings(model, tokenizer, wanted)

    if not texts or not questions or embed is None:
        return [None] * len(questions)
    near = np.asarray(embed([q.question for q in questions])) @ np.asarray(embed(texts)).T
    order = np.argsort(-near, axis=1, kind="stable")[:, : params.paragraphs]
    return shown(questions, library, texts, order.tolist())
