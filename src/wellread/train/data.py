"""From examples to sequences: each by its objective, long texts in pieces, nothing cut in silence."""

from collections.abc import Mapping
from collections.abc import Sequence as Seq
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any, Literal

from wellread import plugins
from wellread.errors import ConfigError
from wellread.models.load import Tokenizer
from wellread.records import Example, Preference, part_told
from wellread.train.config import OBJECTIVES, Part
from wellread.train.sequence import IGNORED, Sequence
from wellread.train.tags import tag_of, tagged

Item = Example | Preference


@dataclass(frozen=True)
class Encoded:
    """All sequences of a run, and what had to be done to make them fit."""

    sequences: list[Sequence]
    examples: list[Item]
    """The example behind each sequence, one to one; a preference is behind two, chosen and rejected."""
    passages: dict[str, str] = field(default_factory=dict)
    """id -> text of the passages among the data."""
    notes: list[str] = field(default_factory=list)
    rejected: list[dict[str, str]] = field(default_factory=list)


def used(encoded: Encoded, batches: list[list[int]]) -> tuple[Encoded, list[list[int]]]:
    """The sequences that `batches` hold, and the batches with their new numbers: nothing is computed for the others."""
    numbers = {old: new for new, old in enumerate(sorted({i for batch in batches for i in batch}))}
    kept = replace(
        encoded, sequences=[encoded.sequences[i] for i in numbers], examples=[encoded.examples[i] for i in numbers]
    )
    return kept, [[numbers[i] for i in batch] for batch in batches]


def kind_of(item: Item) -> Literal["text", "pair", "preference"]:
    """What objectives call such an item in TAKES."""
    if isinstance(item, Preference):
        return "preference"
    return "text" if item.prompt is None else "pair"


def told_of(example: Example) -> tuple[str, str]:
    """What a text tells: its paper as a whole, or one part of it. Tellings of one share readings."""
    return example.paper, part_told(example.paper, example.passage, example.section)


def objective_of(item: Item, name: str | None = None) -> Any:
    """The plug-in `name`; without one, that which suits the item: sft where there is a prompt, clm where there is none."""
    return plugins.load(OBJECTIVES, name or {"text": "clm", "pair": "sft", "preference": "dpo"}[kind_of(item)])


def encode(
    items: Seq[Item],
    tokenizer: Tokenizer,
    longest: int,
    objective: str | None = None,
    mixture: Mapping[str, Part] | None = None,
    share: bool = True,
) -> Encoded:
    """Sequences of at most `longest` tokens, with the tags of the `mixture`; `share`: pairs know their common opening.

    A longer text is split at its paragraphs; a longer pair, and one that has nothing to learn, is rejected.
    """
    done = Encoded([], [])
    tags: list[list[int]] = []
    for item in items:
        plugin, tag = objective_of(item, objective), tag_of(item, mixture or {}, tokenizer)
        made = plugin.encode(item, tokenizer)
        parts = made if isinstance(made, list) else [made]
        if reason := _nothing_in(item, parts):
            done.rejected.append({"what": item.id, "reason": reason})
            continue
        size = max(map(len, parts)) + len(tag)
        if size > longest and isinstance(item, Example) and item.prompt is None:
            texts = split_text(item.text, tokenizer, _room(longest, tag, item))
            parts = [plugin.encode(item.model_copy(update={"text": t}), tokenizer) for t in texts]
            done.notes.append(
                f"{item.passage}: {size} tokens are more than the {longest} trained at a time; "
                f"split at paragraphs into {len(parts)} pieces, nothing dropped"
            )
        elif size > longest:
            done.rejected.append({"what": item.id, "reason": f"{kind_of(item)} of {size} tokens, longest is {longest}"})
            continue
        done.sequences.extend(parts)
        done.examples.extend([item] * len(parts))
        tags.extend([tag] * len(parts))
    opened = share_opening(done.sequences) if share else done.sequences
    done.sequences[:] = [tagged(s, tag, tokenizer) for s, tag in zip(opened, tags, strict=True)]
    return done


def _nothing_in(item: Item, parts: Seq[Sequence]) -> str | None:
    """Why nothing, or nothing good, would be learned from `item`, encoded as `parts`."""
    if isinstance(item, Preference):
        if item.chosen.strip() == item.rejected.strip():
            return "the chosen and the rejected answer are the same"
        return None if item.chosen.strip() else "the chosen answer is empty"
    if item.text.strip() and parts[0].learned:
        return None
    return f"the {'text' if item.prompt is None else 'answer'} is empty"


def _room(longest: int, tag: list[int], item: Example) -> int:
    """Tokens of text in a piece, beside its tag, a begin and an end token."""
    if len(tag) > longest // 2:
        what = f"train.mixture.{item.maker}.tag: {len(tag)} tokens of the {longest} trained at a time"
        raise ConfigError(what, "Write a shorter one.")
    return longest - 2 - len(tag)


def share_opening(sequences: Seq[Sequence]) -> list[Sequence]:
    """Let every pair know how many first tokens all pairs have in common, so that a batch computes them once.

    A chat template with a system prompt opens each pair with the same 20 to 30 tokens, as many as the pair itself. At
    least one token of the prompt stays with the pair: the first learned token is predicted from it.
    """
    unlearned = [next((k for k, label in enumerate(s.labels) if label != IGNORED), 0) for s in sequences]
    pairs = [s.ids[: n - 1] for s, n in zip(sequences, unlearned, strict=True) if n > 1]
    # Each column of tokens either agrees over all pairs or ends what they have in common.
    agree = (len(set(column)) == 1 for column in zip(*pairs, strict=False))
    common = sum(takewhile(bool, agree)) if len(pairs) > 1 else 0
    return [replace(s, shared=common if n > 1 else 0) for s, n in zip(sequences, unlearned, strict=True)]


def split_text(text: str, tokenizer: Tokenizer, longest: int) -> list[str]:
    """Pieces of at most `longest` tokens, split at blank lines, else at sentence ends, else between words."""
    for separator in ("\n\n", "\n", ". ", " ", ""):
        units = text.split(separator) if separator else list(text)
        if len(units) == 1:
            continue
        pieces: list[str] = []
        for unit in units:
            joined = f"{pieces[-1]}{separator}{unit}" if pieces else unit
            if pieces and _length(joined, tokenizer) <= longest:
                pieces[-1] = joined
            else:
                pieces.append(unit)
        return [p for piece in pieces for p in _fitting(piece, tokenizer, longest) if p.strip()]
    return [text]


def _fitting(piece: str, tokenizer: Tokenizer, longest: int) -> list[str]:
    return [piece] if _length(piece, tokenizer) <= longest else split_text(piece, tokenizer, longest)


def _length(text: str, tokenizer: Tokenizer) -> int:
    return len(tokenizer(text, add_special_tokens=False)["input_ids"])
