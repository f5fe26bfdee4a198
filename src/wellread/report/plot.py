"""Points over two axes: the figure that most questions about a search come down to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from markupsafe import Markup

from wellread.report.axes import COLOURS, axis_names, frame
from wellread.report.svg import SHAPES, Scale, line, mark, path, picture, text, whisker
from wellread.report.wording import plain

WHISKERS = 60  # more points than this and their intervals would hide them
MANY = 60
LEFT, TOP, BOTTOM = 84.0, 18.0, 350.0


@dataclass(frozen=True)
class Point:
    """A value with its interval, where one is known."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """Points that belong together: one colour and one shape. `joined` ones have a line through them,
    `marked` ones a mark at each."""

    label: str
    points: tuple[Point, ...]
    joined: bool = False
    marked: bool = True


@dataclass(frozen=True)
class Axis:
    """What an axis means, with its unit; and whether its steps are factors."""

    label: str
    log: bool = False


def xy(
    id_: str, title: str, series: Sequence[Series], across: Axis, up: Axis, levels: Sequence[tuple[float, str]] = ()
) -> Markup:
    """The series over two axes; `levels` are dashed lines at a height, with their words."""
    points = [p for s in series for p in s.points]
    named = len(series) > 1
    right = 640.0 if named or levels else 730.0
    x = _scale([p.x for p in points], across.log, LEFT + 14, right - 10)
    heights = [
        v for p in points for v in (p.y, p.low, p.high) if (v is not None and len(points) <= WHISKERS) or v == p.y
    ]
    y = _scale([*[h for h in heights if h is not None], *(v for v, _ in levels)], up.log, BOTTOM - 8, TOP, floor=True)
    parts = frame(LEFT, right, BOTTOM, y, _ticks(y, [], up.log))
    for value in _ticks(x, [p.x for p in points], across.log):
        parts.append(text(x(value), BOTTOM + 20, "0" if across.log and value == 0 else plain(value), "middle", "small"))
    parts += axis_names((LEFT + right) / 2, BOTTOM + 44, _named(across), (TOP + BOTTOM) / 2, _named(up))
    for value, words in levels:
        parts += [line(LEFT, y(value), right, y(value), "level"), text(right + 6, y(value) + 4, words, class_="small")]
    for i, one in enumerate(series):
        parts += _drawn(one, i, x, y, len(points))
        if named:
            parts.append(_sample(one, i, right + 24, TOP + 8 + 24 * i))
            parts += [text(right + 38, TOP + 12.5 + 24 * i, one.label, class_="label")]
    width = 800 if named else 760
    return picture(id_, title, _words(series, across, up), (width, BOTTOM + 56), parts)


def _sample(one: Series, i: int, x: float, y: float) -> Markup:
    """What a series looks like, for the key."""
    if one.marked:
        return mark(SHAPES[i % len(SHAPES)], x, y, f"c{i % COLOURS}")
    return path([(x - 10, y), (x + 10, y)], f"line c{i % COLOURS} dash{i % COLOURS}")


def _drawn(one: Series, i: int, x: Scale, y: Scale, many: int) -> list[Markup]:
    colour, shape = f"c{i % COLOURS}", SHAPES[i % len(SHAPES)]
    shift = 0.0 if many > WHISKERS else (i % 2 * 2 - 1) * (i + 1) // 2 * 2.5
    at = [(x(p.x) + shift, y(p.y)) for p in one.points]
    parts = [path(at, f"line {colour} dash{i % COLOURS}")] if one.joined and len(at) > 1 else []
    if many <= WHISKERS:
        spread = [
            (px, p) for (px, _), p in zip(at, one.points, strict=True) if p.low is not None and p.high is not None
        ]
        parts += [whisker(px, y(p.low), px, y(p.high)) for px, p in spread if p.low is not None and p.high is not None]
    return parts + [mark(shape, px, py, f"{colour} many" if many > MANY else colour) for px, py in at if one.marked]


def _named(axis: Axis) -> str:
    return f"{axis.label} (log axis)" if axis.log else axis.label


def _scale(values: Sequence[float], log: bool, start: float, end: float, floor: bool = False) -> Scale:
    """A scale with room at its ends. On a logarithmic one 0 stands at the near end; `floor` keeps 0 in sight."""
    low, high = min(values), max(values)
    if log:
        positive = [v for v in values if v > 0]
        low, high = min(positive), max(positive)
        return Scale(low / (4 if min(values) <= 0 else 1.15), high * 1.15, start, end, log=True)
    if floor and low >= 0 and low < 0.5 * high:
        low = 0.0
    room = (high - low) * 0.04 or abs(high) * 0.1 or 0.5
    return Scale(low - (room if low else 0.0), high + room, start, end)


def loggable(values: Sequence[float]) -> bool:
    """Whether steps of a factor serve these values better: none below 0, a wide span, and most of them at its low end."""
    positive = [v for v in values if v > 0]
    return (
        bool(positive)
        and min(values) >= 0
        and max(positive) > 20 * min(positive)
        and median(positive) < max(positive) / 4
    )


def _ticks(scale: Scale, values: Sequence[float], log: bool) -> list[float]:
    """Each of the values where they are few and stand apart; else round ones."""
    few = sorted(set(values))
    places = [scale(v) for v in few]
    if few and len(few) <= 12 and all(b - a > 34 for a, b in pairwise(places)):
        return few
    ticks = scale.ticks()
    if log and values and min(values) <= 0:
        return [0.0, *(t for t in ticks if scale(t) - scale(scale.low) > 34)]
    return ticks


def _words(series: Sequence[Series], across: Axis, up: Axis) -> str:
    parts = []
    for one in series:
        shown = ", ".join(f"{plain(p.x)}: {plain(p.y)}" for p in one.points[:30])
        more = f" and {len(one.points) - 30} more points" if len(one.points) > 30 else ""
        parts.append(f"{one.label + ': ' if one.label else ''}{shown}{more}.")
    return f"{up.label} against {across.label}. " + " ".join(parts)
