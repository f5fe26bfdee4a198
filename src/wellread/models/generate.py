"""Greedy answers to many prompts: batched, sorted by length, stopped at the end of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wellread.errors import ModelError
from wellread.models.load import CausalLM, Tokenizer, chat_prompt, context_length


@dataclass(frozen=True)
class Generated:
    """What a model wrote after prompt number `index`, and whether it ended by itself."""

    index: int
    text: str
    finish: Literal["stop", "length"]


def generate(
    model: CausalLM, tokenizer: Tokenizer, questions: Sequence[str], *, max_new_tokens: int, batch_size: int
) -> Iterator[list[Generated]]:
    """Yield the answers batch by batch, longest prompts first (so that memory runs out at once or never).

    Each question is the user's turn of the model's own chat template. Decoding is greedy, in the weights' own number
    format, so that the same saved model gives the same answers elsewhere. Raises ModelError for a prompt that leaves
    no room for an answer in the model's context.
    """
    prompts = [chat_prompt(tokenizer, q) for q in questions]
    room = context_length(model) - max_new_tokens
    for ids, q in zip(prompts, questions, strict=True):
        if len(ids) > room:
            raise ModelError(
                f"a prompt of {len(ids)} tokens ({q[:40]!r}...) leaves no room for {max_new_tokens} more in the model's context "
                f"of {context_length(model)}",
                "Use a model with a longer context, or shorter texts.",
            )
    order = sorted(range(len(prompts)), key=lambda i: -len(prompts[i]))
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        yield _one_batch(model, tokenizer, batch, [prompts[i] for i in batch], max_new_tokens)


def _one_batch(
    model: CausalLM, tokenizer: Tokenizer, indices: list[int], prompts: list[list[int]], max_new_tokens: int
) -> list[Generated]:
    import torch
    from transformers import GenerationConfig

    width = max(map(len, prompts))
    pad = tokenizer.pad_token_id
    ids = torch.tensor([[pad] * (width - len(p)) + p for p in prompts], device=model.device)
    mask = torch.tensor([[0] * (width - len(p)) + [1] * len(p) for p in prompts], device=model.device)
    ends = end_ids(model, tokenizer)
    greedy = GenerationConfig(
        max_new_tokens=max_new_tokens, do_sample=False, num_beams=1, use_cache=True, eos_token_id=ends, pad_token_id=pad
    )
    with torch.inference_mode():
        out = model.generate(input_ids=ids, attention_mask=mask, generation_config=greedy)
    done = []
    for index, row in zip(indices, out[:, width:].tolist(), strict=True):
        stop = next((k for k, t in enumerate(row) if t in ends), None)
        text = tokenizer.decode(row[:stop], skip_special_tokens=True).strip()
        done.append(Generated(index, text, "length" if stop is None else "stop"))
    return done


def end_ids(model: CausalLM, tokenizer: Tokenizer) -> list[int]:
    """Every token that ends an answer: the tokenizer's, and those that the model's own settings name."""
    named = model.generation_config.eos_token_id
    named = [] if named is None else [named] if isinstance(named, int) else list(named)
    return sorted({tokenizer.eos_token_id, *named})
