"""How likely a model finds given texts: after a prompt, or standing alone."""

import math
from collections.abc import Sequence

from wellread.models.load import CausalLM, Tokenizer, context_length
from wellread.models.prefill import Reader, gather, room, window

#: The most numbers held as logits at a time (rows x places x vocabulary): 256 MB in 32 bits.
LOGITS = 64_000_000
#: Long texts are read in pieces of at most so many tokens.
PIECE = 512


def loglikelihoods(
    model: CausalLM, tokenizer: Tokenizer, asked: Sequence[tuple[Sequence[int], Sequence[int]]], batch_size: int
) -> list[float]:
    """The log-likelihood (nats) of each continuation after its prompt; both are token ids, neither is empty.

    Continuations of one prompt that differ in their last token only cost as much as one.
    """
    rows: dict[tuple[int, ...], list[int]] = {}
    for i, (prompt, continuation) in enumerate(asked):
        rows.setdefault((*prompt, *continuation[:-1]), []).append(i)
    unique = list(rows)
    shortest = {row: min(len(asked[i][0]) for i in members) for row, members in rows.items()}
    found = [math.nan] * len(asked)
    width, held = window(model), room(model)
    vocabulary = int(model.get_input_embeddings().weight.shape[0])
    for group in gather(unique, 1, width):
        # The last token of each prompt must be read with the row: what follows it is what is asked for.
        opening = min([group.opening, *(shortest[unique[m]] - 1 for m in group.members)])
        reader = Reader(model, unique[group.members[0]][:opening])
        keeps = max(len(row) - shortest[row] + 1 for row in (unique[m] for m in group.members))
        size = max(1, min(batch_size, LOGITS // (keeps * vocabulary), held // len(unique[group.members[0]])))
        for start in range(0, len(group.members), size):
            batch = [unique[m] for m in group.members[start : start + size]]
            logits = reader.rows([row[opening:] for row in batch], tokenizer.pad_token_id).read(keeps).float()
            logprobs = logits.log_softmax(-1)
            for row, table in zip(batch, logprobs, strict=True):
                for i in rows[row]:
                    prompt, continuation = asked[i]
                    # The table's last line says what follows the row's last token.
                    first = keeps - (len(row) - len(prompt) + 1)
                    places = range(first, first + len(continuation))
                    found[i] = float(sum(table[p, t] for p, t in zip(places, continuation, strict=True)))
    return found


def bits_per_byte(model: CausalLM, tokenizer: Tokenizer, text: str) -> float:
    """How surprised the model is by `text`, in bits for each UTF-8 byte of it.

    Source: information content, Shannon 1948; per byte, so that tokenizers don't matter. The text is read in pieces of at
    most 512 tokens, each as if it were the beginning of a text.
    """
    ids = list(tokenizer(text, add_special_tokens=False)["input_ids"])
    start = tokenizer.bos_token_id if tokenizer.bos_token_id is not None else tokenizer.eos_token_id
    size = min(PIECE, context_length(model) - 1)
    pieces = [ids[k : k + size] for k in range(0, len(ids), size)]
    nats = -sum(loglikelihoods(model, tokenizer, [([start], piece) for piece in pieces], 8))
    return nats / math.log(2) / len(text.encode())
