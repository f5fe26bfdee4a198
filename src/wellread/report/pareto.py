"""The Pareto front: the trials that no other beats in one objective without losing in another."""

from collections.abc import Sequence

from wellread.studies import Study, Trial


def front(study: Study) -> list[Trial]:
    """The trials of the front, in order of the first objective. Trials without all values don't take part."""
    best: list[tuple[list[float], Trial]] = []
    # In order of the costs nothing that comes later can beat what came before.
    for cost, trial in sorted(((_costs(study.directions, t.values), t) for t in complete(study)), key=lambda c: c[0]):
        if not any(_beats(other, cost) for other, _ in best):
            best.append((cost, trial))
    return sorted((trial for _, trial in best), key=lambda t: t.values[0])


def complete(study: Study) -> list[Trial]:
    """The trials with a finite value of every objective."""
    return [t for t in study.trials if all(t.value(i) is not None for i in range(len(study.directions)))]


def _costs(directions: Sequence[str], values: Sequence[float]) -> list[float]:
    return [v if d == "minimize" else -v for d, v in zip(directions, values, strict=True)]


def _beats(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True)) and any(a < b for a, b in zip(one, other, strict=True))
