"""How often each example is seen: by exposures of its passage, by epochs, by count, or by its genre's share of the tokens."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Seq
from math import ceil
from typing import NamedTuple, TypeGuard

from wellread.errors import ConfigError, InputError, suggest
from wellread.records import REHEARSAL, UNRELATED, Example
from wellread.train.config import (
    ALONE,
    BESIDE_FEW,
    BESIDE_PAIRS,
    PAIR_WORDS,
    PAIRS_ALONE,
    PAIRS_AT_MOST,
    Part,
    TrainConfig,
)
from wellread.train.data import Item, told_of


def epochs(examples: Seq[Item], config: TrainConfig) -> list[int]:
    """How often each example is seen where the mixture says nothing of it. Tellings of one paper share its readings.

    Sections of one paper are no tellings of each other: each is read as often as the paper. A paper without pairs is
    learned from its texts alone, which takes more readings of each (docs/decisions/0003).
    """
    asked = {e.paper for e in examples if _is_pair(e) and e.maker != REHEARSAL}
    doses = _doses(examples, config.pair_epochs)
    texts = {e.id: told_of(e) for e in examples if isinstance(e, Example) and e.maker == "text"}
    told = Counter(texts.values())

    def times(example: Item) -> int:
        if example.maker == UNRELATED:
            return config.epochs or 1
        if example.maker == REHEARSAL:
            return 1
        if example.maker != "text":
            return doses[told_of(example)].pairs if _is_pair(example) else 1
        if config.epochs or (config.readings is None and example.paper not in asked):
            return config.epochs or ALONE
        what = texts[example.id]
        readings = config.readings or (doses[what].readings if what in doses else BESIDE_PAIRS)
        return max(1, round(readings / told[what]))

    return [times(e) for e in examples]


class Dose(NamedTuple):
    """How much of what one telling, or several, say."""

    pairs: int
    """How often each pair about it is seen."""
    readings: float
    """How often it is read beside them, in all its tellings."""


def _doses(examples: Seq[Item], pair_epochs: int | None) -> dict[tuple[str, str], Dose]:
    """What is told -> its dose: many pairs are seen seldom, few of them often, and a text is read less beside few.

    Other questions teach more than the same ones again (docs/decisions/0003, eighth round), and once a text is known by
    heart, reading it again teaches nothing (thirteenth round).
    """
    texts: dict[tuple[str, str], Counter[str]] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for e in examples:
        if _is_pair(e):
            pairs[told_of(e)] += len((e.prompt or "").split()) + len(e.text.split())
        elif isinstance(e, Example) and e.maker == "text":
            texts.setdefault(told_of(e), Counter())[e.id] += len(e.text.split())

    def dose(told: tuple[str, str], words: int) -> Dose:
        if told not in texts or not words:
            return Dose(pair_epochs or PAIRS_ALONE, BESIDE_PAIRS)
        made = words / max(1, *texts[told].values())  # words of pairs for each word of the longest text
        often = ceil(PAIR_WORDS / made - 0.25)  # rather once too often than too seldom
        seen = pair_epochs or min(PAIRS_AT_MOST, max(1, often))
        return Dose(seen, min(BESIDE_PAIRS, max(BESIDE_FEW, made * seen / 2)))

    return {told: dose(told, words) for told, words in pairs.items()}


def _is_pair(example: Item) -> TypeGuard[Example]:
    return isinstance(example, Example) and example.prompt is not None


def check_genres(genres: Iterable[str], config: TrainConfig) -> None:
    """Raise ConfigError where the mixture names a genre that isn't among those of the data."""
    known = set(genres)
    for name in config.mixture:
        if name not in known:
            raise ConfigError(f"train.mixture: no example is of the genre {name!r}", suggest(name, known))


def times(examples: Seq[Item], lengths: Seq[int], config: TrainConfig) -> list[int]:
    """How often each example, `lengths` tokens long, is seen.

    Pieces of one split text are examples of one id and are seen equally often. Raises ConfigError for shares that leave
    nothing to be a share of.
    """
    seen = epochs(examples, config)
    for genre, part in config.mixture.items():
        for i, n in _asked(examples, genre, part, config.seed).items():
            seen[i] = n
    _by_weight(examples, lengths, config, seen)
    if not any(seen):
        raise InputError("the mixture leaves nothing to train on", "Raise an epochs or count of train.mixture above 0.")
    return seen


def _asked(examples: Seq[Item], genre: str, part: Part, seed: int) -> dict[int, int]:
    """Example number -> how often, for one genre whose measure is not a weight."""
    mine = [i for i, e in enumerate(examples) if e.maker == genre]
    if part.epochs is not None:
        return dict.fromkeys(mine, part.epochs)
    if part.count is not None:
        return _spread(examples, mine, part.count, f"{seed}:{genre}")
    if part.exposures is None:
        return {}
    by_passage: dict[str, list[int]] = {}
    for i in mine:
        by_passage.setdefault(examples[i].passage, []).append(i)
    return {
        i: n
        for passage, some in by_passage.items()
        for i, n in _spread(examples, some, part.exposures, f"{seed}:{genre}:{passage}").items()
    }


def _spread(examples: Seq[Item], some: list[int], total: int, seed: str) -> dict[int, int]:
    """`total` exposures over the examples `some`, as evenly as it goes; chance says who gets one more."""
    ids = list(dict.fromkeys(examples[i].id for i in some))
    more = set(random.Random(seed).sample(ids, total % len(ids)))
    return {i: total // len(ids) + (examples[i].id in more) for i in some}


def _by_weight(examples: Seq[Item], lengths: Seq[int], config: TrainConfig, seen: list[int]) -> None:
    """Fill in the genres that have a weight, now that it is known how many tokens the others take."""
    here = {e.maker for e in examples}  # a stage of a chain may leave a genre aside
    weights = {g: p.weight for g, p in config.mixture.items() if p.weight is not None and g in here}
    if not weights:
        return
    fixed = sum(n * size for e, n, size in zip(examples, seen, lengths, strict=True) if e.maker not in weights)
    left = 1 - sum(weights.values())
    if left <= 0 or not fixed:
        raise ConfigError(
            f"train.mixture: weights of {sum(weights.values()):g} in all leave nothing that they are a share of",
            "Give one genre exposures, epochs or a count, and keep the sum of weights below 1.",
        )
    for genre, weight in weights.items():
        for i, n in _up_to(examples, lengths, genre, fixed * weight / left, config.seed).items():
            seen[i] = n


def _up_to(examples: Seq[Item], lengths: Seq[int], genre: str, tokens: float, seed: int) -> Mapping[int, int]:
    """As many exposures of a genre as come nearest to `tokens`: whole rounds, then a shuffled part of one."""
    ids: dict[str, list[int]] = {}
    for i, e in enumerate(examples):
        if e.maker == genre:
            ids.setdefault(e.id, []).append(i)
    sizes = {name: sum(lengths[i] for i in some) for name, some in ids.items()}
    rounds, rest = divmod(tokens, sum(sizes.values()))
    seen = dict.fromkeys(ids, int(rounds))
    for name in random.Random(f"{seed}:{genre}").sample(list(ids), len(ids)):
        if rest < sizes[name] / 2:
            break
        seen[name] += 1
        rest -= sizes[name]
    return {i: n for name, n in seen.items() for i in ids[name]}
