"""full: the model's own parameters are trained, all of them or those of chosen layers.

Use it where memory allows: four numbers of 32 bits for each trained parameter. With `layers`, all else stays as it is:
embeddings, other layers, last norm and head.
"""

from wellread.models.load import CausalLM
from wellread.train.config import TrainConfig
from wellread.train.layers import ALL, chosen


def adapt(model: CausalLM, config: TrainConfig) -> CausalLM:
    """`model` itself, gradients on for what is trained. Raises ConfigError for a range without a layer."""
    model.requires_grad_(config.layers in (None, ALL))
    for layer in chosen(model, config.layers).values():
        layer.requires_grad_(True)
    return model


def fold(model: CausalLM) -> CausalLM:
    """The model: nothing was added to it."""
    return model
