"""What the objectives share: predictions where tokens are learned, the next-token loss, log-probabilities of answers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wellread.models.load import CausalLM
from wellread.models.prefill import window
from wellread.train.sequence import IGNORED

if TYPE_CHECKING:
    import torch


def next_token_loss(model: CausalLM, batch: Mapping[str, "torch.Tensor"]) -> "torch.Tensor":
    """Mean cross-entropy (nats) over the learned tokens of a packed batch, as packing.pack makes it."""
    return -logprobs(model, batch, learned(batch)).mean()


def logprobs(model: CausalLM, batch: Mapping[str, "torch.Tensor"], where: "torch.Tensor") -> "torch.Tensor":
    """Log-probability (nats, shape (n,)) of the token that follows each of the positions `where`."""
    from wellread.train.token_logprobs import token_logprobs

    return token_logprobs(_logits(model, batch, where), batch["input_ids"][0, where + 1])


def predictions(model: CausalLM, batch: Mapping[str, "torch.Tensor"], where: "torch.Tensor") -> "torch.Tensor":
    """Logits in 32 bits, shape (n, vocabulary), after the tokens at the positions `where` (n,) of a packed batch.

    `batch` comes from packing.pack: input_ids, position_ids of shape (1, tokens) and attention_mask of shape
    (1, 1, tokens, tokens). Logits are computed only where they are needed: over a vocabulary of 49k words they are
    a fifth of the whole work.
    """
    return _logits(model, batch, where).float()


def _logits(model: CausalLM, batch: Mapping[str, "torch.Tensor"], where: "torch.Tensor") -> "torch.Tensor":
    """As `predictions`, in the precision in which the model computes them."""
    given = {"trunk": batch["trunk"]} if "trunk" in batch else {}  # see trunk.py
    logits: torch.Tensor = model(
        input_ids=batch["input_ids"],
        position_ids=batch["position_ids"],
        attention_mask=_masks_for(model, batch["attention_mask"], batch["position_ids"][0]),
        use_cache=False,
        logits_to_keep=where,
        **given,
    ).logits
    return logits[0]


def learned(batch: Mapping[str, "torch.Tensor"]) -> "torch.Tensor":
    """Positions (n,) after which a learned token comes."""
    return (batch["labels"][0, 1:] != IGNORED).nonzero()[:, 0]


def by_sequence(
    values: "torch.Tensor", batch: Mapping[str, "torch.Tensor"], where: "torch.Tensor"
) -> tuple["torch.Tensor", "torch.Tensor"]:
    """Sums (sequences,) of `values` (n,), which belong to the tokens after `where`, and how many each sequence has."""
    owner = batch["owner"][0]
    whose = owner[where + 1] - 1
    sums = values.new_zeros(int(owner.max()))
    return sums.index_add(0, whose, values), sums.index_add(0, whose, values.new_ones(len(values)))


def _masks_for(model: CausalLM, sees: "torch.Tensor", positions: "torch.Tensor") -> Any:
    """The mask as the model's layers take it; one for each kind of layer where some see no farther than a window."""
    inner: CausalLM = getattr(model, "module", model)  # the model itself, or within what distributes it
    width = window(inner)
    if width is None or int(positions.max()) < width:
        return _mask_for(inner, sees)
    near = _mask_for(inner, sees & (positions[:, None] - positions[None, :] < width))
    kinds = getattr(inner.config.get_text_config(), "layer_types", None)
    if set(kinds or ()) <= {"sliding_attention"}:
        return near
    return {"full_attention": _mask_for(inner, sees), "sliding_attention": near}


def _mask_for(model: CausalLM, sees: "torch.Tensor") -> "torch.Tensor":
    """The eager kind of attention adds its mask to the scores, the others read it."""
    import torch

    if getattr(model.config, "_attn_implementation", "") != "eager":
        return sees
    return torch.zeros(sees.shape, device=sees.device).masked_fill(~sees, torch.finfo(torch.float32).min)
