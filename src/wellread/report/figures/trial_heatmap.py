"""All trials side by side, the best at the left: which settings the good ones share.

Source: Hatakeyama-Sato et al. 2023, task 2. A dark cell is a high value of its parameter, or a setting that is on.
"""

from markupsafe import Markup

from wellread.report.correlations import columns
from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.svg import Scale, picture, tag, text
from wellread.report.wording import plain

TITLE = "Trials and their settings, best first"
PLACE = 26
MOST = 400  # trials; beyond, every so-manieth by rank is drawn
LINES = 40
ROW, TOP, STRIP = 18.0, 8.0, 54.0


def draw(material: Material) -> Drawing:
    """Raises LackingError with fewer than two trials, or without parameters."""
    ranked = material.best_first
    if len(ranked) < 2 or not material.study.parameters:
        raise LackingError("needs two trials with a value, and parameters")
    step = -(-len(ranked) // MOST)
    shown = ranked[::step]
    points = [(r.trial.params, r.goal) for r in shown]
    lines = [line for p in material.study.parameters for line in columns(p, points)]
    left = min(260.0, 20 + 7.2 * max(len(_short(name)) for name, _ in lines))
    across = Scale(0, len(shown), left, 740)
    parts = _strip([r.goal for r in shown], across, material.goal)
    for i, (name, values) in enumerate(lines[:LINES]):
        y = TOP + STRIP + 14 + ROW * i
        parts.append(text(left - 10, y + ROW - 5, _short(name), "end", "small"))
        parts += _cells(values, across, y)
    height = TOP + STRIP + 14 + ROW * min(len(lines), LINES)
    parts += [text(left, height + 20, "best", class_="small"), text(740, height + 20, "worst", "end", "small")]
    every = f" Of {len(ranked)} trials every {step}th by rank is drawn." if step > 1 else ""
    more = f" {len(lines) - LINES} more settings aren't drawn." if len(lines) > LINES else ""
    desc = f"{len(shown)} trials, {plain(shown[0].goal)} to {plain(shown[-1].goal)}, with {len(lines)} settings each."
    return Drawing(
        picture("figure-trials", TITLE, desc, (760, height + 28), parts),
        f"A column is a trial; its bar is its value. Dark: a high value of the parameter within what was tried, or a setting "
        f"that is on; empty: off or lowest; a dot: the trial has no such setting.{every}{more}",
        ("trial", material.goal, *(p.name for p in material.study.parameters)),
        tuple(
            (r.trial.number, r.goal, *(r.trial.params.get(p.name) for p in material.study.parameters)) for r in ranked
        ),
    )


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"…{name[-31:]}"


def _strip(goals: list[float], across: Scale, name: str) -> list[Markup]:
    low, high = min(*goals, 0.0), max(*goals, 0.0)
    up = Scale(low, high if high > low else low + 1, TOP + STRIP, TOP)
    wide = max(0.5, across(1) - across(0) - 0.5)
    bars = []
    for i, goal in enumerate(goals):
        y = sorted((up(goal), up(0)))
        bars.append(
            tag(
                "rect",
                x=f"{across(i):.2f}",
                y=y[0],
                width=f"{wide:.2f}",
                height=max(0.6, y[1] - y[0]),
                class_="bar strict",
            )
        )
    start = across(0)
    return [
        *bars,
        text(start - 10, TOP + 12, plain(high), "end", "small"),
        text(start - 10, TOP + STRIP, name[:32], "end", "small"),
    ]


def _cells(values: list[float | None], across: Scale, y: float) -> list[Markup]:
    """A rectangle for each value, as dark as it is high; equal neighbours are one."""
    known = [v for v in values if v is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    parts, i = [tag("rect", x=across(0), y=y, width=across(len(values)) - across(0), height=ROW - 2, class_="cell")], 0
    while i < len(values):
        end = i + 1
        while end < len(values) and values[end] == values[i]:
            end += 1
        value, x, wide = values[i], across(i), across(end) - across(i)
        if value is None:
            parts.append(tag("circle", cx=x + wide / 2, cy=y + ROW / 2 - 1, r=1.2, class_="mark c5"))
        elif high > low and value > low:
            shade = f"{0.08 + 0.82 * (value - low) / (high - low):.2f}"
            parts.append(
                tag("rect", x=f"{x:.2f}", y=y, width=f"{wide:.2f}", height=ROW - 2, class_="heat", fill_opacity=shade)
            )
        i = end
    return parts
