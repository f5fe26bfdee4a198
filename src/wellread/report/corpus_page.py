"""The page about a corpus: what is in it, under which licences, what was left out and why. One file, no network."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from wellread.report.page import whole
from wellread.report.summary import Fact, Summary
from wellread.report.svg import picture, tag, text
from wellread.report.wording import count

_MOST = 20  # bars in a picture
_ROW, _LABEL, _BAR = 24, 300, 460  # heights and widths
_LONGEST = 36  # characters of a label
_TALL, _WIDE = 160, 850  # of a picture of columns
_ORDERED = ("years", "lengths")  # what has an order of its own stands side by side

# In the order of the page: what is counted, the heading, what the bars are.
_PARTS = (
    ("licences", "Licences", "papers"),
    ("parts", "Split, by paper", "papers"),
    ("years", "Years", "papers"),
    ("journals", "Journals", "papers"),
    ("languages", "Languages", "papers"),
    ("lengths", "How long the papers are, up to so many words", "papers"),
    ("sections", "Sections", "words"),
    ("asides", "Kept beside the text", "pieces"),
    ("boilerplate", "Boilerplate that was cut", "paragraphs"),
    ("rejected", "Left out, and why", "files or papers"),
)


def render(name: str, stats: Mapping[str, Any]) -> str:
    """The page about the corpus `name` with the counts that `wellread ingest` left."""
    figures = [
        (key, heading, columns(key, heading, unit, stats[key]), 0)
        if key in _ORDERED
        else (key, heading, bars(key, heading, unit, stats[key]), max(0, len(stats[key]) - _MOST))
        for key, heading, unit in _PARTS
        if stats[key]
    ]
    return whole(
        "corpus_page.html.j2",
        title=name,
        brand=f"corpus · policy {stats['policy']}",
        parts=[(f"about-{key}", heading.split(",")[0], True) for key, heading, *_ in figures],
        summary=_summary(stats),
        figures=figures,
    )


def _summary(stats: Mapping[str, Any]) -> Summary:
    out = sum(stats["rejected"].values())
    words = f"{stats['words']:,} words"
    facts = (
        Fact("What is in it", count(stats["papers"], "paper"), f"in {count(stats['passages'], 'passage')}, {words}"),
        Fact("What was left out", f"{out:,}", "files, papers or parts, each with its reason"),
    )
    lead = f"{count(stats['papers'], 'paper')} in {count(stats['passages'], 'passage')}, {words}. {out:,} left out, each with its reason."
    private = "" if stats["shareable"] else "Private: licences weren't checked, so this corpus is not to be shared."
    return Summary(lead, facts, private)


def bars(id_: str, heading: str, unit: str, counts: Mapping[str, int]) -> Markup:
    """A bar for each of `counts`, in their order; the largest _MOST where there are more."""
    shown = list(counts.items())
    if len(shown) > _MOST:
        largest = set(sorted(counts, key=lambda key: -counts[key])[:_MOST])
        shown = [item for item in shown if item[0] in largest]
    top, total = max(n for _, n in shown), sum(counts.values())
    parts: list[Markup] = []
    for i, (label, n) in enumerate(shown):
        y = i * _ROW
        wide = max(1.0, _BAR * n / top)
        short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
        parts += [
            text(_LABEL - 10, y + 16.0, short, "end", "label"),
            tag("rect", x=float(_LABEL), y=y + 4.0, width=wide, height=_ROW - 8.0, class_="bar strict"),
            text(_LABEL + wide + 8, y + 16.0, f"{n:,} ({n / total:.0%})", class_="small"),
        ]
    words = "; ".join(f"{label}: {n:,}" for label, n in shown)
    return picture(id_, f"{heading} ({unit})", words, (_LABEL + _BAR + 130, len(shown) * _ROW + 4), parts)


def columns(id_: str, heading: str, unit: str, counts: Mapping[str, int]) -> Markup:
    """A column for each of `counts`, side by side; years that nothing is from have their empty place."""
    known = [int(name) for name in counts if name.isdigit()]
    years = [str(year) for year in range(min(known), max(known) + 1)] if known and max(known) - min(known) < 80 else []
    shown = [(name, counts.get(name, 0)) for name in years] + [item for item in counts.items() if item[0] not in years]
    top, wide = max(counts.values()), min(90.0, _WIDE / len(shown))
    every = -(-len(shown) * 70 // _WIDE) if years else 1  # labels that have room
    parts: list[Markup] = []
    for i, (label, n) in enumerate(shown):
        x, high = i * wide, max(1.0, _TALL * n / top) if n else 0.0
        middle, y = x + wide / 2, 20 + _TALL - high
        parts.append(tag("rect", x=x + 0.1 * wide, y=y, width=0.8 * wide, height=high, class_="bar strict"))
        if n and wide > 25:
            parts.append(text(middle, y - 5, f"{n:,}", "middle", "small"))
        if i % every == 0 or label not in years:
            parts.append(text(middle, _TALL + 38.0, label.removeprefix("up to "), "middle", "small"))
    words = "; ".join(f"{label}: {n:,}" for label, n in counts.items())
    return picture(id_, f"{heading} ({unit})", words, (_WIDE, _TALL + 44), parts)
