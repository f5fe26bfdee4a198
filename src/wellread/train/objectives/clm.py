"""clm: continued pretraining; every token of the text is learned, its end included.

Source: the causal language modelling of Radford et al. 2018. Use it for texts: papers and their tellings.
"""

from typing import TYPE_CHECKING

from wellread.models.load import CausalLM, Tokenizer
from wellread.records import Example, Frozen
from wellread.train.loss import next_token_loss
from wellread.train.sequence import Sequence

if TYPE_CHECKING:
    import torch

    from wellread.train.packing import Tensors

TAKES = "text"


class Params(Frozen):
    """Nothing to set."""


def encode(example: Example, tokenizer: Tokenizer) -> Sequence:
    """The text, begun as the tokenizer begins texts, and the end-of-text token, which is learned too."""
    ids = list(tokenizer(example.text)["input_ids"])
    if ids[-1:] != [tokenizer.eos_token_id]:
        ids.append(tokenizer.eos_token_id)
    return Sequence(ids, list(ids), example.id)


def loss(model: CausalLM, batch: "Tensors", params: Params) -> "torch.Tensor":
    """Mean cross-entropy over the learned tokens."""
    return next_token_loss(model, batch)
