"""Texts as vectors: the mean over a model's last hidden states, of unit length."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.errors import ModelError
from wellread.models.load import Tokenizer

#: Texts read at a time, and the most tokens of each that count.
BATCH, LONGEST = 16, 512


def embeddings(model: Any, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """One unit vector for each text, [texts, hidden]: the mean over its tokens.

    For a sentence-embedding model this is what most of them were trained for; for a language model it is a makeshift.
    """
    import torch

    inner = getattr(model, "base_model", model)
    found = np.zeros((len(texts), 0), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        ids = [tokenizer(texts[i])["input_ids"][:LONGEST] or [0] for i in batch]
        width = max(map(len, ids))
        # Padding stands on the right, where no causal model looks, and is masked for the others.
        tokens = torch.tensor([row + [0] * (width - len(row)) for row in ids], device=inner.device)
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in ids], device=inner.device)
        with torch.inference_mode():
            states = inner(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
        weights = mask[..., None].float()
        mean = torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=-1).cpu().numpy()
        if not found.shape[1]:
            found = np.zeros((len(texts), mean.shape[1]), dtype=np.float32)
        found[batch] = mean
    return found


def load_embedder(path: Path) -> tuple[Any, Tokenizer]:
    """The sentence-embedding model in the folder `path`, and its tokenizer. Raises ModelError where it can't be loaded."""
    from safetensors import SafetensorError
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model = AutoModel.from_pretrained(path, use_safetensors=True, trust_remote_code=False, local_files_only=True)
        return model.eval(), AutoTokenizer.from_pretrained(path, trust_remote_code=False, local_files_only=True)
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        first = str(error).strip().splitlines()[0]
        raise ModelError(f"{path}: no embedding model that can be loaded: {first}", "Name a model's folder.") from error
