"""What a step keeps of each layer for its backward pass: everything, or its input alone.

From the input the rest is computed again when the backward pass comes to the layer (Chen et al. 2016, arXiv 1604.06174), by
transformers' own mechanism, the same operations in the same order. So losses stay what they are; memory is paid for with time.
"""

from functools import partial

from wellread.errors import ModelError
from wellread.models.load import CausalLM


def recompute(model: CausalLM, wanted: bool) -> None:
    """Let `model` compute its activations again in training, or keep them. Raises ModelError where it can't.

    Layers below the trained ones hold nothing either way: no gradient passes through them.
    """
    from torch.utils.checkpoint import checkpoint

    if wanted == any(getattr(module, "gradient_checkpointing", False) for module in model.modules()):
        return
    if not model.supports_gradient_checkpointing:
        what = f"train.activations: {type(model).__name__} can't compute them again"
        raise ModelError(what, "Leave train.activations out.")
    # What the public switch calls. That one also asks the embeddings for gradients, which would draw the frozen layers
    # into every backward pass, and its name differs between the versions of transformers that we work with.
    again = partial(checkpoint, use_reentrant=False)
    model._set_gradient_checkpointing(enable=wanted, gradient_checkpointing_func=again)
