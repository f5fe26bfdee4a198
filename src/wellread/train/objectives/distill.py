"""distill: learn the answers as the same model gives them with the passage before its eyes.

Source: context distillation, Askell et al. 2021 (arXiv 2112.00861); the loss is the forward Kullback-Leibler
divergence of Hinton et al. 2015 (arXiv 1503.02531). The teacher is the untrained model with the passage in its prompt; its
likeliest tokens are computed once and kept. Use it for pairs whose passage is among the data.
"""

from typing import TYPE_CHECKING

from pydantic import Field

from wellread.errors import InputError
from wellread.models.load import CausalLM, Tokenizer, chat_prompt, context_length
from wellread.records import Example, Frozen
from wellread.train.loss import learned, predictions
from wellread.train.objectives import sft
from wellread.train.sequence import IGNORED, Sequence
from wellread.train.teacher import divergence, likeliest

if TYPE_CHECKING:
    import torch

    from wellread.train.data import Encoded
    from wellread.train.packing import Tensors

TAKES = "pair"


class Params(Frozen):
    """How much of the teacher is kept."""

    top: int = Field(64, ge=1, description="how many of the teacher's likeliest tokens are kept at each place")


def encode(example: Example, tokenizer: Tokenizer) -> Sequence:
    """As sft sees it: the passage isn't in the prompt."""
    return sft.encode(example, tokenizer)


def prepare(model: CausalLM, encoded: "Encoded", tokenizer: Tokenizer, params: Params) -> "list[Tensors]":
    """The teacher's likeliest tokens for each place of each answer.

    Raises InputError where a pair's passage isn't among the data, or is too long for the model's context.
    """
    return [
        _taught(model, sequence, example, encoded.passages, tokenizer, params.top)
        for sequence, example in zip(encoded.sequences, encoded.examples, strict=True)
        if isinstance(example, Example)
    ]


def _taught(
    model: CausalLM, sequence: Sequence, example: Example, passages: dict[str, str], tokenizer: Tokenizer, top: int
) -> "Tensors":
    if example.passage not in passages:
        raise InputError(
            f"{example.id}: distill needs its passage {example.passage!r}, which isn't among the data",
            "Give the corpus that the pairs were made from as well.",
        )
    prompt = chat_prompt(tokenizer, f"{passages[example.passage]}\n\n{example.prompt}")
    answer = [label for label in sequence.labels if label != IGNORED]
    if len(prompt) + len(answer) > context_length(model):
        raise InputError(
            f"{example.passage}: {len(prompt) + len(answer)} tokens with question and answer are more than the model's "
            f"context of {context_length(model)}",
            "Cut the passage into shorter ones.",
        )
    return likeliest(model, prompt + answer, len(answer), top)


def loss(model: CausalLM, batch: "Tensors", params: Params) -> "torch.Tensor":
    """Mean divergence (nats) of the student from the teacher over the answers' tokens."""
    return divergence(predictions(model, batch, learned(batch)), batch)
