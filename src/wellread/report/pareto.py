"""The Pareto front: the trials that no other beats in one objective without losing in another."""

from collections.abc import Sequence

from wellread.studies import Study, Trial


def front(study: Study) -> list[Trial]:
    """The trials of the front, in order of the first objective. Trials without all values don't take part."""
    whole = complete(study)
    costs = [_costs(study.directions, t.values) for t in whole]
    best = [t for t, c in zip(whole, costs, strict=True) if not any(_beats(other, c) for other in costs)]
    return sorted(best, key=lambda t: t.values[0])


def complete(study: Study) -> list[Trial]:
    """The trials with a finite value of every objective."""
    return [t for t in study.trials if all(t.value(i) is not None for i in range(len(study.directions)))]


def _costs(directions: Sequence[str], values: Sequence[float]) -> list[float]:
    return [v if d == "minimize" else -v for d, v in zip(directions, values, strict=True)]


def _beats(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True)) and any(a < b for a, b in zip(one, other, strict=True))
