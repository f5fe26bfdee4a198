"""Source tags: words before a text that are read and not learned.

Source: Allen-Zhu and Li 2024 (arXiv 2404.05405), on useful text among junk: a name of the source before each useful text lets
a model tell it from the rest. Use it when much unrelated text is mixed in.
"""

from collections.abc import Mapping
from dataclasses import replace

from wellread.models.load import Tokenizer
from wellread.records import Example
from wellread.train.config import Part
from wellread.train.data import Encoded
from wellread.train.sequence import IGNORED, Sequence


def put_tags(encoded: Encoded, mixture: Mapping[str, Part], tokenizer: Tokenizer) -> None:
    """Put the tag of its genre before each text of `encoded`; pairs keep their prompts as they are."""
    for k, (sequence, example) in enumerate(zip(encoded.sequences, encoded.examples, strict=True)):
        tag = mixture[example.maker].tag if example.maker in mixture else ""
        if tag and isinstance(example, Example) and example.prompt is None:
            words = tag.replace("{paper}", example.paper).replace("{genre}", example.maker)
            encoded.sequences[k] = _tagged(sequence, tokenizer(words, add_special_tokens=False)["input_ids"], tokenizer)


def _tagged(sequence: Sequence, tag: list[int], tokenizer: Tokenizer) -> Sequence:
    begin = 1 if sequence.ids[0] == tokenizer.bos_token_id and len(sequence) > 1 else 0
    return replace(
        sequence,
        ids=[*sequence.ids[:begin], *tag, *sequence.ids[begin:]],
        labels=[*sequence.labels[:begin], *[IGNORED] * len(tag), *sequence.labels[begin:]],
    )
