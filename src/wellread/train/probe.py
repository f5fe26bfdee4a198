"""A look at what the model writes, to notice when training has turned it into a stammer."""

from collections.abc import Callable
from collections.abc import Sequence as Seq

from wellread.models.generate import generate
from wellread.models.load import CausalLM, Tokenizer

LENGTH = 32
"""Tokens written for each prompt."""


def collapsed(model: CausalLM, tokenizer: Tokenizer, prompts: Seq[str], untrained: Callable[[], CausalLM]) -> bool:
    """Whether `model` now stammers at every one of `prompts`, and `untrained()`, which is only loaded then, did not."""
    if _stammers(model, tokenizer, prompts) < len(prompts):
        return False
    return _stammers(untrained(), tokenizer, prompts) < len(prompts)


def _stammers(model: CausalLM, tokenizer: Tokenizer, prompts: Seq[str]) -> int:
    """How many of the greedy answers say nothing."""
    training = model.training
    model.eval()
    batches = generate(model, tokenizer, prompts, max_new_tokens=LENGTH, batch_size=len(prompts))
    texts = [answer.text for batch in batches for answer in batch]
    model.train(training)
    return sum(stammer(tokenizer(text, add_special_tokens=False)["input_ids"]) for text in texts)


def stammer(tokens: Seq[int]) -> bool:
    """Whether `tokens` say nothing: they are none, or their last 24 repeat at most three tokens or one short phrase."""
    tail = list(tokens)[-24:]
    if not tail:
        return True
    if len(tail) < 24:
        return False
    return len(set(tail)) <= 3 or any(tail[k:] == tail[:-k] for k in range(1, 9))
