"""The score table as plain text, for a terminal or a log."""

from collections.abc import Sequence

from wellread.records import Score
from wellread.report.data import ReportData
from wellread.report.grid import cell_means
from wellread.report.summary import headline
from wellread.report.wording import interval, number, visible


def render_text(data: ReportData) -> str:
    """The headline, then aligned columns: a row for each condition, and one for each cell of a grid."""
    parts = [visible(headline(data))]
    if data.grid:
        parts.append(_grid_table(data))
    if data.conditions:
        parts.append(_score_table(data))
    return "\n\n".join(parts) + "\n"


def _score_table(data: ReportData) -> str:
    """`n`, unscored and interval are those of the strict score."""
    rows = [["condition", "soft", "strict", "n", "unscored", "95% interval", *data.kinds]]
    for c in data.conditions:
        kinds = [c.by_kind.get(kind, {}).get("strict", Score(value=None, n=0)) for kind in data.kinds]
        rows.append([c.label, number(c.soft.value), *_strict(c.strict), *(number(s.value) for s in kinds)])
    return aligned(rows)


def _grid_table(data: ReportData) -> str:
    means = cell_means(data.grid)
    also = ["kept", "of"] if any(m.kept for m in means) else []
    rows = [["texts", "epochs", "soft", "strict", "runs", "unscored", "95% interval", "collapsed", *also]]
    for m in means:
        counts = [str(m.texts), str(m.epochs), number(m.soft.value)]
        kept = [number(m.kept.value), str(m.kept.n)] if m.kept else ["-" for _ in also]
        rows.append([*counts, *_strict(m.strict), str(m.collapsed), *kept])
    return aligned(rows)


def _strict(score: Score) -> list[str]:
    return [number(score.value), str(score.n), str(score.unscored), interval(score) or "-"]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in shown) for i in range(len(shown[0]))]
    lines = []
    for row in shown:
        cells = [
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
