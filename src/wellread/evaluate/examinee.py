"""Who is examined: a model in this process, or behind an address. Loaded when first asked, once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from wellread.models.device import DeviceName


@dataclass(frozen=True)
class Reply:
    """What came of prompt number `index`; `text` is None where nothing did, and `error` then says why."""

    index: int
    text: str | None
    finish: Literal["stop", "length", "failed"]
    error: str | None = None


class Examinee(Protocol):
    """What an examination needs of a model."""

    knows_likelihoods: bool
    """Whether `likelihoods` can be asked for."""

    @property
    def context(self) -> int:
        """The longest prompt and answer together, in tokens."""

    @property
    def notes(self) -> list[str]:
        """What a reader should know of how this model is asked."""

    @property
    def embed(self) -> Callable[[Sequence[str]], NDArray[np.float32]] | None:
        """Vectors of texts, [texts, size], of unit length; None where this model gives none."""

    def count(self, text: str) -> int:
        """Tokens of `text` as a user's turn."""

    def cut(self, text: str, most: int) -> str:
        """The beginning of `text` that has at most `most` tokens."""

    def answers(self, prompts: Sequence[str], most: int, batch_size: int, chat: bool) -> Iterator[list[Reply]]:
        """The answers, in batches, in any order; `most` tokens each. A prompt that is too long has none, and why."""

    def likelihoods(
        self, asked: Sequence[tuple[str, Sequence[str]]], batch_size: int, chat: bool
    ) -> Iterator[tuple[int, tuple[float | None, ...]]]:
        """For each prompt (by index) the log-likelihoods in nats of its continuations, None for what doesn't fit."""

    def parity(self, told: Sequence[tuple[str, str]], most: int, batch_size: int, chat: bool) -> list[str]:
        """How a sample of `told`, prompts with the answers that were given, compares with the full weights' answers.

        Nothing where those are what answered, or aren't at hand.
        """


class Local:
    """A model folder, run by transformers in this process."""

    knows_likelihoods = True

    def __init__(self, path: Path, device: DeviceName = "auto") -> None:
        """`path` holds the model; nothing is loaded yet."""
        self._path, self._device = path, device

    @cached_property
    def tokenizer(self) -> Any:
        """The model's tokenizer."""
        from wellread.models.load import load_tokenizer

        return load_tokenizer(self._path)

    @cached_property
    def model(self) -> Any:
        """The model, on its device."""
        from wellread.models.device import choose
        from wellread.models.load import load_model

        return load_model(self._path).to(choose(self._device).torch)

    @property
    def context(self) -> int:
        """The longest sequence that the model was made for."""
        from wellread.models.load import context_length

        return context_length(self.model)

    @property
    def notes(self) -> list[str]:
        """Says where the model has no chat template of its own."""
        from wellread.models.load import is_plain

        if is_plain(self.tokenizer):
            return [f"{self._path.name}: no chat template; asked as 'user: ... assistant: '"]
        return []

    def count(self, text: str) -> int:
        """Tokens of `text` as a user's turn of the chat."""
        from wellread.models.load import chat_prompt

        return len(chat_prompt(self.tokenizer, text))

    def cut(self, text: str, most: int) -> str:
        """The beginning of `text`, cut between tokens."""
        ids = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return text if len(ids) <= most else str(self.tokenizer.decode(ids[:most], skip_special_tokens=True))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Mean hidden states: a makeshift, since the model wasn't trained for it."""
        from wellread.models.embed import embeddings

        return embeddings(self.model, self.tokenizer, texts)

    def answers(self, prompts: Sequence[str], most: int, batch_size: int, chat: bool) -> Iterator[list[Reply]]:
        """Greedy answers, batched."""
        from wellread.models.generate import generate

        fit, refused = self.fitting(prompts, most, chat)
        yield refused
        wanted = [prompts[i] for i in fit]
        done = generate(self.model, self.tokenizer, wanted, max_new_tokens=most, batch_size=batch_size, chat=chat)
        for batch in done:
            yield [Reply(fit[g.index], g.text, g.finish) for g in batch]

    def fitting(self, prompts: Sequence[str], most: int, chat: bool) -> tuple[list[int], list[Reply]]:
        """The prompts (by index) that leave room for `most` tokens more, and why the others get no answer."""
        from wellread.models.generate import prompt_ids

        sizes = [len(prompt_ids(self.tokenizer, p, chat)) for p in prompts]
        room = self.context - most
        why = f"tokens leaves no room for {most} more in the model's context of {self.context}"
        refused = [Reply(i, None, "failed", f"a prompt of {n} {why}") for i, n in enumerate(sizes) if n > room]
        return [i for i, n in enumerate(sizes) if n <= room], refused

    def likelihoods(
        self, asked: Sequence[tuple[str, Sequence[str]]], batch_size: int, chat: bool
    ) -> Iterator[tuple[int, tuple[float | None, ...]]]:
        """Log-likelihoods of the continuations; in a plain text they begin with a space."""
        from wellread.models.generate import prompt_ids
        from wellread.models.likelihood import loglikelihoods

        encode = self.tokenizer
        pairs: list[tuple[list[int], list[int]]] = []
        places: list[tuple[int, int]] = []
        found: list[list[float | None]] = []
        for i, (prompt, continuations) in enumerate(asked):
            ids = prompt_ids(encode, prompt, chat)
            found.append([None] * len(continuations))
            for k, text in enumerate(continuations):
                said = list(encode(text if chat else f" {text}", add_special_tokens=False)["input_ids"])
                if len(ids) + len(said) - 1 <= self.context:  # what follows the last token isn't read
                    pairs.append((ids, said))
                    places.append((i, k))
        for (i, k), value in zip(places, loglikelihoods(self.model, encode, pairs, batch_size), strict=True):
            found[i][k] = value
        yield from ((i, tuple(values)) for i, values in enumerate(found))

    def parity(self, told: Sequence[tuple[str, str]], most: int, batch_size: int, chat: bool) -> list[str]:
        """These are the full weights."""
        return []

    def bits_per_byte(self, text: str) -> float:
        """How surprised the model is by `text`."""
        from wellread.models.likelihood import bits_per_byte

        return bits_per_byte(self.model, self.tokenizer, text)
