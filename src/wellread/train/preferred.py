"""What a model prefers: how much likelier it finds the chosen answers than the rejected ones."""

from typing import TYPE_CHECKING

from wellread.records import Frozen
from wellread.train.loss import learned, logprobs

if TYPE_CHECKING:
    from wellread.train.prepare import Prepared

MOST = 64
"""So many preferences are looked at, evenly drawn."""


class Preferred(Frozen):
    """Over `n` preferences: the mean log-probability of the chosen answer less that of the rejected one, and how often it is more."""

    margin: float
    share: float
    n: int


def preferred(ready: "Prepared") -> Preferred | None:
    """What the model of `ready` prefers of its own preferences, in nats over whole answers; None where it has none.

    Source: the margin of Rafailov et al. 2023 (arXiv 2305.18290), without beta, and not against the model before training.
    """
    if ready.members != 2:
        return None
    pairs = len(ready.encoded.sequences) // 2
    chosen = range(0, pairs, -(-pairs // MOST))
    margins = [_likelihood(ready, 2 * i) - _likelihood(ready, 2 * i + 1) for i in chosen]
    return Preferred(
        margin=round(sum(margins) / len(margins), 4),
        share=round(sum(m > 0 for m in margins) / len(margins), 4),
        n=len(margins),
    )


def told(before: Preferred, after: Preferred) -> str:
    """One line: what training did to the preferences."""
    return (
        f"of {after.n} preferences the chosen answer was the likelier one in {before.share:.0%}, now in {after.share:.0%}; "
        f"by {before.margin:.1f} nats, now by {after.margin:.1f}"
    )


def _likelihood(ready: "Prepared", i: int) -> float:
    import torch

    from wellread.train.loop import autocast
    from wellread.train.packing import pack

    model, training = ready.model, ready.model.training
    model.eval()
    batch = {name: t.to(ready.device.torch) for name, t in pack([ready.encoded.sequences[i]]).items()}
    with torch.no_grad(), autocast(ready.device):
        found = float(logprobs(model, batch, learned(batch)).sum())
    model.train(training)
    return found
