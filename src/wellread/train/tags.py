"""Source tags: words before a text that are read and not learned.

Source: Allen-Zhu and Li 2024 (arXiv 2404.05405), on useful text among junk: a name of the source before each useful text lets
a model tell it from the rest. Use it when much unrelated text is mixed in.
"""

from collections.abc import Mapping
from dataclasses import replace

from wellread.models.load import Tokenizer
from wellread.records import Example, Preference
from wellread.train.config import Part
from wellread.train.sequence import IGNORED, Sequence


def tag_of(item: Example | Preference, mixture: Mapping[str, Part], tokenizer: Tokenizer) -> list[int]:
    """The tokens of the tag that goes before `item`: that of its genre; pairs keep their prompts as they are."""
    if item.maker not in mixture or not isinstance(item, Example) or item.prompt is not None:
        return []
    words = mixture[item.maker].tag.replace("{paper}", item.paper).replace("{genre}", item.maker)
    return list(tokenizer(words, add_special_tokens=False)["input_ids"])


def tagged(sequence: Sequence, tag: list[int], tokenizer: Tokenizer) -> Sequence:
    """`sequence` with `tag` before its text, after the token that begins texts."""
    if not tag:
        return sequence
    begin = 1 if sequence.ids[0] == tokenizer.bos_token_id and len(sequence) > 1 else 0
    return replace(
        sequence,
        ids=[*sequence.ids[:begin], *tag, *sequence.ids[begin:]],
        labels=[*sequence.labels[:begin], *[IGNORED] * len(tag), *sequence.labels[begin:]],
    )
