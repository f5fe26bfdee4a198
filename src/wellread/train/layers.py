"""A model's decoder layers, and ranges of them."""

import re

from wellread.errors import ConfigError, ModelError
from wellread.models.load import CausalLM

ALL = "all"
UPPER_HALF = "50%:"


def decoder_layers(model: CausalLM) -> dict[str, CausalLM]:
    """Dotted name -> decoder layer, from the lowest to the highest. Raises ModelError where they can't be told."""
    from torch.nn import ModuleList

    wanted = model.config.get_text_config().num_hidden_layers
    for name, module in model.named_modules():
        if isinstance(module, ModuleList) and len(module) == wanted:
            return {f"{name}.{i}": layer for i, layer in enumerate(module)}
    raise ModelError(f"{type(model).__name__}: no list of {wanted} decoder layers found", "Train it without layers.")


def chosen(model: CausalLM, layers: str | None) -> dict[str, CausalLM]:
    """The decoder layers in the range `layers`, written 'first:last' as in Python; None or 'all': all of them.

    Raises ConfigError where the range holds a layer that the model doesn't have, or none at all.
    """
    every = decoder_layers(model)
    if layers is None or layers == ALL:
        return every
    n = len(every)
    first, last = bounds(layers, n)
    has = f"This model has {n} layers: 0:{n}."
    if any(abs(edge) > n for edge in (first or 0, last or 0)):
        raise ConfigError(f"train.layers: {layers!r} goes beyond the last layer", has)
    picked = dict(list(every.items())[first:last])
    if not picked:
        raise ConfigError(f"train.layers: {layers!r} holds no layer", has)
    return picked


def bounds(layers: str, n: int) -> tuple[int | None, int | None]:
    """'15:' as (15, None), and '50%:' of n = 30 layers as well. Raises ConfigError for anything that isn't a range."""
    found = re.fullmatch(r"(-?\d+%?)?:(-?\d+%?)?", layers.strip())
    if not found:
        raise ConfigError(
            f"train.layers: {layers!r} is not a range", "Write first:last, such as 15:30, 15:, :8 or 50%:; or all."
        )
    first, last = (None if edge is None else _layer(edge, n) for edge in found.groups())
    return first, last


def _layer(edge: str, n: int) -> int:
    return round(int(edge[:-1]) / 100 * n) if edge.endswith("%") else int(edge)
