"""LoRA's two products, added to the frozen layer's in place, on processors that compute in bf16.

Left to itself, every LoRA layer makes tables as large as its output for the update, the scaled update and the sum, and in the
backward pass two more of its input's size, to add them. Here the second product adds itself to what is there, forward and
backward: a step of LoRA is 1.03 times as fast. The same sums; the update isn't rounded to 16 bits before it is added.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch.autograd import Function
from torch.nn import Module
from torch.nn.functional import linear

from wellread.train.halves import half_of


def add_in_place(model: Module) -> None:
    """Let the LoRA layers of `model` whose frozen weight has a bf16 copy (halves.py) compute so; take it from the others.

    Dropout, DoRA and whatever isn't a plain linear layer are left to peft.
    """
    from peft.tuners.lora.layer import Linear

    module: Any
    for module in model.modules():
        if type(module) is Linear:
            vars(module).pop("forward", None)
            if half_of(module.base_layer) is not None and _is_plain(module):
                module.forward = _forward(module)


def _is_plain(layer: Any) -> bool:
    """Whether a peft layer is h + s B A x and nothing else."""
    names = list(layer.lora_A)
    if len(names) != 1 or layer.active_adapters != names or layer.lora_variant:
        return False
    [name] = names
    no_dropout = isinstance(layer.lora_dropout[name], torch.nn.Identity)
    return no_dropout and layer.lora_B[name].bias is None and not layer.fan_in_fan_out


def _forward(layer: Any) -> Callable[..., torch.Tensor]:
    as_peft_does = type(layer).forward
    [name] = layer.lora_A

    def forward(x: torch.Tensor, *args: Any, **more: Any) -> torch.Tensor:
        weight = half_of(layer.base_layer)
        if (
            args
            or more
            or weight is None
            or layer.disable_adapters
            or layer.merged
            or not torch.is_autocast_enabled("cpu")
        ):
            told: torch.Tensor = as_peft_does(layer, x, *args, **more)
            return told
        down, up = layer.lora_A[name].weight, layer.lora_B[name].weight
        flat, bias = x.reshape(-1, x.shape[-1]), layer.base_layer.bias
        rows: torch.Tensor = _Updated.apply(flat, weight, bias, down, up, layer.scaling[name])  # type: ignore[no-untyped-call]
        return rows.view(*x.shape[:-1], -1)

    return forward


class _Updated(Function):
    """x (n, inputs) by the frozen weight (outputs, inputs) and bias, and by scale * up (outputs, r) @ down (r, inputs)."""

    @staticmethod
    def forward(
        ctx: Any,
        x: torch.Tensor,
        weight: torch.Tensor,
        bias: torch.Tensor | None,
        down: torch.Tensor,
        up: torch.Tensor,
        scale: float,
    ) -> torch.Tensor:
        x, down, up = x.bfloat16(), down.bfloat16(), (up * scale).bfloat16()
        low = linear(x, down)
        ctx.save_for_backward(x, low, weight, down, up)
        ctx.scale = scale
        return linear(x, weight, bias).addmm_(low, up.t())

    @staticmethod
    def backward(ctx: Any, above: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        x, low, weight, down, up = ctx.saved_tensors
        of_low = above @ up
        of_x = (above @ weight).addmm_(of_low, down) if ctx.needs_input_grad[0] else None
        return of_x, None, None, (of_low.t() @ x).float(), (above.t() @ low).float().mul_(ctx.scale), None
