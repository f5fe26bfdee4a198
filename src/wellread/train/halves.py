"""Frozen weights in bf16, once, on processors that compute in it.

Autocast turns every weight into bf16 anew at every use, and keeps for the rest of a pass only those that are trained. For the
bundled model's head alone, that is 57 MB in each step. The copies are read under autocast only: whatever else asks the
model finds its weights as they were, and not a bit of any loss changes.
"""

from collections.abc import Callable

import torch
from torch.nn import Linear, Module
from torch.nn.functional import linear

COPY = "_wellread_half"
"""Where a layer keeps it."""


def keep_halves(model: Module, wanted: bool) -> None:
    """Give each frozen linear layer of `model` a bf16 copy of its weight, and take back what an earlier call gave.

    `wanted`: whether training computes in bf16 on a processor. On a card the copies would take memory that is scarcer.
    """
    for module in model.modules():
        if type(module) is Linear:
            vars(module).pop("forward", None)
            vars(module).pop(COPY, None)
            frozen = not any(parameter.requires_grad for parameter in module.parameters())
            if wanted and frozen and module.weight.dtype == torch.float32:
                vars(module)[COPY] = module.weight.detach().bfloat16()
                module.forward = _forward(module)  # type: ignore[method-assign, assignment]


def half_of(layer: Module) -> torch.Tensor | None:
    """The bf16 copy of a layer's weight, where it has one."""
    return vars(layer).get(COPY)


def _forward(layer: Linear) -> Callable[[torch.Tensor], torch.Tensor]:
    weight: torch.Tensor = vars(layer)[COPY]
    bias = None if layer.bias is None else layer.bias.detach().bfloat16()

    def forward(x: torch.Tensor) -> torch.Tensor:
        if torch.is_autocast_enabled("cpu"):
            return linear(x, weight, bias)
        return linear(x, layer.weight, layer.bias)

    return forward
