"""Many prompts through a model at once: what several of them begin with is computed a single time.

Questions about one text, or under one set of worked examples, share most of their prompt. They are gathered into groups;
the shared opening goes through the model once, its keys and values are copied to every row, and the rows' own ends follow
as one left-padded batch.
"""

import copy
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wellread.models.load import CausalLM

#: Tokens that cost about as much to read as one more step of decoding costs for a batch of its own.
TOKENS_PER_STEP = 16
#: Bytes of keys and values held at a time; where a GPU has more than twice of that free, half of what is free.
HELD = 3_000_000_000


@dataclass(frozen=True)
class Group:
    """Prompts (by index, longest first) that share their first `opening` tokens."""

    opening: int
    members: list[int]


def gather(prompts: Sequence[Sequence[int]], steps: int, longest: int | None = None) -> list[Group]:
    """Group `prompts` by what they begin with; the group with the longest prompt comes first.

    Two groups are made where reading what is then not shared any more would cost more than `steps` more steps of
    decoding. Each prompt keeps a token of its own. A group whose prompts exceed `longest` tokens shares nothing.
    """
    order = sorted(range(len(prompts)), key=lambda i: tuple(prompts[i]))
    groups: list[Group] = []
    for i in order:
        if groups:
            last = groups[-1]
            both = min(last.opening, _alike(prompts[last.members[0]], prompts[i]))
            lost = (last.opening - both) * len(last.members) + (
                len(prompts[i]) - 1 - both if len(last.members) == 1 else 0
            )
            if lost <= TOKENS_PER_STEP * steps:
                groups[-1] = Group(both, [*last.members, i])
                continue
        groups.append(Group(len(prompts[i]) - 1, [i]))
    done = []
    for group in groups:
        members = sorted(group.members, key=lambda i: -len(prompts[i]))
        too_long = longest is not None and len(prompts[members[0]]) > longest
        alone = len(members) == 1
        done.append(Group(0 if too_long or alone else group.opening, members))
    return sorted(done, key=lambda g: -len(prompts[g.members[0]]))


def _alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens both begin with, one less than the shorter has at most."""
    most = min(len(one), len(other)) - 1
    return next((k for k in range(most) if one[k] != other[k]), most)


def window(model: CausalLM) -> int | None:
    """How far back the model's sliding-window layers see, in tokens; None where it has none.

    The padding between a shared opening and a short row's end would move such a window.
    """
    config = model.config.get_text_config()
    kinds = getattr(config, "layer_types", None)
    width = getattr(config, "sliding_window", None)
    if width is None or (kinds is not None and "sliding_attention" not in kinds):
        return None
    return int(width)


def room(model: CausalLM) -> int:
    """How many tokens of prompts and answers may be held at a time, one at least: 65,000 for the bundled model."""
    import torch

    config = model.config.get_text_config()
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    each = 2 * config.num_hidden_layers * heads * size * model.dtype.itemsize
    free = torch.cuda.mem_get_info(model.device)[0] if model.device.type == "cuda" else 0
    return int(max(1, max(HELD, free // 2) // each))


class Reader:
    """Rows on their way through a model: the cache so far, which places count, how far each row has come."""

    def __init__(self, model: CausalLM, opening: Sequence[int]) -> None:
        """Read `opening`, which may be empty, as the beginning of all rows to come."""
        self._model = model
        self._named = set(inspect.signature(model.forward).parameters)
        self._opening = len(opening)
        self._cache: Any = None
        if opening:
            import torch

            ids = torch.tensor([list(opening)], device=model.device)
            with torch.inference_mode():
                self._cache = model(input_ids=ids, use_cache=True, **self._if_known(logits_to_keep=1)).past_key_values

    def rows(self, ends: Sequence[Sequence[int]], pad: int) -> "Rows":
        """Rows that follow the opening with `ends`, not read yet. May be called again with others."""
        cache = copy.deepcopy(self._cache)
        if cache is not None:
            cache.batch_repeat_interleave(len(ends))
        return Rows(self, cache, ends, pad)

    def forward(self, **given: Any) -> Any:
        """The model's output; arguments that this architecture doesn't have are left out."""
        import torch

        with torch.inference_mode():
            return self._model(use_cache=True, **self._if_known(**given))

    def _if_known(self, **given: Any) -> dict[str, Any]:
        return {k: v for k, v in given.items() if k in self._named}

    @property
    def opening(self) -> int:
        """Length of the opening in tokens."""
        return self._opening

    @property
    def device(self) -> Any:
        """Where the model is."""
        return self._model.device


class Rows:
    """A batch of rows that grow together."""

    def __init__(self, reader: Reader, cache: Any, ends: Sequence[Sequence[int]], pad: int) -> None:
        """`ends` are what the rows have after the opening; none is empty."""
        import torch

        width = max(map(len, ends))
        own = [width - len(e) for e in ends]
        device = reader.device
        self._reader, self._cache = reader, cache
        self._new = torch.tensor([[pad] * k + list(e) for k, e in zip(own, ends, strict=True)], device=device)
        self._mask = torch.tensor([[1] * reader.opening + [0] * k + [1] * (width - k) for k in own], device=device)
        self._places = (self._mask.cumsum(-1) - 1).clamp(min=0)[:, reader.opening :]

    def read(self, keep: int = 1) -> Any:
        """Read what is new; the logits after the last `keep` tokens of each row, [rows, keep, vocabulary]."""
        out = self._reader.forward(
            input_ids=self._new,
            attention_mask=self._mask,
            position_ids=self._places,
            past_key_values=self._cache,
            logits_to_keep=keep,
        )
        self._cache = _growing(out.past_key_values)
        return out.logits[:, -keep:]

    def add(self, tokens: Any) -> None:
        """One more token for each row, [rows]."""
        self._new = tokens[:, None]
        self._mask = _longer(self._mask)
        self._places = self._places[:, -1:] + 1

    def keep(self, rows: Any) -> None:
        """Go on with these rows only (indices)."""
        self._cache.batch_select_indices(rows)
        self._new, self._mask, self._places = self._new[rows], self._mask[rows], self._places[rows]


def _growing(cache: Any) -> Any:
    from wellread.models.growing import growing

    return growing(cache)


def _longer(mask: Any) -> Any:
    import torch

    return torch.cat([mask, mask.new_ones(len(mask), 1)], dim=1)
