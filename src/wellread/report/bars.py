"""Level bars from zero, one or two for each name, with intervals."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from wellread.report.axes import key
from wellread.report.svg import Scale, line, picture, tag, text, whisker
from wellread.report.wording import plain

Bar = tuple[float, float | None, float | None]
KINDS = ("strict", "soft")  # filled and outlined


def level_bars(
    id_: str, title: str, rows: Sequence[tuple[str, Sequence[Bar]]], names: Sequence[str], span: tuple[float, float],
    shown: Callable[[float], str],
) -> Markup:  # fmt: skip
    """Each of `rows` has a name and a bar (value, low, high) for each of `names`, at most two; `span` is the axis."""
    short = [label if len(label) <= 38 else f"…{label[-37:]}" for label, _ in rows]
    left, right, top = min(290.0, 20 + 7.4 * max(map(len, short))), 690.0, 34.0
    thick = 16.0 if len(names) == 1 else 10.0
    row = thick * len(names) + 12
    bottom = top + row * len(rows)
    at = Scale(*span, left, right)
    ticks = [v for v in at.ticks() if span[0] <= v <= span[1]]
    parts = [key(left + 120 * i, 14, f"bar {KINDS[i]}", name) for i, name in enumerate(names)]
    parts += [line(at(v), top, at(v), bottom, "grid") for v in ticks]
    parts += [text(at(v), bottom + 18, plain(v), "middle", "small") for v in ticks]
    for i, (label, (_, bars)) in enumerate(zip(short, rows, strict=True)):
        y = top + row * i + 6
        parts.append(text(left - 10, y + thick * len(bars) / 2 + 4.5, label, "end", "small"))
        for j, (value, low, high) in enumerate(bars):
            start, end = sorted((at(0), at(value)))
            parts.append(
                tag("rect", x=start, y=y + thick * j, width=end - start, height=thick - 2, class_=f"bar {KINDS[j]}")
            )
            if low is not None and high is not None:
                parts.append(whisker(at(low), y + thick * j + thick / 2 - 1, at(high), y + thick * j + thick / 2 - 1))
        parts.append(text(right + 12, y + thick * len(bars) / 2 + 4.5, shown(bars[0][0]), class_="small"))
    parts.append(line(at(0), top, at(0), bottom))
    said = "; ".join(f"{label}: {', '.join(shown(b[0]) for b in bars)}" for label, bars in rows)
    return picture(id_, title, f"{' and '.join(names)}. {said}.", (760, bottom + 28), parts)
