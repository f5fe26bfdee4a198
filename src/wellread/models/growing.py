"""A layer's keys and values during decoding, in room set aside: a new token doesn't copy those that came before."""

from typing import Any

import torch
from transformers.cache_utils import DynamicCache, DynamicLayer

#: Tokens for which room is set aside at a time.
BLOCK = 32


class GrowingLayer(DynamicLayer):  # type: ignore[misc]
    """As transformers' own layer, which joins old and new keys at each token: a quarter of the time of many short answers."""

    def __init__(self, before: DynamicLayer) -> None:
        """Go on from `before`."""
        super().__init__()
        self._room: tuple[Any, Any] | None = None
        if before.is_initialized:
            self.dtype, self.device = before.dtype, before.device
            self.keys, self.values, self.is_initialized = before.keys, before.values, True

    def update(self, key_states: Any, value_states: Any, *args: Any, **kwargs: Any) -> tuple[Any, Any]:
        """Write [rows, heads, new tokens, size] behind what is there; all keys and values so far, as views."""
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        old = self.get_seq_length()
        new = old + key_states.shape[-2]
        if self._room is None or self._room[0].shape[-2] < new:
            self._room = (_wider(self.keys, key_states, old, new), _wider(self.values, value_states, old, new))
        for room, states in zip(self._room, (key_states, value_states), strict=True):
            room[..., old:new, :] = states
        self.keys, self.values = (room[..., :new, :] for room in self._room)
        return self.keys, self.values

    def batch_repeat_interleave(self, repeats: int) -> None:
        """Repeat each row."""
        super().batch_repeat_interleave(repeats)
        self._room = None

    def batch_select_indices(self, indices: Any) -> None:
        """Keep these rows only."""
        super().batch_select_indices(indices)
        self._room = None


def _wider(held: Any, states: Any, old: int, new: int) -> Any:
    """Room for `new` tokens and some more, with the `old` ones in it."""
    rows, heads, _, size = states.shape
    room = torch.empty(rows, heads, -(-new // BLOCK) * BLOCK, size, dtype=states.dtype, device=states.device)
    if old:
        room[..., :old, :] = held
    return room


def growing(cache: Any) -> Any:
    """`cache` with growing layers in place of the plain ones; sliding windows and other kinds stay as they are."""
    if type(cache) is DynamicCache:
        cache.layers = [GrowingLayer(layer) if type(layer) is DynamicLayer else layer for layer in cache.layers]
    return cache
