"""Language models as judges: each answer is put before one, as often as asked; every reply is kept in the provider's cache.

A judge that is down, or whose reply can't be read, leaves a score missing; it is never a zero. The same command asks again
for what is missing, and for nothing else.
"""

import statistics
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pydantic import Field, field_validator

from wellread import plugins
from wellread.errors import ConfigError, UnknownNameError
from wellread.evaluate.fence import cleaned
from wellread.evaluate.marking import METRICS, by_judge, metrics
from wellread.evaluate.marks import Marks
from wellread.providers.config import ProviderConfig
from wellread.providers.failures import BudgetReachedError, ProviderError
from wellread.providers.provider import Provider
from wellread.providers.records import Request
from wellread.records import Answer, Frozen, Question
from wellread.runs import progress

#: Two marks of one judge on one answer that lie so far apart contradict each other.
APART = 3.0


class JudgeConfig(Frozen):
    """Who judges, by which metrics, how often."""

    provider: ProviderConfig
    metrics: tuple[str, ...] = Field(("judge",), min_length=1, description="judge, rubric, or others of that kind")
    times: int = Field(1, ge=1, le=20, description="how often each answer is judged; their mean counts")
    params: dict[str, dict[str, Any]] = Field(default={}, description="settings of a metric, by its name")
    max_tokens: int = Field(400, ge=16, description="the longest reply of the judge, in tokens")

    @field_validator("metrics")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        known = [n for n in plugins.names(METRICS) if by_judge(n)]
        for name in names:
            if name not in known:
                raise UnknownNameError("judge's metric", name, known)
        return names


class Judgement(Frozen):
    """What a judge said to one answer, once. Without `marks`, `fault` says why there are none."""

    question: str
    metric: str
    time: int = Field(description="0 for the first time that this answer was judged")
    marks: Marks | None = None
    fault: str | None = None
    addressed: bool = Field(default=False, description="the answer spoke to its judge; those words were taken out")


def settings_of(config: JudgeConfig) -> dict[str, Any]:
    """Each metric's own settings. Raises ConfigError for those that it doesn't have."""
    found = {}
    for name in config.metrics:
        try:
            found[name] = metrics()[name].Params(**config.params.get(name, {}))
        except ValueError as error:
            raise ConfigError(f"judge.params.{name}: {str(error).splitlines()[-2].strip()}", "See its file.") from None
    return found


def judge(
    config: JudgeConfig, provider: Provider, questions: Sequence[Question], answers: Sequence[Answer]
) -> tuple[list[Judgement], list[str]]:
    """What `provider` says to each answer that there is, in the order of metrics and questions; and notes for the reader."""
    params = settings_of(config)
    times, notes = config.times, []
    if times > 1 and _always_the_same(provider):
        times, notes = 1, [f"judge {provider.backend.model}: it always says the same, so each answer is judged once"]
    heat = provider.config.temperature if times > 1 else 0.0
    jobs: list[tuple[Judgement, Request | None]] = []
    for name in config.metrics:
        metric = metrics()[name]
        for question, answer in zip(questions, answers, strict=True):
            if answer.text is None or not metric.applies(question):
                continue
            empty = not answer.text.strip()
            blank = Judgement(
                question=question.id, metric=name, time=0, marks=metric.worst(params[name]) if empty else None,
                addressed=cleaned(answer.text)[1],
            )  # fmt: skip
            prompt = "" if empty else metric.ask(question, answer.text, params[name])
            for k in range(1 if empty else times):
                asked = (
                    Request(prompt=prompt, max_tokens=config.max_tokens, temperature=heat, seed=k) if prompt else None
                )
                jobs.append((blank.model_copy(update={"time": k}), asked))
    said, why = _replies(provider, [r for _, r in jobs if r])
    if why:
        notes.append(f"judge {provider.backend.model}: {why} The same command asks again for what is missing.")
    return [_judgement(blank, asked, said, params, why) for blank, asked in jobs], notes


def _always_the_same(provider: Provider) -> bool:
    """Whether another seed is no other request to this provider."""
    return provider.backend.payload(Request(prompt="?", seed=0)) == provider.backend.payload(
        Request(prompt="?", seed=1)
    )


def _replies(provider: Provider, requests: Sequence[Request]) -> tuple[dict[Request, str], str]:
    """Each request's reply, or the reason why it has none after '\\0'; and why the judge gave up, '' where it didn't."""
    said: dict[Request, str] = {}
    with progress.bar("judging", len(requests)) as bar:
        try:
            for outcome in provider.complete(requests):
                said[outcome.request] = outcome.reply.text if outcome.reply else f"\0{outcome.reason}"
                bar.step()
        except (ProviderError, BudgetReachedError) as error:
            return said, f"{error.what.rstrip('.')}."
    return said, ""


def _judgement(
    blank: Judgement, asked: Request | None, said: Mapping[Request, str], params: Mapping[str, Any], why: str
) -> Judgement:
    if asked is None:
        return blank
    reply = said.get(asked)
    if reply is None or reply.startswith("\0"):
        return blank.model_copy(update={"fault": f"no reply: {why or (reply or '').removeprefix(chr(0))}"})
    marks = metrics()[blank.metric].read(reply, params[blank.metric])
    fault = None if marks else f"unparsed: {' '.join(reply.split())[:120]}"
    return blank.model_copy(update={"marks": marks, "fault": fault})


def scores(
    config: JudgeConfig, questions: Sequence[Question], judgements: Sequence[Judgement]
) -> dict[str, dict[str, float | None]]:
    """Question -> metric -> the mean of its scores over all times; None where no time gave one."""
    params = settings_of(config)
    by_id = {q.id: q for q in questions}
    found: dict[str, dict[str, float | None]] = {}
    for (question, name), times in groupby(judgements, key=lambda j: (j.question, j.metric)):
        given = [metrics()[name].score(by_id[question], j.marks, params[name]) for j in times if j.marks]
        found.setdefault(question, {})[name] = round(statistics.fmean(given), 6) if given else None
    return found


class Summary(Frozen):
    """What one metric's judge came to over all answers; marks are on its own scale, up to 10."""

    marks: dict[str, float]
    answers: int
    unparsed: int
    unanswered: int
    addressed: int
    disagreement: float | None = Field(default=None, description="mean standard deviation of an answer's marks")
    apart: int = Field(default=0, description="answers of which two marks lie 3 or more apart")


def summary(judgements: Sequence[Judgement]) -> dict[str, Summary]:
    """Metric -> what its judge came to."""
    found = {}
    for name in dict.fromkeys(j.metric for j in judgements):
        mine = [j for j in judgements if j.metric == name]
        given = [j.marks.given for j in mine if j.marks]
        spread = [s for _, times in groupby(mine, key=lambda j: j.question) if (s := _spread(list(times)))]
        found[name] = Summary(
            marks={k: round(statistics.fmean(g[k] for g in given), 3) for k in (given[0] if given else ())},
            answers=len({j.question for j in mine}),
            unparsed=sum((j.fault or "").startswith("unparsed") for j in mine),
            unanswered=sum((j.fault or "").startswith("no reply") for j in mine),
            addressed=len({j.question for j in mine if j.addressed}),
            disagreement=round(statistics.fmean(s for s, _ in spread), 3) if spread else None,
            apart=sum(far >= APART for _, far in spread),
        )
    return found


def _spread(times: Sequence[Judgement]) -> tuple[float, float] | None:
    """Standard deviation and range of an answer's marks, the widest over what is marked; None for a single judgement."""
    given = [j.marks.given for j in times if j.marks]
    if len(given) < 2:
        return None
    columns = [[g[k] for g in given] for k in given[0]]
    return max(statistics.stdev(c) for c in columns), max(max(c) - min(c) for c in columns)
