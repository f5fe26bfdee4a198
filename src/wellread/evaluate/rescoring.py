"""Published answers, scored again: our metrics, and whether they agree with the scores that the answers came with."""

from collections.abc import Sequence
from pathlib import Path

from wellread.errors import InputError
from wellread.evaluate.log_rows import GOLD, PREDICTION
from wellread.evaluate.logs import entries
from wellread.evaluate.marking import asked_of, mark, value
from wellread.evaluate.outcome import MAIN
from wellread.evaluate.statistics import Value, mean
from wellread.records import Frozen, Score


class Rescored(Frozen):
    """A log scored again."""

    scores: dict[str, Score]
    published: Score
    agreement: float | None
    """Share of the entries on which the published score and ours, that of `agrees`, are the same."""
    agrees: str
    """The metric that agrees with the published score on most of the entries; '' where nothing was published."""
    main: str
    """The metric that the log is mainly scored by."""
    of_all: float | None
    """The main score with each answer that couldn't be read counted as wrong, as many publishers count it."""
    rows: int
    unread: int
    """Objects that look like answers but lack what they can be scored by."""


def rescored(path: Path) -> Rescored:
    """Score the log at `path` again.

    Raises InputError where it holds no answers that can be found.
    """
    found = list(entries(path))
    read = [e for e in found if e is not None]
    if not read:
        raise InputError(
            f"{path} holds no answers that could be scored",
            f"Each needs a prediction ({', '.join(PREDICTION[:4])}, ...) and what was asked for ({', '.join(GOLD[:4])}, ...).",
        )
    results = [mark(e.question, e.answer, repeated=False) for e in read]
    values = {
        metric: [value(results[i], metric) for i in members]
        for metric, members in asked_of([e.question for e in read]).items()
        if metric in ("soft", "strict") or any(metric in results[i].scores for i in members)
    }
    scores = {metric: mean(given, [""] * len(given)) for metric, given in values.items()}
    published = [e.published for e in read]
    main = next((m for m in MAIN if m in scores and scores[m].n), "strict")
    given = values.get(main, ())
    alike = {m: _alike(published, [value(r, m) for r in results]) for m in sorted(scores, key=lambda m: m != main)}
    agrees = max(alike, key=lambda m: alike[m] or 0.0, default="")
    return Rescored(
        scores=scores,
        published=mean(published, [""] * len(published)),
        agreement=alike.get(agrees),
        agrees=agrees if alike.get(agrees) is not None else "",
        main=main,
        of_all=round(sum(v or 0.0 for v in given) / len(given), 4) if given else None,
        rows=len(read),
        unread=len(found) - len(read),
    )


def _alike(published: Sequence[Value], ours: Sequence[Value]) -> float | None:
    """The share of the published scores that ours are equal to; None where none was published."""
    same = [v is not None and abs(p - v) < 1e-6 for p, v in zip(published, ours, strict=True) if p is not None]
    return round(sum(same) / len(same), 4) if same else None
