"""Attention over the short rows of a training, on processors that compute in bf16.

PyTorch's own kernel for processors is laid out for long rows, its backward pass in bf16 is slower than in 32 bits, and it goes
through what the mask hides. With the bundled model's heads, forward and backward take it 4.9 ms for a row of 128 tokens, and
plain matrix products 2.1 ms; for 510 tokens in texts of 60 it takes 30 ms, one product over all 26, a product for each text 7.
Masked alike, scores and weights in the same precision.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

from wellread.models.device import Device
from wellread.models.load import CausalLM

NAME = "wellread_short_rows"
LARGEST = 512**2
"""Comparisons of one text from which on PyTorch's kernel is used: the products' memory grows with them."""
WORTH = 20_000
"""Comparisons that telling the texts of a row apart must save: each text costs some calls."""


def attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    dropout: float = 0.0,
    scaling: float | None = None,
    **more: Any,
) -> tuple[torch.Tensor, None]:
    """Attention of `query` (1, heads, n, width) over `key` and `value` (1, fewer or as many heads, n, width).

    `attention_mask` (1, 1, n, n) is true where a token sees another. Gives (1, n, heads, width), as transformers' attention
    functions do; whatever is no short packed row under autocast goes to transformers' own.
    """
    one, heads, n, width = query.shape
    packed = one == 1 and n == key.shape[2] and not dropout and torch.is_autocast_enabled("cpu") and not _unusual(more)
    masked = attention_mask is not None and attention_mask.dtype == torch.bool and attention_mask.shape == (1, 1, n, n)
    parts = _parts(attention_mask) if packed and masked and attention_mask is not None else None
    if parts is None or max(part.hidden.numel() for part in parts) > LARGEST:
        result: tuple[torch.Tensor, None] = sdpa_attention_forward(
            module, query, key, value, attention_mask, dropout=dropout, scaling=scaling, **more
        )
        return result
    shared = key.shape[1]  # heads of keys and values, each for as many heads of queries
    scaled = (query * (width**-0.5 if scaling is None else scaling)).reshape(shared, -1, n, width)
    lengths = [part.tokens for part in parts]
    # The derivative of a split is one concatenation; that of an index fills a tensor of the whole row for every part.
    keys, values = torch.split(key[0], lengths, 1), torch.split(value[0], lengths, 1)
    found = []
    for part, asked, k, v in zip(parts, torch.split(scaled, lengths, 2), keys, values, strict=True):
        if part.opened:
            k, v = torch.cat((keys[0], k), 1), torch.cat((values[0], v), 1)
        scores = torch.matmul(asked.reshape(shared, -1, width), k.transpose(1, 2))
        weights = scores.view(*asked.shape[:3], -1).masked_fill(part.hidden, float("-inf")).softmax(-1)
        found.append(torch.matmul(weights.view(shared, -1, weights.shape[-1]), v).view(asked.shape))
    told = found[0] if len(found) == 1 else torch.cat(found, 2)
    return told.view(1, heads, n, width).transpose(1, 2), None


@dataclass(frozen=True)
class Part:
    """Tokens of a row that stand together and see no others, but for those of the row's first part."""

    tokens: int
    opened: bool
    """Whether they see the first part as well."""
    hidden: torch.Tensor
    """(tokens, tokens seen by any of them), true where one doesn't see another; the first part's come first."""


def _parts(sees: torch.Tensor) -> list[Part]:
    """The texts of a packed row, told from its mask, so that none is compared with tokens of another.

    All layers of a step are given one mask: what is found is kept with it.
    """
    kept: list[Part] | None = getattr(sees, "_parts", None)
    if kept is not None:
        return kept
    mask = sees[0, 0]
    n = len(mask)
    starts = [0, *((~mask.diagonal(-1)).nonzero()[:, 0] + 1).tolist()]
    opening = max((int(mask[start, :start].sum()) for start in starts[1:]), default=0)
    if starts[1:] and 0 < opening < starts[1]:
        starts.insert(1, opening)  # it and the first pair stand together so far
    found, told = [], 0
    for start, stop in pairwise([*starts, n]):
        rows, opened = mask[start:stop], start > 0 and opening == starts[1] and bool(mask[start, 0])
        seen = torch.cat((rows[:, :opening], rows[:, start:stop]), 1) if opened else rows[:, start:stop]
        found.append(Part(stop - start, opened, ~seen))
        told += int(seen.sum())
    compared = sum(part.hidden.numel() for part in found)
    if n * n - compared < WORTH or told < int(mask.sum()):  # the latter: a mask of another kind
        found = [Part(n, False, ~mask)]
    sees._parts = found  # type: ignore[attr-defined]
    return found


def _unusual(more: dict[str, Any]) -> bool:
    """Whether a model asks for what only its own attention knows."""
    return any(more.get(name) is not None for name in ("softcap", "s_aux", "position_bias", "cache"))


AttentionInterface.register(NAME, attend)
AttentionMaskInterface.register(NAME, sdpa_mask)


@contextmanager
def for_short_rows(model: CausalLM, device: Device) -> Iterator[None]:
    """Let `model` attend so while it is trained on a processor in bf16, where it would use PyTorch's kernel."""
    inner: CausalLM = getattr(model, "module", model)  # the model itself, or within what distributes it
    config = inner.config.get_text_config()
    before = config._attn_implementation
    if device.name == "cpu" and device.precision == "bf16" and before == "sdpa":
        config._attn_implementation = NAME
    try:
        yield
    finally:
        config._attn_implementation = before
