"""sft: supervised fine-tuning; the prompt is read, only the answer is learned.

Source: Ouyang et al. 2022 (arXiv 2203.02155), step 1. Use it for prompt and answer pairs, through the model's own chat
template, so that what is learned answers to the format in which it will be asked.
"""

from typing import TYPE_CHECKING

from wellread.models.generate import turn_end
from wellread.models.load import CausalLM, Tokenizer, chat_prompt
from wellread.records import Example, Frozen
from wellread.train.loss import next_token_loss
from wellread.train.sequence import IGNORED, Sequence

if TYPE_CHECKING:
    import torch

    from wellread.train.packing import Tensors

TAKES = "pair"


class Params(Frozen):
    """Nothing to set."""


def encode(example: Example, tokenizer: Tokenizer) -> Sequence:
    """The chat with the prompt as the user's turn; labels on the answer and on the token that ends it in that chat."""
    if example.prompt is None:
        raise ValueError(f"{example.id}: sft needs a prompt")
    prompt = chat_prompt(tokenizer, example.prompt)
    answer = [*tokenizer(example.text, add_special_tokens=False)["input_ids"], turn_end(tokenizer)]
    return Sequence(prompt + answer, [IGNORED] * len(prompt) + answer, example.id)


def loss(model: CausalLM, batch: "Tensors", params: Params) -> "torch.Tensor":
    """Mean cross-entropy over the learned tokens."""
    return next_token_loss(model, batch)
