"""In which order what is seen comes: laid out whole, before training starts."""

from collections.abc import Sequence as Seq

from wellread.train.config import TrainConfig
from wellread.train.data import Item, kind_of
from wellread.train.schedule import Batch, in_batches, lay_out
from wellread.train.sequence import Sequence


def arrange(sequences: Seq[Sequence], items: Seq[Item], times: Seq[int], config: TrainConfig) -> list[Batch]:
    """Batches in which sequence i, made from `items[i]`, is seen `times[i]` times, in `config.order`.

    The two sequences of a preference always come together, chosen before rejected.
    """
    members = 2 if items and kind_of(items[0]) == "preference" else 1
    units = _units(sequences, members)
    seen = list(times)[::members]
    if config.order in ("shuffled", "curriculum"):
        batches = lay_out(units, seen, config.batch_tokens, config.seed)
        if config.order == "curriculum":
            batches = _short_first(batches, units, config.batch_tokens)
    else:
        asks = [kind_of(item) != "text" for item in items[::members]]
        texts = lay_out(units, _only(seen, asks, False), config.batch_tokens, config.seed)
        questions = lay_out(units, _only(seen, asks, True), config.batch_tokens, config.seed)
        batches = texts + questions if config.order == "texts_then_questions" else _interleave(texts, questions)
    return [[members * i + k for i in batch for k in range(members)] for batch in batches]


def turn(batches: Seq[Batch], items: Seq[Item], config: TrainConfig) -> int:
    """After how many batches pairs follow on texts; 0 where they are mixed."""
    if config.order != "texts_then_questions":
        return 0
    return sum(kind_of(items[batch[0]]) == "text" for batch in batches)


def _units(sequences: Seq[Sequence], members: int) -> list[Sequence]:
    """What is laid out: the sequences, or pairs of them as one."""
    if members == 1:
        return list(sequences)
    pairs = zip(sequences[::2], sequences[1::2], strict=True)
    return [Sequence(a.ids + b.ids[b.shared :], a.labels + b.labels[b.shared :], a.example, a.shared) for a, b in pairs]


def _only(seen: Seq[int], asks: Seq[bool], which: bool) -> list[int]:
    return [n if ask is which else 0 for n, ask in zip(seen, asks, strict=True)]


def _interleave(first: list[Batch], second: list[Batch]) -> list[Batch]:
    """Both lists in their own order, each spread evenly over the whole."""
    places = [((k + 0.5) / len(some), which, k) for which, some in enumerate((first, second)) for k in range(len(some))]
    return [(first, second)[which][k] for _, which, k in sorted(places)]


def _short_first(batches: list[Batch], units: Seq[Sequence], batch_tokens: int) -> list[Batch]:
    """Each time through, the short ones first: a round ends where a sequence comes up that it has held already."""
    rounds: list[list[int]] = [[]]
    held: set[int] = set()
    for i in (i for batch in batches for i in batch):
        if i in held:
            rounds.append([])
            held = set()
        rounds[-1].append(i)
        held.add(i)
    done: list[Batch] = []
    for some in rounds:
        by_length = sorted(some, key=lambda i: len(units[i]))
        done += in_batches(by_length, units, batch_tokens)
    return done
