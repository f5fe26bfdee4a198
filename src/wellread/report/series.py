"""Trials as series of points: grouped by one setting, trials of equal settings put together as a mean."""

from collections.abc import Callable, Iterable, Sequence

from wellread.report.grid import student
from wellread.report.material import Row
from wellread.report.plot import Point, Series
from wellread.report.wording import plain

MOST = 6  # groups that shapes and colours can tell apart
FEW = 12  # places on the axis up to which a line through the means is honest

Get = Callable[[Row], float | None]


def series(
    rows: Iterable[Row], x: Get, y: Get, by: Get | None = None, noun: str = "", *, means: bool = True
) -> list[Series]:
    """One series for each value of `by` (each range of it, where there are many), over the rows that have all three.

    With `means`, and where few places of x were tried, a point is the mean of the trials there with Student's 95% interval.
    """
    whole = [r for r in rows if x(r) is not None and y(r) is not None and (by is None or by(r) is not None)]
    if not whole:
        return []
    groups = grouped(whole, by, noun) if by else [("", whole)]
    together = means and len({x(r) for r in whole}) <= FEW
    return [Series(label, _points(g, x, y, together), joined=together) for label, g in groups]


def _points(rows: Sequence[Row], x: Get, y: Get, together: bool) -> tuple[Point, ...]:
    pairs = [(x(r) or 0.0, y(r) or 0.0, r) for r in rows]
    if not together:
        return tuple(Point(px, py) for px, py, _ in sorted(pairs, key=lambda p: p[:2]))
    points, share = [], all(0 <= py <= 1 for _, py, _ in pairs)
    for place in sorted({px for px, _, _ in pairs}):
        here = [(py, r) for px, py, r in pairs if px == place]
        mean, low, high = student([py for py, _ in here])
        if len(here) == 1 and here[0][0] == here[0][1].score:  # a single trial has the interval of its examination
            low, high = here[0][1].low, here[0][1].high
        if share and low is not None and high is not None:  # a score can't be outside of 0 and 1
            low, high = max(0.0, low), min(1.0, high)
        points.append(Point(place, mean, low, high))
    return tuple(points)


def grouped(rows: Sequence[Row], by: Get, noun: str) -> list[tuple[str, list[Row]]]:
    """The rows by value of `by`, in ascending order; by quarters of the rows where there are more than MOST values."""
    values = sorted(v for r in rows if (v := by(r)) is not None)
    distinct = sorted(set(values))
    if len(distinct) <= MOST:
        return [(_counted(plain(v), noun), [r for r in rows if by(r) == v]) for v in distinct]
    edges = sorted({values[len(values) * i // 4] for i in range(1, 4)})
    found = []
    for low, high in zip([None, *edges], [*edges, None], strict=True):
        part = [r for r in rows if _within(by(r), low, high)]
        if part:
            inside = [v for r in part if (v := by(r)) is not None]
            span = plain(min(inside)) if min(inside) == max(inside) else f"{plain(min(inside))} to {plain(max(inside))}"
            found.append((_counted(span, noun), part))
    return found


def _counted(span: str, noun: str) -> str:
    return f"{span} {noun}{'' if span == '1' else 's'}" if noun else span


def caption(drawn: Sequence[Series]) -> str:
    """What marks, lines and whiskers are."""
    if not any(s.joined for s in drawn):
        return "Each mark is a trial."
    spread = any(p.low is not None for s in drawn for p in s.points)
    return "Each mark is the mean over the trials there" + ("; whiskers are 95% intervals." if spread else ".")


def _within(value: float | None, low: float | None, high: float | None) -> bool:
    return value is not None and (low is None or value >= low) and (high is None or value < high)
