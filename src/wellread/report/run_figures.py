"""The three figures of a report: scores of each condition, score against number of texts, loss curve."""

import math
from collections.abc import Sequence
from itertools import accumulate

from markupsafe import Markup

from wellread.records import Score
from wellread.report.axes import COLOURS, axis_names, end_labels, frame, key
from wellread.report.data import Condition, LossPoint, ReportData
from wellread.report.drawing import Drawing
from wellread.report.grid import CellMean, cell_means
from wellread.report.svg import SHAPES, Scale, line, mark, path, picture, tag, text, whisker
from wellread.report.wording import MISSING, count, interval, known, number

MOST_POINTS = 400  # a loss curve is drawn with no more points than the page has room for


def score_bars(conditions: Sequence[Condition]) -> Markup:
    """Level bars, strict (filled) above soft (outlined), one pair for each condition; '' without conditions."""
    if not conditions:
        return Markup()
    # About 7.5 units a letter: the labels are as long as their writer made them.
    left = min(300.0, 24 + 7.5 * max(len(c.label) for c in conditions))
    right, row, top = 680.0, 62.0, 34.0
    bottom = top + row * len(conditions)
    at = Scale(0, 1, left, right)
    parts = [key(left, 14, "bar strict", "strict"), key(left + 90, 14, "bar soft", "soft")]
    parts += [whisker(left + 170, 10, left + 194, 10), text(left + 204, 14, "95% interval", class_="small")]
    for value in (0, 0.25, 0.5, 0.75, 1):
        parts += [
            line(at(value), top, at(value), bottom, "grid"),
            text(at(value), bottom + 18, f"{value:g}", "middle", "small"),
        ]
    said = []
    for i, condition in enumerate(conditions):
        y = top + row * i + 12
        parts.append(text(0, y + 22, condition.label, class_="label"))
        parts += _bar(condition.strict, at, y, 20, "strict") + _bar(condition.soft, at, y + 25, 11, "soft")
        said.append(f"{condition.label}: strict {_words(condition.strict)}, soft {_words(condition.soft)}.")
    parts += [line(left, top, left, bottom), text((left + right) / 2, bottom + 38, "score", "middle", "small")]
    return picture("figure-scores", "Scores of each condition", " ".join(said), (760, bottom + 46), parts)


def _bar(score: Score, at: Scale, y: float, height: float, name: str) -> list[Markup]:
    if not known(score.value):
        return [text(at(0) + 8, y + height - 3, f"{name} {MISSING}", class_="small faint")]
    parts = [tag("rect", x=at(0), y=y, width=at(score.value) - at(0), height=height, class_=f"bar {name}")]
    edge = at(score.value)
    if known(score.low) and known(score.high):
        edge = max(edge, at(score.high))
        parts.append(whisker(at(score.low), y + height / 2, at(score.high), y + height / 2))
    shown = text(
        edge + 12, y + height / 2 + 5, number(score.value), class_="value" if name == "strict" else "small faint"
    )
    return [*parts, shown]


def _words(score: Score) -> str:
    if not known(score.value):
        return MISSING
    return f"{number(score.value)} ({interval(score)})" if interval(score) else number(score.value)


def grid_lines(means: Sequence[CellMean]) -> Markup:
    """Score against number of texts, one line for each number of epochs; '' without cells.

    Strict with marks and whiskers, soft as a faint dashed second. Points of one number of texts stand a little apart, so
    that their whiskers can be told from one another.
    """
    if not means:
        return Markup()
    left, right, top, bottom = 64.0, 640.0, 16.0, 350.0
    texts, epochs = sorted({m.texts for m in means}), sorted({m.epochs for m in means})
    across, up = Scale(texts[0] - 0.3, texts[-1] + 0.3, left, right), Scale(0, 1, bottom, top)
    parts = frame(left, right, bottom, up, [0, 0.2, 0.4, 0.6, 0.8, 1])
    labelled = texts if len(texts) <= 12 else [int(t) for t in across.ticks(10) if t == int(t)]
    parts += [text(across(t), bottom + 20, str(t), "middle", "small") for t in labelled]
    parts += axis_names((left + right) / 2, bottom + 44, "number of texts about the paper", (top + bottom) / 2, "score")
    ends: list[tuple[float, str, str, str]] = []
    said: list[str] = []
    for i, n in enumerate(epochs):
        shift = (i - (len(epochs) - 1) / 2) * min(7.0, 24 / len(epochs))
        row = [m for m in means if m.epochs == n]
        colour, shape = f"c{i % COLOURS}", SHAPES[i % len(SHAPES)]
        soft = [(across(m.texts) + shift, up(m.soft.value)) for m in row if m.soft.value is not None]
        strict = [(across(m.texts) + shift, up(m.strict.value)) for m in row if m.strict.value is not None]
        parts += [path(soft, f"line soft {colour}"), path(strict, f"line {colour}")]
        for m in row:
            if m.strict.low is not None and m.strict.high is not None:
                x = across(m.texts) + shift
                parts.append(whisker(x, up(m.strict.low), x, up(m.strict.high)))
        parts += [mark(shape, x, y, colour) for x, y in strict]
        if strict:
            ends.append((strict[-1][1], shape, colour, count(n, "epoch")))
        said.append(
            f"{count(n, 'epoch')}: " + ", ".join(f"{count(m.texts, 'text')} {_words(m.strict)}" for m in row) + "."
        )
    parts += end_labels(right + 22, sorted(ends))
    return picture("figure-grid", "Strict score against number of texts", " ".join(said), (760, bottom + 56), parts)


def loss_curve(losses: Sequence[LossPoint]) -> Markup:
    """Loss against optimiser step, the learning rate faint behind it; '' where no loss is a number.

    The axis is logarithmic where the loss spans more than a factor of 30. A long curve is drawn faint, its running
    mean on top.
    """
    points = [p for p in losses if math.isfinite(p.loss)]
    if not points:
        return Markup()
    left, right, top, bottom = 64.0, 680.0, 34.0, 310.0
    low, high = min(p.loss for p in points), max(p.loss for p in points)
    log = low > 0 and high / low > 30
    across = Scale(min(p.step for p in points), max(p.step for p in points), left, right)
    up = Scale(low / 1.2 if log else min(low, 0.0), max(high, low + 1e-9), bottom, top, log)
    parts = frame(left, right, bottom, up, up.ticks())
    parts += [text(across(s), bottom + 20, f"{s:,.0f}", "middle", "small") for s in across.ticks() if s == int(s)]
    parts += axis_names(
        (left + right) / 2, bottom + 44, "optimiser step", (top + bottom) / 2, "loss (log axis)" if log else "loss"
    )
    rates = [(p.step, p.lr) for p in points if p.lr is not None and math.isfinite(p.lr)]
    peak = max((lr for _, lr in rates), default=0.0)
    if peak > 0:
        rate = Scale(0, peak, bottom, top + 8)
        parts.append(path(_thinned([(across(s), rate(lr)) for s, lr in rates]), "line rate"))
        key = path([(right - 190, 12), (right - 166, 12)], "line rate")
        parts += [key, text(right - 158, 16, f"learning rate, peak {peak:.2g}", class_="small faint")]
    noisy = len(points) > 60
    drawn = _thinned([(across(p.step), up(p.loss)) for p in points])
    parts.append(path(drawn, "line c0 thin noise" if noisy else "line c0 thin"))
    last = points[-1].loss
    if noisy:
        means = _running_mean([p.loss for p in points])
        drawn, last = _thinned([(across(p.step), up(m)) for p, m in zip(points, means, strict=True)]), means[-1]
        parts.append(path(drawn, "line c0"))
    parts += [mark("circle", *drawn[-1], "c0"), text(right + 12, drawn[-1][1] + 5, f"{last:.3g}", class_="label")]
    desc = (
        f"Loss from {points[0].loss:.3g} at step {points[0].step} to {points[-1].loss:.3g} at step {points[-1].step}."
    )
    return picture("figure-loss", "Training loss", desc, (760, bottom + 56), parts)


def _running_mean(values: Sequence[float]) -> list[float]:
    """The mean of each value and those just before it, a fortieth of all."""
    size = max(1, len(values) // 40)
    sums = [0.0, *accumulate(value / size for value in values)]
    ends = range(1, len(sums))
    return [(sums[i] - sums[max(0, i - size)]) * size / min(i, size) for i in ends]


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most MOST_POINTS of `points`: from each stretch the highest and the lowest, so that no spike is lost."""
    if len(points) <= MOST_POINTS:
        return list(points)
    size = math.ceil(len(points) / (MOST_POINTS // 2 - 1))
    kept = {0, len(points) - 1}
    for start in range(0, len(points), size):
        stretch = range(start, min(start + size, len(points)))
        kept |= {min(stretch, key=lambda i: points[i][1]), max(stretch, key=lambda i: points[i][1])}
    return [points[i] for i in sorted(kept)]


def drawings(data: ReportData) -> dict[str, Drawing]:
    """The figures of a run that can be drawn, with their numbers, by name."""
    means = cell_means(data.grid)
    parts: dict[str, tuple[Markup, tuple[str, ...], list[tuple[object, ...]]]] = {
        "grid": (
            grid_lines(means),
            ("texts", "epochs", "strict", "low", "high", "soft", "runs"),
            [(m.texts, m.epochs, m.strict.value, m.strict.low, m.strict.high, m.soft.value, m.strict.n) for m in means],
        ),
        "scores": (
            score_bars(data.conditions),
            ("condition", "strict", "low", "high", "n", "soft"),
            [(c.label, c.strict.value, c.strict.low, c.strict.high, c.strict.n, c.soft.value) for c in data.conditions],
        ),
        "loss": (
            loss_curve(data.losses),
            ("step", "loss", "learning rate"),
            [(p.step, p.loss, p.lr) for p in data.losses],
        ),
    }
    return {name: Drawing(svg, "", columns, tuple(rows)) for name, (svg, columns, rows) in parts.items() if svg}
