"""What an examination came to: each row's scores beside the floor's, the gap closed, what was kept and lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellread.evaluate import collapse
from wellread.evaluate.marking import asked_of, value
from wellread.evaluate.statistics import Difference, Value, compare, gap_closed, mean, pooled
from wellread.records import Answer, Question, Result, Score

#: What a set of questions is mainly scored by: the first of these that was scored at all.
MAIN = ("strict", "choice_letter", "choice_likelihood", "numeric", "token_f1")


@dataclass(frozen=True)
class Sitting:
    """One model under one condition: what it answered, and how that was marked."""

    questions: Sequence[Question]
    answers: Sequence[Answer]
    results: Sequence[Result]

    def values(self, metric: str) -> list[Value]:
        """The scores of one metric, question by question."""
        return [value(r, metric) for r in self.results]

    @property
    def groups(self) -> list[str]:
        """The paper of each question."""
        return [q.paper or "" for q in self.questions]

    def scores(self) -> dict[str, Score]:
        """Each metric that was scored -> its mean over the questions to which it applies."""
        found = {}
        for metric, members in asked_of(self.questions).items():
            if metric in ("soft", "strict") or any(metric in self.results[i].scores for i in members):
                values = [value(self.results[i], metric) for i in members]
                found[metric] = mean(values, [self.groups[i] for i in members])
        for metric in dict.fromkeys(m for r in self.results for m in r.scores if m not in found):  # a judge's
            members = [i for i, r in enumerate(self.results) if metric in r.scores]
            found[metric] = mean([value(self.results[i], metric) for i in members], [self.groups[i] for i in members])
        return found

    def judged(self, scores: Mapping[str, Mapping[str, float | None]]) -> "Sitting":
        """The same with `scores` (question -> metric -> score) beside those that it has."""
        more = [
            r.model_copy(update={"scores": {**r.scores, **scores[r.question]}}) if r.question in scores else r
            for r in self.results
        ]
        return Sitting(self.questions, self.answers, more)

    def main(self) -> str:
        """The metric that this set of questions is mainly scored by."""
        scores = self.scores()
        return next((m for m in MAIN if m in scores and scores[m].n), next((m for m in MAIN if m in scores), "strict"))

    def faults(self) -> str:
        """Empty, repeating and gibberish answers in words; '' where there are none."""
        return collapse.said(
            collapse.shares(r.fault for a, r in zip(self.answers, self.results, strict=True) if a.text is not None)
        )


def against(one: Sitting, other: Sitting, metric: str) -> Difference:
    """`one` minus `other` on the same questions."""
    return compare(one.values(metric), other.values(metric), one.groups)


def closed(taught: Sitting, floor: Sitting, ceiling: Sitting, metric: str) -> Score:
    """The share of the gap between floor and ceiling that was closed."""
    return gap_closed(taught.values(metric), floor.values(metric), ceiling.values(metric), taught.groups)


def seeds_together(sittings: Sequence[Sitting], metric: str) -> Score:
    """Several seeds of one recipe as one score."""
    return mean(pooled([s.values(metric) for s in sittings]), sittings[0].groups)


def retained(before: Sitting, after: Sitting) -> dict[str, Score]:
    """Over the questions that the untrained model answered right: what is right still, in all and by topic."""
    known = [i for i, v in enumerate(before.values("strict")) if v == 1]
    return {
        "all": _over(after, known),
        **{t: _over(after, [i for i in known if after.questions[i].topic == t]) for t in _topics(after)},
    }


def _topics(sitting: Sitting) -> list[str]:
    return list(dict.fromkeys(q.topic or "" for q in sitting.questions))


def _over(sitting: Sitting, chosen: Sequence[int]) -> Score:
    values = sitting.values("strict")
    return mean([values[i] for i in chosen], [""] * len(chosen))


def by_topic(sitting: Sitting, metric: str) -> dict[str, Score]:
    """The metric's mean for each topic, where there are several."""
    topics = [t for t in _topics(sitting) if t]
    values = sitting.values(metric)
    parts: Mapping[str, list[int]] = {t: [i for i, q in enumerate(sitting.questions) if q.topic == t] for t in topics}
    return {t: mean([values[i] for i in where], [""] * len(where)) for t, where in parts.items()}
