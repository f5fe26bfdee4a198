"""The page of published answers, scored again: our scores beside the score that each log came with."""

from collections.abc import Sequence

from wellread.records import Frozen, Score
from wellread.report.drawing import Drawing
from wellread.report.exam_page import METRICS, rescored_text
from wellread.report.page import whole
from wellread.report.summary import Fact, Summary
from wellread.report.svg import SHAPES, Scale, line, mark, picture, text, whisker
from wellread.report.wording import MISSING, count, interval, known, number, plain

SHOWN = ("published", "soft", "strict")
MOST = 40


class Log(Frozen):
    """One log: its scores by metric, the mean of what was published with the answers, and how often both agree."""

    name: str
    scores: dict[str, Score]
    published: Score
    agreement: float | None
    rows: int
    unread: int

    def score(self, metric: str) -> Score:
        """The score of one of SHOWN or of any metric."""
        return self.published if metric == "published" else self.scores.get(metric, Score(value=None, n=0))


def render(logs: Sequence[Log]) -> str:
    """The page as one self-contained HTML text."""
    metrics = [m for m in METRICS if any(known(log.score(m).value) for log in logs)]
    return whole(
        "published_page.html.j2",
        title="Published answers, scored again" if len(logs) > 1 else logs[0].name,
        brand="published results",
        parts=[("figure", "Figure", True), ("scores", "Scores", True)],
        summary=summarise(logs),
        notes=[f"{log.name}: {log.unread} answers could not be read." for log in logs if log.unread],
        logs=logs, metrics=metrics, meaning=METRICS, drawing=draw(logs),
    )  # fmt: skip


def summarise(logs: Sequence[Log]) -> Summary:
    """How far the published scores and ours are apart."""
    answers = sum(log.rows for log in logs)
    lead = f"{count(answers, 'published answer')} in {count(len(logs), 'log')}, scored again."
    one = max(logs, key=lambda log: log.rows)
    said = ", ".join(f"{name} {number(one.score(name).value)}" for name in SHOWN if known(one.score(name).value))
    lead += f" {'The largest log' if len(logs) > 1 else 'It'} has {said}." if said else " None of the scores is known."
    agreed = [(log.agreement, log.rows) for log in logs if log.agreement is not None]
    agree = f"{sum(a * n for a, n in agreed) / sum(n for _, n in agreed):.0%}" if agreed else MISSING
    main = next((name for name in ("strict", *METRICS) if known(one.score(name).value)), "strict")
    facts = (
        Fact("What was learned", number(one.score(main).value), f"{main} score of {one.name}"),
        Fact(
            "How sure", interval(one.score(main)) or MISSING, f"95% interval over {count(one.score(main).n, 'answer')}"
        ),
        Fact("Agreement", agree, "of the answers have the same published score and score of ours"),
    )
    return Summary(lead, facts)


def draw(logs: Sequence[Log]) -> Drawing:
    """For each log a line of marks: published (often a judge's), soft and strict, with their intervals."""
    shown = logs[:MOST]
    names = [log.name if len(log.name) <= 36 else f"…{log.name[-35:]}" for log in shown]
    left, right, top, row = min(290.0, 24 + 7.4 * max(map(len, names))), 700.0, 40.0, 46.0
    points = [log.score(m) for log in shown for m in SHOWN]
    at = Scale(0, max(1.0, *(s.value for s in points if known(s.value)), 0.0), left, right)
    bottom = top + row * len(shown)
    parts = []
    for i, name in enumerate(SHOWN):
        parts += [mark(SHAPES[i], left + 120 * i, 14, f"c{i}"), text(left + 12 + 120 * i, 18, name, class_="small")]
    parts += [line(at(v), top, at(v), bottom, "grid") for v in at.ticks()]
    parts += [text(at(v), bottom + 18, plain(v), "middle", "small") for v in at.ticks()]
    parts.append(text((left + right) / 2, bottom + 40, "score", "middle", "small"))
    for i, (name, log) in enumerate(zip(names, shown, strict=True)):
        parts.append(text(left - 12, top + row * i + row / 2 + 4, name, "end", "small"))
        for j, metric in enumerate(SHOWN):
            score, y = log.score(metric), top + row * i + 10 + 13 * j
            if known(score.low) and known(score.high):
                parts.append(whisker(at(score.low), y, at(score.high), y))
            if known(score.value):
                parts.append(mark(SHAPES[j], at(score.value), y, f"c{j}"))
    desc = " ".join(f"{log.name}: {', '.join(f'{m} {number(log.score(m).value)}' for m in SHOWN)}." for log in shown)
    rows = [
        (log.name, m, log.score(m).value, log.score(m).low, log.score(m).high, log.score(m).n)
        for log in logs
        for m in SHOWN
    ]
    more = f" {len(logs) - MOST} more logs aren't drawn; the table has them." if len(logs) > MOST else ""
    return Drawing(
        picture("figure-published", "Published score beside ours", desc, (760, bottom + 48), parts),
        f"Whiskers are 95% intervals. No mark: the log has no such score.{more}",
        ("log", "score", "value", "low", "high", "n"),
        tuple(rows),
    )


def render_text(logs: Sequence[Log]) -> str:
    """A table for each log."""
    return "\n".join(rescored_text(g.name, g.scores, g.published, g.agreement, g.rows, g.unread) for g in logs)
