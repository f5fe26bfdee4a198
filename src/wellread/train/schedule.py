"""Which texts are seen when: the whole run laid out before it starts.

All batches of all epochs are one list, drawn from the seed. So the number of steps is known, warm-up and decay span
the whole run, the dose can be counted instead of estimated, and resuming means to go on at batch number k.
"""

import random
from collections import Counter
from collections.abc import Sequence as Seq

from wellread.train.sequence import Sequence

Batch = list[int]
"""Indices of the sequences that are packed together."""


def lay_out(sequences: Seq[Sequence], epochs: Seq[int], batch_tokens: int, seed: int) -> list[Batch]:
    """Batches in which sequence i is seen `epochs[i]` times, at most `batch_tokens` tokens each.

    Exposures of one sequence are spread evenly: it is seen once in each of its epochs, and an epoch is shuffled. A
    sequence longer than `batch_tokens` is a batch of its own. No batch holds the same sequence twice.
    """
    order = random.Random(seed)
    rounds = max(epochs, default=0)
    batches: list[Batch] = []
    # A sequence with fewer epochs than there are rounds takes part in evenly spaced ones. Each counts from its own, or
    # all that are seen once would come in the last.
    begin = [order.randrange(rounds) for _ in epochs] if rounds else []
    for r in range(rounds):
        due = [i for i, n in enumerate(epochs) if ((r + 1) * n + begin[i]) // rounds > (r * n + begin[i]) // rounds]
        order.shuffle(due)
        batches += in_batches(due, sequences, batch_tokens)
    return batches


def in_batches(due: list[int], sequences: Seq[Sequence], batch_tokens: int) -> list[Batch]:
    """The sequences `due`, in their order, in batches of at most `batch_tokens` tokens."""
    batches: list[Batch] = []
    room = 0
    for i in due:
        size = len(sequences[i]) - sequences[i].shared
        if not batches or size > room:
            batches.append([])
            room = batch_tokens
        batches[-1].append(i)
        room -= size
    return batches


def exposures(batches: list[Batch]) -> Counter[int]:
    """How often each sequence is seen."""
    return Counter(i for batch in batches for i in batch)
