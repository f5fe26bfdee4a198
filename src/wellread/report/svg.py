"""Drawing in SVG: elements, axes, marks. Text and lines take the colour of the page, so that dark mode works.

Colours are classes (`c0`, `c1`, ...) that the page's style sheet maps to a palette for the scheme in use; each also has
a shape, so that nothing hangs on colour alone.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from wellread.report.wording import visible

SHAPES = ("circle", "square", "triangle", "diamond", "plus", "cross")


def tag(name: str, *inside: str, **attributes: object) -> Markup:
    """The element `name`, all text escaped. In attribute names '_' stands for '-'; `class_` is class; None is left out."""
    shown = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _value(value))
        for key, value in attributes.items()
        if value is not None
    )
    body = Markup("").join(part if isinstance(part, Markup) else escape(visible(part)) for part in inside)
    return Markup(f"<{name}{shown}>{body}</{name}>")


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else visible(str(value))


def picture(id_: str, title: str, desc: str, size: tuple[float, float], parts: Iterable[Markup]) -> Markup:
    """A whole <svg> of `size` (width, height), with its title and its content in words for those who can't see it."""
    width, height = size
    return tag(
        "svg",
        tag("title", title, id=f"{id_}-title"),
        tag("desc", desc, id=f"{id_}-desc"),
        *parts,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{id_}-title {id_}-desc",
        id=id_,
        class_="figure",
    )


def text(x: float, y: float, words: str, anchor: str = "start", class_: str | None = None) -> Markup:
    """`words` at (x, y); `anchor` is start, middle or end."""
    return tag("text", words, x=x, y=y, text_anchor=anchor, fill="currentColor", class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str = "axis") -> Markup:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_, stroke="currentColor")


def path(points: Iterable[tuple[float, float]], class_: str) -> Markup:
    """A line through `points`."""
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polyline", points=steps, class_=class_, fill="none", stroke="currentColor")


def whisker(x1: float, y1: float, x2: float, y2: float) -> Markup:
    """An interval from one point to the other, upright or level, with a cap at each end."""
    dx, dy = (0, 4) if y1 == y2 else (4, 0)
    caps = [line(x - dx, y - dy, x + dx, y + dy, "whisker") for x, y in ((x1, y1), (x2, y2))]
    return Markup("").join([line(x1, y1, x2, y2, "whisker"), *caps])


def mark(shape: str, x: float, y: float, class_: str) -> Markup:
    """A point of one of SHAPES, about 10 units wide."""
    colour = f"mark {class_}"
    if shape == "circle":
        return tag("circle", cx=x, cy=y, r=4.6, class_=colour)
    outlines: dict[str, list[tuple[float, float]]] = {
        "square": [(-4.2, -4.2), (4.2, -4.2), (4.2, 4.2), (-4.2, 4.2)],
        "triangle": [(0, -5.8), (5.4, 4.2), (-5.4, 4.2)],
        "diamond": [(0, -6), (6, 0), (0, 6), (-6, 0)],
        "plus": _star(0),
        "cross": _star(math.pi / 4),
    }
    corners = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in outlines[shape])
    return tag("polygon", points=corners, class_=colour)


def _star(turn: float) -> list[tuple[float, float]]:
    """A plus sign of arms 5.8 long and 3.4 wide, turned by `turn` radians."""
    corners = [(1.7, 5.8), (1.7, 1.7), (5.8, 1.7), (5.8, -1.7), (1.7, -1.7), (1.7, -5.8)]
    corners += [(-x, -y) for x, y in corners]
    cos, sin = math.cos(turn), math.sin(turn)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in corners]


@dataclass(frozen=True)
class Scale:
    """Maps values from `low` to `high` onto the picture, from `start` to `end`; `log` for a logarithmic axis."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """Where `value` stands in the picture; what lies outside stands at the edge."""
        turn: Callable[[float], float] = math.log10 if self.log else float
        low, high = turn(self.low), turn(self.high)
        # Each is divided first: the difference of two huge numbers would overflow.
        size = max(abs(low), abs(high)) or 1.0
        width = high / size - low / size
        share = (turn(min(max(value, self.low), self.high)) / size - low / size) / width if width else 0.5
        return self.start + share * (self.end - self.start)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values for the axis: steps of 1, 2 or 5; for a logarithmic axis also within each power of ten."""
        if self.log:
            low, high = math.log10(self.low), math.log10(self.high)
            first, last = math.floor(low), math.ceil(high)
            steps: Sequence[int] = (1, 2, 5) if high - low <= 2.5 else (1,)
            every = max(1, (last - first) // most)
            found = [10.0**power * step for power in range(first, last + 1, every) for step in steps]
            return [v for v in found if self.low <= v <= self.high]
        step = _round_step((self.high / most - self.low / most) or 1.0)
        first = math.ceil(self.low / step - 1e-9)
        return [n * step for n in range(first, math.floor(self.high / step + 1e-9) + 1)]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)
