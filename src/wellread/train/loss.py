"""The next-token loss that continued pretraining and supervised fine-tuning share."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wellread.models.load import CausalLM
from wellread.train.sequence import IGNORED

if TYPE_CHECKING:
    import torch


def next_token_loss(model: CausalLM, batch: Mapping[str, "torch.Tensor"]) -> "torch.Tensor":
    """Mean cross-entropy (nats) over the learned tokens of a packed batch.

    `batch` comes from packing.pack: input_ids, position_ids, labels of shape (1, tokens) and attention_mask of shape
    (1, 1, tokens, tokens). Logits are computed only where a token is learned: over a vocabulary of 49k words they are
    a fifth of the whole work.
    """
    import torch.nn.functional as F

    after = batch["labels"][0, 1:]
    where = (after != IGNORED).nonzero()[:, 0]
    logits = model(
        input_ids=batch["input_ids"],
        position_ids=batch["position_ids"],
        attention_mask=_mask_for(model, batch["attention_mask"]),
        use_cache=False,
        logits_to_keep=where,
    ).logits
    return F.cross_entropy(logits[0].float(), after[where])


def _mask_for(model: CausalLM, sees: "torch.Tensor") -> "torch.Tensor":
    """The mask as the model's attention takes it: the eager kind adds it to the scores, the others read it."""
    import torch

    if getattr(model.config, "_attn_implementation", "") != "eager":
        return sees
    return torch.zeros(sees.shape, device=sees.device).masked_fill(~sees, torch.finfo(torch.float32).min)
