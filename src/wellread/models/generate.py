"""Greedy answers to many prompts: batched, what prompts share computed once, each row stopped at its end of text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from wellread.errors import ModelError
from wellread.models.load import CausalLM, Tokenizer, chat_prompt, context_length
from wellread.models.prefill import Reader, Rows, gather, room, window


@dataclass(frozen=True)
class Generated:
    """What a model wrote after prompt number `index`, and whether it ended by itself."""

    index: int
    text: str
    finish: Literal["stop", "length"]


def generate(
    model: CausalLM,
    tokenizer: Tokenizer,
    questions: Sequence[str],
    *,
    max_new_tokens: int,
    batch_size: int,
    chat: bool = True,
    enough: Callable[[str], bool] | None = None,
) -> Iterator[list[Generated]]:
    """Yield the answers batch by batch, longest prompts first (so that memory runs out at once or never).

    Each question is the user's turn of the model's own chat template, or without `chat` the beginning of a text to be
    continued. Decoding is greedy, without penalties, in the weights' own number format, so that the same saved model
    gives the same answers elsewhere. A question that comes twice is answered once. `enough` is shown what was said so
    far after each token, and ends an answer of which no more is wanted. Raises ModelError for a prompt that leaves no
    room for an answer in the model's context.
    """
    prompts, ends = [prompt_ids(tokenizer, q, chat) for q in questions], end_ids(model, tokenizer)
    _check_room(model, prompts, questions, max_new_tokens)
    same: dict[tuple[int, ...], list[int]] = {}
    for i, ids in enumerate(prompts):
        same.setdefault(tuple(ids), []).append(i)
    unique = list(same)
    width, held = window(model), room(model)

    def text(tokens: list[int]) -> str:
        return str(tokenizer.decode(tokens, skip_special_tokens=True)).strip()

    done = None if enough is None else lambda tokens: enough(text(tokens))
    for group in gather(unique, max_new_tokens, None if width is None else width - max_new_tokens):
        reader = Reader(model, unique[group.members[0]][: group.opening])
        size = max(1, min(batch_size, held // (len(unique[group.members[0]]) + max_new_tokens)))
        for start in range(0, len(group.members), size):
            batch = [unique[m] for m in group.members[start : start + size]]
            rows = reader.rows([ids[group.opening :] for ids in batch], tokenizer.pad_token_id)
            said = _decode(rows, len(batch), ends, max_new_tokens, done)
            yield [
                Generated(i, text(tokens), finish)
                for ids, (tokens, finish) in zip(batch, said, strict=True)
                for i in same[ids]
            ]


def prompt_ids(tokenizer: Tokenizer, text: str, chat: bool = True) -> list[int]:
    """Token ids of `text` as the user's turn of a chat, or as a plain text to be continued."""
    if chat:
        return chat_prompt(tokenizer, text)
    return list(tokenizer(text)["input_ids"]) or [tokenizer.eos_token_id]


def _check_room(model: CausalLM, prompts: list[list[int]], questions: Sequence[str], max_new_tokens: int) -> None:
    longest = context_length(model) - max_new_tokens
    for ids, q in zip(prompts, questions, strict=True):
        if len(ids) > longest:
            raise ModelError(
                f"a prompt of {len(ids)} tokens ({q[:40]!r}...) leaves no room for {max_new_tokens} more in the model's "
                f"context of {context_length(model)}",
                "Use a model with a longer context, or shorter texts.",
            )


def _decode(
    rows: Rows, n: int, ends: list[int], most: int, done: Callable[[list[int]], bool] | None
) -> list[tuple[list[int], Literal["stop", "length"]]]:
    """The likeliest next token again and again, up to each row's end of text, `most` tokens, or until it is `done`."""
    import torch

    said: list[list[int]] = [[] for _ in range(n)]
    alive = list(range(n))
    over: dict[int, Literal["stop", "length"]] = {}
    while True:
        tokens = rows.read()[:, -1].argmax(-1)
        for row, token in zip(alive, tokens.tolist(), strict=True):
            if row in over:
                continue
            if token in ends:
                over[row] = "stop"
                continue
            said[row].append(token)
            if len(said[row]) == most or (done and done(said[row])):
                over[row] = "length"
        going = [k for k, row in enumerate(alive) if row not in over]
        if not going:
            break
        rows.add(tokens)
        if len(going) <= len(alive) * 3 // 4:  # rows that have ended are carried along until dropping them pays
            rows.keep(torch.tensor(going, device=tokens.device))
            alive = [alive[k] for k in going]
    return [(tokens, over[row]) for row, tokens in enumerate(said)]


def end_ids(model: CausalLM, tokenizer: Tokenizer) -> list[int]:
    """Every token that ends an answer: the tokenizer's, the chat template's, and those that the model's settings name."""
    return sorted({tokenizer.eos_token_id, turn_end(tokenizer), *_named(model)})


def name_ends(model: CausalLM, tokenizer: Tokenizer) -> None:
    """Let the settings that are saved with `model` name the end of its turn, so that it stops there elsewhere too."""
    if turn_end(tokenizer) not in _named(model):
        model.generation_config.eos_token_id = end_ids(model, tokenizer)


def _named(model: CausalLM) -> list[int]:
    named = model.generation_config.eos_token_id
    return [] if named is None else [named] if isinstance(named, int) else list(named)


def turn_end(tokenizer: Tokenizer) -> int:
    """The token that ends the assistant's turn in the model's chat: <|im_end|> in ChatML, <end_of_turn> in Gemma's.

    Read off the template itself: the first special token that it puts after an answer. The end-of-text token where it
    puts none, or knows no answers.
    """
    return _turn_end(tokenizer, str(tokenizer.chat_template), int(tokenizer.eos_token_id))


@lru_cache(maxsize=4)
def _turn_end(tokenizer: Tokenizer, _template: str, end_of_text: int) -> int:
    from jinja2 import TemplateError

    answer = "wellread"  # survives whatever a template does to blanks
    turns = [{"role": "user", "content": "?"}, {"role": "assistant", "content": answer}]
    try:
        _, found, after = tokenizer.apply_chat_template(turns, tokenize=False).rpartition(answer)
    except (TemplateError, ValueError):  # such as one that lets nobody but the user speak; or there is none
        return end_of_text
    ids = tokenizer(after, add_special_tokens=False)["input_ids"] if found else []
    return next((int(i) for i in ids if _is_special(tokenizer, i)), end_of_text)


def _is_special(tokenizer: Tokenizer, token: int) -> bool:
    """Whether `token` is a mark and no text: named as such, or added as such by the model's makers."""
    shown, left = (tokenizer.decode([token], skip_special_tokens=skip) for skip in (False, True))
    return bool(shown) and not left and token != tokenizer.unk_token_id
