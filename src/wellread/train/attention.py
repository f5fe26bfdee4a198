"""Attention over the short rows of a training, on processors that compute in bf16.

PyTorch's own kernel for processors is laid out for long rows, and its backward pass in bf16 is slower than in 32 bits: for a row
of 128 tokens and the bundled model's heads, forward and backward take it 4.7 ms, and plain matrix products 1.9 ms
(200 tokens: 10.8 and 6.5; from 1,000 on they are alike). Masked alike, scores and weights in the same precision.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

from wellread.models.device import Device
from wellread.models.load import CausalLM

NAME = "wellread_short_rows"
LONGEST = 512
"""Tokens of a row from which on PyTorch's kernel is used: the products' memory grows with the square."""


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
    short = one == 1 and n == key.shape[2] and 1 < n <= LONGEST
    masked = attention_mask is not None and attention_mask.dtype == torch.bool and attention_mask.shape == (1, 1, n, n)
    if not (short and masked and torch.is_autocast_enabled("cpu")) or dropout or _unusual(more):
        result: tuple[torch.Tensor, None] = sdpa_attention_forward(
            module, query, key, value, attention_mask, dropout=dropout, scaling=scaling, **more
        )
        return result
    assert attention_mask is not None
    shared = key.shape[1]  # heads of keys and values, each for as many heads of queries
    scaled = query * (width**-0.5 if scaling is None else scaling)
    scores = torch.matmul(scaled.reshape(shared, -1, width), key[0].transpose(1, 2))
    sees = scores.view(shared, -1, n, n).masked_fill(~attention_mask, float("-inf"))
    found = torch.matmul(sees.softmax(-1).view(shared, -1, n), value[0])
    return found.view(1, heads, n, width).transpose(1, 2), None


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
