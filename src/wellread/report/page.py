"""The HTML page: one file that needs no network, works without JavaScript and escapes whatever a model said."""

import base64
import hashlib
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from wellread.report.answers import cards
from wellread.report.data import ReportData
from wellread.report.grid import cell_means
from wellread.report.run_figures import grid_lines, loss_curve, score_bars
from wellread.report.summary import Summary, summarise
from wellread.report.terminal import render_text
from wellread.report.wording import MISSING, count, duration, interval, known, number, plain, signed, visible

__all__ = ["render", "render_text"]

_HERE = Path(__file__).parent


def render(data: ReportData) -> str:
    """The whole page as HTML text, ready to be written as UTF-8."""
    means, shown = cell_means(data.grid), cards(data)
    return whole(
        "page.html.j2",
        title=data.title,
        brand=f"report · model {data.model}",
        parts=[
            ("grid", "Texts and epochs", data.grid),
            ("scores", "Scores", data.conditions),
            ("answers", "Answers", shown),
            ("dose", "Reading", data.papers or data.dose),
            ("loss", "Loss", data.losses),
            ("provenance", "Provenance", True),
            ("notes", "How to read", True),
        ],
        summary=summarise(data),
        notes=data.notes,
        data=data,
        cards=shown,
        bars=score_bars(data.conditions),
        grid_figure=grid_lines(means),
        kept=[m for m in means if m.kept],
        cells={(m.texts, m.epochs): m for m in means},
        texts=sorted({m.texts for m in means}),
        epochs=sorted({m.epochs for m in means}),
        loss_figure=loss_curve(data.losses),
        losses_missing=sum(not math.isfinite(p.loss) for p in data.losses),
        titles={p.id: p.title for p in data.papers},
    )


def whole(
    template: str, *, title: str, brand: str, parts: Sequence[tuple[str, str, object]], summary: Summary,
    notes: Sequence[str] = (), **rest: object,
) -> str:  # fmt: skip
    """A page with the head that all have. `parts`: id and name of each part, and whether it is there."""
    return environment().get_template(template).render(
        title=title, brand=brand, parts=parts, summary=summary, notes=notes, css=styles(), script=None, **rest
    )  # fmt: skip


@cache
def styles() -> Markup:
    """The one style sheet."""
    return Markup("".join((_HERE / name).read_text(encoding="utf-8") for name in ("figures.css", "page.css")))


@cache
def environment() -> Environment:
    """What renders every page: all values escaped, invisible characters written out, an unknown name an error."""
    made = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(number=number, plain=plain, signed=signed, interval=interval, duration=duration, sha256=_sha256)
    made.globals.update(count=count, known=known, MISSING=MISSING)
    return made


def _clean(value: Any) -> Any:
    """Every value on its way into the page: text that isn't ours loses its invisible characters."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _sha256(text: str) -> str:
    """The name by which the page's content policy lets exactly this script or style in, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
