"""What figures share: the frame with its grid lines, the names of the axes, labels beside the ends of lines, keys."""

from collections.abc import Sequence

from markupsafe import Markup

from wellread.report.svg import Scale, line, mark, tag, text
from wellread.report.wording import plain

COLOURS = 6  # c0 ... c5 of the style sheet


def frame(left: float, right: float, bottom: float, up: Scale, ticks: Sequence[float]) -> list[Markup]:
    """Level lines at `ticks`, their values, and the axis at the bottom."""
    parts = [line(left, up(v), right, up(v), "grid") for v in ticks]
    parts += [text(left - 10, up(v) + 4, plain(v), "end", "small") for v in ticks]
    return [*parts, line(left, bottom, right, bottom)]


def axis_names(x: float, y: float, across: str, middle: float, up: str) -> list[Markup]:
    """What the axes mean: `across` under the picture at (x, y), `up` turned at its left."""
    turned = tag(
        "text",
        up,
        transform=f"translate(16 {middle:.0f}) rotate(-90)",
        text_anchor="middle",
        fill="currentColor",
        class_="small",
    )
    return [text(x, y, across, "middle", "small"), turned]


def end_labels(x: float, ends: Sequence[tuple[float, str, str, str]]) -> list[Markup]:
    """Names of the lines beside their ends, pushed apart where the lines meet. `ends`: y, shape, colour, words; by y."""
    gap, highest = 19.0, 8.0
    pushed: list[float] = []
    for y, *_ in ends:
        pushed.append(max(y, pushed[-1] + gap) if pushed else y)
    # Pushing went down only; half of the way back keeps a bunch of labels at the height of its lines.
    lift = max((after - end[0] for after, end in zip(pushed, ends, strict=True)), default=0.0) / 2
    lift = min(lift, pushed[0] - highest) if pushed else 0.0
    parts = []
    for y, (_, shape, colour, words) in zip(pushed, ends, strict=True):
        parts += [mark(shape, x, y - lift, colour), text(x + 12, y - lift + 4.5, words, class_="label")]
    return parts


def key(x: float, y: float, class_: str, words: str) -> Markup:
    """A small bar with what it stands for."""
    return tag("rect", x=x, y=y - 9, width=20, height=10, class_=class_) + text(x + 28, y, words, class_="small")
