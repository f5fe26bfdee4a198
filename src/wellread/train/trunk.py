"""The frozen lower part of a model, run once over each text.

Where only upper layers are trained, what the lower ones make of a text never changes, and in knowledge training the same
few texts come by many times. So their hidden states are computed before training and each step starts from them. The lower
layers stay in the model and hand on what they are given.
"""

from collections.abc import Iterator
from collections.abc import Sequence as Seq
from contextlib import AbstractContextManager, contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any

import torch
from torch import nn

from wellread.models.load import CausalLM
from wellread.train.layers import decoder_layers
from wellread.train.packing import pack
from wellread.train.sequence import Sequence

AT_ONCE = 1024
"""Tokens that pass through the lower layers together while the cache is filled."""


def frozen_depth(model: CausalLM) -> int:
    """How many of the lowest decoder layers give the same output at every step: nothing before or in them is trained.

    0 also where they drop values at random, so that the output changes all the same.
    """
    layers = decoder_layers(model)
    trained = {name for name, p in model.named_parameters() if p.requires_grad}
    inside = [any(name.startswith(f"{layer}.") for name in trained) for layer in layers]
    depth = inside.index(True) if any(inside) else len(inside)
    head, first = model.get_output_embeddings(), model.get_input_embeddings()
    above = {id(p) for p in head.parameters()} - {id(p) for p in first.parameters()}
    elsewhere = [p for name, p in model.named_parameters() if not any(name.startswith(f"{layer}.") for layer in layers)]
    if any(p.requires_grad and id(p) not in above for p in elsewhere):
        return 0
    below = list(layers.values())[:depth]
    drops = [m.p for layer in below for m in layer.modules() if isinstance(m, nn.Dropout)]
    # Some layers drop by a function, not a module; what their settings call it differs from one architecture to the next.
    settings = model.config.get_text_config().to_dict()
    drops += [value for name, value in settings.items() if "drop" in name and isinstance(value, float)]
    return 0 if any(drops) else depth


class _Cut(Exception):  # noqa: N818 - not an error: the way out of a forward pass
    """The lower layers are done."""


class Trunk:
    """The cached output of the lowest `depth` layers for every sequence of a run."""

    def __init__(self, model: CausalLM, depth: int) -> None:
        """Ready to be filled; the model works as before until `attach`."""
        self.model, self.depth = model, depth
        self.layers = list(decoder_layers(model).values())
        self.opening, self.rest = torch.empty(0), torch.empty(0)
        self.sequences: list[Sequence] = []
        self.starts: list[int] = []
        self.tuples = False
        self.fed: torch.Tensor | None = None
        self.hook: Any = None

    def fill(self, sequences: Seq[Sequence], compute: AbstractContextManager[Any], spill: Path | None) -> None:
        """Run the lower layers over `sequences` within `compute` (autocast); keep the result in memory, or in `spill`."""
        self.sequences = list(sequences)
        self.starts = [0, *accumulate(len(s) - s.shared for s in sequences)]
        with torch.no_grad(), compute:
            for group in _groups(sequences):
                row = pack([sequences[i] for i in group])
                hidden = self._lower({k: t.to(self.model.device) for k, t in row.items()})[0]
                if not len(self.rest):
                    self.rest = _room(self.starts[-1], hidden, spill)
                owner = row["owner"][0]
                if (owner == 0).any():
                    self.opening = hidden[owner == 0].cpu()
                for number, i in enumerate(group, 1):
                    self.rest[self.starts[i] : self.starts[i + 1]] = hidden[owner == number].cpu()

    def row(self, numbers: Seq[int]) -> torch.Tensor:
        """Hidden states (1, tokens, width) of the row that packing.pack makes of the sequences with these numbers."""
        opening = [self.opening] if any(self.sequences[i].shared for i in numbers) else []
        return torch.cat([*opening, *(self.rest[self.starts[i] : self.starts[i + 1]] for i in numbers)])[None]

    def attach(self) -> None:
        """From now on a forward pass must bring `trunk`, and the lower layers only hand it on."""
        for layer in self.layers[: self.depth]:
            layer.forward = self._hand_on
        self.hook = self.model.register_forward_pre_hook(self._take, with_kwargs=True)

    def detach(self) -> None:
        """Give the lower layers their work back."""
        for layer in self.layers[: self.depth]:
            del layer.forward
        self.hook.remove()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """The model as it is without the cache, for a while."""
        self.detach()
        try:
            yield
        finally:
            self.attach()

    def _take(self, _model: CausalLM, args: Any, kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        self.fed = kwargs.pop("trunk")
        return args, kwargs

    def _hand_on(self, *_: Any, **__: Any) -> Any:
        return (self.fed,) if self.tuples else self.fed

    def _lower(self, row: dict[str, torch.Tensor]) -> torch.Tensor:
        """Hidden states (1, tokens, width) that go into the first trained layer, or into the last norm."""
        from wellread.train.loss import predictions

        caught: list[Any] = []

        def catch(_module: nn.Module, _args: Any, output: Any) -> None:
            caught.append(output)
            raise _Cut

        handle = self.layers[self.depth - 1].register_forward_hook(catch)
        try:
            predictions(self.model, row, torch.zeros(1, dtype=torch.long, device=self.model.device))
        except _Cut:
            pass
        finally:
            handle.remove()
        self.tuples = isinstance(caught[0], tuple)
        hidden: torch.Tensor = caught[0][0] if self.tuples else caught[0]
        return hidden


def _groups(sequences: Seq[Sequence]) -> list[list[int]]:
    groups: list[list[int]] = []
    room = 0
    for i, s in enumerate(sequences):
        if not groups or len(s) > room:
            groups.append([])
            room = AT_ONCE
        groups[-1].append(i)
        room -= len(s)
    return groups


def _room(tokens: int, like: torch.Tensor, spill: Path | None) -> torch.Tensor:
    """An empty (tokens, width) tensor, in memory or in the file `spill`."""
    width = like.shape[-1]
    if spill is None:
        return torch.empty(tokens, width, dtype=like.dtype)
    spill.parent.mkdir(parents=True, exist_ok=True)
    return torch.from_file(str(spill), shared=True, size=tokens * width, dtype=like.dtype).view(tokens, width)
