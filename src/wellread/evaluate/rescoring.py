"""Published answers, scored again: our metrics, and whether they agree with the scores that the answers came with."""

from collections.abc import Mapping
from pathlib import Path

from wellread.errors import InputError
from wellread.evaluate.log_keys import Keys
from wellread.evaluate.log_rows import GOLD, PREDICTION
from wellread.evaluate.logs import NOT_SAID, Entry, entries
from wellread.evaluate.marking import asked_of, mark, value
from wellread.evaluate.outcome import MAIN
from wellread.evaluate.rouge import shared_runs
from wellread.evaluate.statistics import mean
from wellread.records import Frozen, Score

STEMMED = "rouge2 of stems"
"""As rouge-score has it with use_stemmer, which many publish; looked at for its agreement alone."""


class Rescored(Frozen):
    """A log scored again."""

    scores: dict[str, Score]
    published: Score
    agreement: float | None
    """Share of the entries on which the published score and ours, that of `agrees`, are the same."""
    agrees: str
    """The metric that agrees with the published score on most of the entries, and for entries of another kind, which it
    doesn't apply to, theirs; '' where nothing was published."""
    main: str
    """The metric that the log is mainly scored by."""
    of_all: float | None
    """The main score with each answer that couldn't be read counted as wrong, as many publishers count it."""
    rows: int
    asked: int
    """How many different questions they answer."""
    unread: int
    """Objects that look like answers but lack what they can be scored by."""


def rescored(path: Path, keys: Keys | None = None) -> Rescored:
    """Score the log at `path` again, what `keys` knows by the keys there.

    Raises InputError where it holds no answers that can be found.
    """
    found = list(entries(path, keys))
    read = [e for e in found if e is not None]
    if not read:
        raise InputError(
            f"{path} holds no answers that could be scored",
            f"Each needs a prediction ({', '.join(PREDICTION[:4])}, ...) and what was asked for ({', '.join(GOLD[:4])}, ...).",
        )
    results = [mark(e.question, e.answer, repeated=False) for e in read]
    applies = {
        metric: members
        for metric, members in asked_of([e.question for e in read]).items()
        if metric in ("soft", "strict") or any(metric in results[i].scores for i in members)
    }
    values = {metric: [value(results[i], metric) for i in members] for metric, members in applies.items()}
    scores = {metric: mean(given, [""] * len(given)) for metric, given in values.items()}
    published = [e.published for e in read]
    main = next((m for m in MAIN if m in scores and scores[m].n), "strict")
    given = values.get(main, ())
    ours = {m: dict(zip(applies[m], values[m], strict=True)) for m in sorted(scores, key=lambda m: m != main)}
    if "rouge2" in ours:
        ours[STEMMED] = {i: _stemmed(read[i]) for i in applies["rouge2"]}
    alike = {
        m: {i: v is not None and abs(p - v) < 1e-6 for i, v in given.items() if (p := published[i]) is not None}
        for m, given in ours.items()
    }
    agreement, agrees = _agreement(alike)
    return Rescored(
        scores=scores,
        published=mean(published, [""] * len(published)),
        agreement=agreement,
        agrees=agrees,
        main=main,
        of_all=round(sum(v or 0.0 for v in given) / len(given), 4) if given else None,
        rows=len(read),
        asked=len({e.question.question if e.question.question != NOT_SAID else e.question.id for e in read}),
        unread=len(found) - len(read),
    )


def _stemmed(entry: Entry) -> float | None:
    said = entry.answer.text
    return None if said is None else shared_runs(entry.question.answer or "", said, 2, stemmed=True)


def _agreement(alike: Mapping[str, Mapping[int, bool]]) -> tuple[float | None, str]:
    """The share of the entries that have the same score, and by which metrics: `alike` is metric -> entry -> whether."""
    chosen: dict[str, int] = {}
    left = {i for entries in alike.values() for i in entries}
    every = len(left)
    while left:
        same = {
            m: sum(entries[i] for i in left & entries.keys()) for m, entries in alike.items() if left & entries.keys()
        }
        best = max(same, key=lambda m: same[m])
        chosen[best] = same[best]
        left -= alike[best].keys()
    return (round(sum(chosen.values()) / every, 4) if every else None), " and ".join(chosen)
