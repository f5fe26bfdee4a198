"""dpo: direct preference optimisation; the chosen answer gains on the rejected one, measured against the model before.

Source: Rafailov et al. 2023 (arXiv 2305.18290), equation 7; label smoothing as in Mitchell 2023 ("conservative DPO"). Use it
last in a chain, when the model knows the facts and still prefers a wrong answer.
"""

from typing import TYPE_CHECKING

from pydantic import Field

from wellread.models.load import CausalLM, Tokenizer
from wellread.records import Frozen, Preference
from wellread.train.loss import by_sequence, learned, logprobs
from wellread.train.pairs import encode_both
from wellread.train.sequence import Sequence

if TYPE_CHECKING:
    import torch

    from wellread.train.data import Encoded
    from wellread.train.packing import Tensors

TAKES = "preference"


class Params(Frozen):
    """How far the model may move."""

    beta: float = Field(0.1, gt=0, description="a larger value keeps the model nearer to where it started")
    label_smoothing: float = Field(
        0.0, ge=0, lt=0.5, description="share of preferences believed to be the wrong way round"
    )


def encode(preference: Preference, tokenizer: Tokenizer) -> list[Sequence]:
    """The prompt with the chosen answer, and with the rejected one; the answers are learned."""
    return encode_both(preference, tokenizer)


def prepare(model: CausalLM, encoded: "Encoded", tokenizer: Tokenizer, params: Params) -> "list[Tensors]":
    """`reference` (1,): what each answer's log-probability was before training."""
    from wellread.train.packing import pack

    def before(sequence: Sequence) -> "torch.Tensor":
        batch = {name: t.to(model.device) for name, t in pack([sequence]).items()}
        return logprobs(model, batch, learned(batch)).sum()[None].cpu()

    return [{"reference": before(s)} for s in encoded.sequences]


def loss(model: CausalLM, batch: "Tensors", params: Params) -> "torch.Tensor":
    """Mean over the pairs of the batch, in which each chosen answer is followed by its rejected one."""
    from torch.nn.functional import logsigmoid

    where = learned(batch)
    sums, _ = by_sequence(logprobs(model, batch, where), batch, where)
    gain = sums - batch["reference"]
    margin = params.beta * (gain[0::2] - gain[1::2])
    smooth = params.label_smoothing
    return -((1 - smooth) * logsigmoid(margin) + smooth * logsigmoid(-margin)).mean()
