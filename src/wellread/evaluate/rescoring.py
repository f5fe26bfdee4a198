"""Published answers, scored again: our metrics, and whether they agree with the scores that the answers came with."""

from pathlib import Path

from wellread.errors import InputError
from wellread.evaluate.logs import GOLD, PREDICTION, entries
from wellread.evaluate.marking import asked_of, mark, value
from wellread.evaluate.outcome import MAIN
from wellread.evaluate.statistics import mean
from wellread.records import Frozen, Score


class Rescored(Frozen):
    """A log scored again."""

    scores: dict[str, Score]
    published: Score
    agreement: float | None
    """Share of the entries on which the published score and ours (right or wrong) are the same."""
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
    applies = asked_of([e.question for e in read])
    scores = {
        metric: mean([value(results[i], metric) for i in members], [""] * len(members))
        for metric, members in applies.items()
        if metric in ("soft", "strict") or any(metric in results[i].scores for i in members)
    }
    published = [e.published for e in read]
    main = next((m for m in MAIN if m in scores and scores[m].n), "strict")
    both = [(p, v) for p, v in zip(published, (value(r, main) for r in results), strict=True) if p is not None]
    alike = [float(v is not None and abs(p - v) < 1e-6) for p, v in both]
    return Rescored(
        scores=scores,
        published=mean(published, [""] * len(published)),
        agreement=round(sum(alike) / len(alike), 4) if alike else None,
        rows=len(read),
        unread=len(found) - len(read),
    )
