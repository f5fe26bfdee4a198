"""The page of published answers, scored again: our scores beside the score that each log came with."""

from collections.abc import Sequence

from wellread.records import Frozen, Score
from wellread.report.drawing import Drawing
from wellread.report.exam_page import METRICS
from wellread.report.page import whole
from wellread.report.summary import Fact, Summary
from wellread.report.svg import SHAPES, Scale, line, mark, picture, text, whisker
from wellread.report.terminal import aligned
from wellread.report.wording import MISSING, count, interval, known, number, plain, share

MOST = 40


class Log(Frozen):
    """One log: its scores by metric, the mean of what was published with the answers, and how often both agree.

    `agrees` is the metric that agrees with it most often, `main` the one by which the log is mainly scored, `of_all` that
    score with answers that couldn't be read counted as wrong, `asked` the number of different questions.
    """

    name: str
    scores: dict[str, Score]
    published: Score
    agreement: float | None
    agrees: str = ""
    main: str = "strict"
    of_all: float | None = None
    rows: int
    asked: int
    unread: int

    def score(self, metric: str) -> Score:
        """The score of a metric, or the published one."""
        return self.published if metric == "published" else self.scores.get(metric, Score(value=None, n=0))


def shown(logs: Sequence[Log]) -> tuple[str, ...]:
    """What is drawn and told first: the published score, and the first two of the metrics that some log has."""
    return ("published", *[m for m in METRICS if any(known(log.score(m).value) for log in logs)][:2])


def render(logs: Sequence[Log], unread: Sequence[str] = ()) -> str:
    """The page as one self-contained HTML text; `unread` says of other logs why they couldn't be read."""
    metrics = [m for m in METRICS if any(known(log.score(m).value) for log in logs)]
    return whole(
        "published_page.html.j2",
        title="Published answers, scored again" if len(logs) > 1 else logs[0].name,
        brand="published results",
        parts=[("figure", "Figure", True), ("scores", "Scores", True)],
        summary=summarise(logs),
        notes=[
            *(f"Left out: {why}" for why in unread),
            *(f"{log.name}: {count(log.unread, 'answer')} could not be read." for log in logs if log.unread),
            *(f"{log.name}: {remark}" for log in logs for remark in _remarks(log)),
        ],
        logs=logs, metrics=metrics, meaning=METRICS, drawing=draw(logs),
    )  # fmt: skip


def summarise(logs: Sequence[Log]) -> Summary:
    """How far the published scores and ours are apart."""
    answers = sum(log.rows for log in logs)
    lead = f"{count(answers, 'published answer')} in {count(len(logs), 'log')}, scored again."
    one = max(logs, key=lambda log: log.rows)
    said = ", ".join(f"{name} {number(one.score(name).value)}" for name in shown(logs) if known(one.score(name).value))
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
    drawn, metrics = logs[:MOST], shown(logs)
    names = [log.name if len(log.name) <= 36 else f"…{log.name[-35:]}" for log in drawn]
    left, right, top, row = min(290.0, 24 + 7.4 * max(map(len, names))), 700.0, 40.0, 46.0
    points = [log.score(m) for log in drawn for m in metrics]
    at = Scale(0, max(1.0, *(s.value for s in points if known(s.value)), 0.0), left, right)
    bottom = top + row * len(drawn)
    parts = []
    for i, name in enumerate(metrics):
        parts += [mark(SHAPES[i], left + 120 * i, 14, f"c{i}"), text(left + 12 + 120 * i, 18, name, class_="small")]
    parts += [line(at(v), top, at(v), bottom, "grid") for v in at.ticks()]
    parts += [text(at(v), bottom + 18, plain(v), "middle", "small") for v in at.ticks()]
    parts.append(text((left + right) / 2, bottom + 40, "score", "middle", "small"))
    for i, (name, log) in enumerate(zip(names, drawn, strict=True)):
        parts.append(text(left - 12, top + row * i + row / 2 + 4, name, "end", "small"))
        for j, metric in enumerate(metrics):
            score, y = log.score(metric), top + row * i + 10 + 13 * j
            if known(score.low) and known(score.high):
                parts.append(whisker(at(score.low), y, at(score.high), y))
            if known(score.value):
                parts.append(mark(SHAPES[j], at(score.value), y, f"c{j}"))
    desc = " ".join(f"{log.name}: {', '.join(f'{m} {number(log.score(m).value)}' for m in metrics)}." for log in drawn)
    rows = [
        (log.name, m, log.score(m).value, log.score(m).low, log.score(m).high, log.score(m).n)
        for log in logs
        for m in metrics
    ]
    more = f" {len(logs) - MOST} more logs aren't drawn; the table has them." if len(logs) > MOST else ""
    return Drawing(
        picture("figure-published", "Published score beside ours", desc, (760, bottom + 48), parts),
        f"Whiskers are 95% intervals. No mark: the log has no such score.{more}",
        ("log", "score", "value", "low", "high", "n"),
        tuple(rows),
    )


def render_text(logs: Sequence[Log], unread: Sequence[str] = ()) -> str:
    """A table for each log: its scores, ours beside those that it came with; and what was left out, and why."""
    return "\n".join([*map(_told, logs), *(f"Left out: {why}" for why in unread)])


def _told(log: Log) -> str:
    table = [["metric", "score", "n", "unscored", "95% interval"]]
    named = [*((m, log.scores[m]) for m in METRICS if m in log.scores), ("published", log.published)]
    table += [[m, number(s.value), str(s.n), str(s.unscored), interval(s) or "-"] for m, s in named]
    more = f", {log.unread} more could not be read" if log.unread else ""
    lines = [f"{log.name}: {count(log.rows, 'answer')}{more}", aligned(table), *_remarks(log)]
    return "\n".join(lines) + "\n"


def _remarks(log: Log) -> list[str]:
    """How ours go with the published scores, in sentences."""
    said, unscored = [], log.score(log.main).unscored
    if log.asked < log.rows:
        told = f"{count(log.rows, 'answer')} to {count(log.asked, 'question')}"
        said.append(f"{told}: answers to one question aren't independent, so the intervals are too narrow.")
    if unscored and log.of_all is not None:
        told = f"{count(unscored, 'answer')} could not be scored by {log.main}"
        said.append(f"{told}; counted as wrong, the score is {number(log.of_all)}.")
    if log.agreement is not None:
        said.append(f"The published score and our {log.agrees} are the same on {share(log.agreement)} of the answers.")
    return said
