"""The first screen in words: what was learned, how sure that is, what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellread.records import Score
from wellread.report.answers import verdict
from wellread.report.data import Condition, ConditionName, ReportData
from wellread.report.grid import CellMean, cell_means
from wellread.report.wording import MISSING, count, duration, interval, known, number, share


@dataclass(frozen=True)
class Fact:
    """One of the things that a reader wants first."""

    label: str
    value: str
    detail: str


@dataclass(frozen=True)
class Summary:
    """`lead` is one or two sentences; `facts` go with it; `alarm` is what must be read before either."""

    lead: str
    facts: tuple[Fact, ...]
    alarm: str = ""


UNEXAMINED = Fact("What was forgotten", "not examined", "what it knew before wasn't asked; wellread evaluate asks it")


def summarise(data: ReportData) -> Summary:
    """The summary of a report: of its grid where it has one, else of its scores."""
    alarm = ""
    if data.collapsed:
        alarm = (
            "Training collapsed: the loss or the output of the model broke down. "
            "The scores are those of the broken model; they say nothing about the papers."
        )
    if data.grid:
        return Summary(_grid_lead(data), _grid_facts(data), alarm)
    return Summary(_lead(data), (_learned(data), _sure(data), _cost(data), _forgotten(data.kept, data.spilled)), alarm)


def condition(data: ReportData, name: ConditionName) -> Condition | None:
    """The condition of that name, if it was examined."""
    return next((c for c in data.conditions if c.name == name), None)


def headline(data: ReportData) -> str:
    """All in one paragraph, for the terminal."""
    summary = summarise(data)
    name, score = "Strict score", None
    if data.grid:
        if means := _scored(data):
            name, score = f"Mean strict score with {_setting(_best(means))}", _best(means).strict
    elif closed := condition(data, "closed_book"):
        score = closed.strict
    sure = ""
    if score and known(score.value):
        spread = interval(score)
        sure = f"{name} {number(score.value)}" + (f", 95% interval {spread}." if spread else ".")
    cost = f"Training took {duration(data.seconds['train'])}{_on(data)}." if "train" in data.seconds else ""
    forgotten = summary.facts[-1]
    kept = "" if forgotten == UNEXAMINED else f"Kept: {forgotten.value} {forgotten.detail}."
    return " ".join(filter(None, [summary.alarm, summary.lead, sure, cost, kept]))


def _lead(data: ReportData) -> str:
    read = "After training"
    if data.papers:
        texts = sum(p.texts for p in data.papers)
        read = f"After reading {count(texts, 'text')} about {count(len(data.papers), 'paper')}"
    closed, floor = condition(data, "closed_book"), condition(data, "floor")
    if not closed or not known(closed.strict.value):
        why = "no closed-book answer was scored."
        if closed and not closed.strict.n + closed.strict.unscored:
            why = "no questions were given. `wellread evaluate RUN --questions FILE` asks them, without training anew."
        return f"{read}, what the model knows by heart is {MISSING}: {why}"
    lead = f"{read}, the model answers {_result(data, closed, 'question')} closed-book{_unscored(closed)}."
    if not floor or not known(floor.strict.value):
        return f"{lead} How many it answered untrained is {MISSING}."
    lead += f" Untrained, it answered {_result(data, floor)}{_unscored(floor)}."
    low, high = closed.strict.low, floor.strict.high
    if known(low) and known(high) and low <= high:
        lead += " The two intervals overlap: that anything was learned is not shown."
    return lead


def _unscored(asked: Condition) -> str:
    return f"; {asked.strict.unscored:,} more could not be scored" if asked.strict.unscored else ""


def _result(data: ReportData, asked: Condition, noun: str = "") -> str:
    """'19 of 20 questions', or the score where the answers that it was made from aren't all at hand."""
    states = [verdict(row.answers[asked.name][1]) for row in data.questions if asked.name in row.answers]
    right, scored = states.count("right"), len(states) - states.count("unscored")
    if not scored or scored != asked.strict.n:
        return (
            f"{share(asked.strict.value or 0.0)} of {count(asked.strict.n, noun)}"
            if noun
            else number(asked.strict.value)
        )
    return f"{right:,} of {count(scored, noun)}" if noun else f"{right:,} of {scored:,}"


def _learned(data: ReportData) -> Fact:
    closed, ceiling = condition(data, "closed_book"), condition(data, "in_context")
    if not closed or not known(closed.strict.value):
        return Fact("What was learned", MISSING, "no closed-book answer was scored")
    detail = f"questions answered closed-book, a strict score of {number(closed.strict.value)}"
    if ceiling and known(ceiling.strict.value):
        detail += f"; {_result(data, ceiling)} by the untrained model with the text in its prompt"
    return Fact("What was learned", _result(data, closed), detail)


def _sure(data: ReportData) -> Fact:
    closed = condition(data, "closed_book")
    if not closed or not known(closed.strict.value):
        return Fact("How sure", MISSING, "there is no score")
    papers = f" about {count(len(data.papers), 'paper')}" if data.papers else ""
    detail = f"95% interval of the strict score, from {count(closed.strict.n, 'question')}{papers}"
    return Fact("How sure", interval(closed.strict) or MISSING, detail)


def _cost(data: ReportData) -> Fact:
    train, total = data.seconds.get("train"), data.seconds.get("total")
    if train is None:
        return Fact("What it cost", MISSING, "the time of training was not recorded")
    more = f"; {duration(total)} in all" if total is not None else ""
    return Fact("What it cost", duration(train), f"of training{_on(data)}{more}")


def _forgotten(kept: Score | None, spilled: Score | None, how: str = "") -> Fact:
    """`how`: with which setting, in words that follow 'answered'."""
    if not kept or not known(kept.value):
        return UNEXAMINED
    detail = f"of the {count(kept.n, 'general question')} that the untrained model answers are still answered{how}"
    detail += f" ({interval(kept)})" if interval(kept) else ""
    if spilled and known(spilled.value):
        detail += (
            f"; {share(spilled.value)} of {count(spilled.n, 'neighbouring question')} are answered with what was taught"
        )
    return Fact("What was kept", share(kept.value or 0.0), detail)


def _on(data: ReportData) -> str:
    return f" on {data.hardware}" if data.hardware else ""


def _scored(data: ReportData) -> list[CellMean]:
    return [m for m in cell_means(data.grid) if known(m.strict.value)]


def _best(means: Sequence[CellMean]) -> CellMean:
    """The setting with the highest score; of equals, that with the fewest texts and epochs."""
    return max(means, key=lambda m: m.strict.value or 0.0)


def _setting(mean: CellMean) -> str:
    return f"{count(mean.texts, 'text')} and {count(mean.epochs, 'epoch')}"


def _grid_lead(data: ReportData) -> str:
    means = _scored(data)
    runs = f"{count(len(data.grid), 'run')} over {count(len({c.paper for c in data.grid}), 'paper')}"
    if not means:
        return f"No score is known: none of {runs} could be scored."
    best = _best(means)
    right = share(best.strict.value or 0.0)
    lead = f"In {runs}, the model answers most with {_setting(best)}: {right} of the questions closed-book."
    fewest = next((m for m in means if m.epochs == best.epochs and m.texts < best.texts), None)
    if fewest:
        lead += f" With {_setting(fewest)} it answers {share(fewest.strict.value or 0.0)}."
    missing = sum(not known(c.strict) for c in data.grid)
    return lead + (f" {count(missing, 'run')} could not be scored." if missing else "")


def _grid_facts(data: ReportData) -> tuple[Fact, ...]:
    means = _scored(data)
    if not means:
        return (Fact("What was learned", MISSING, "no run was scored"), _cost(data), UNEXAMINED)
    best = _best(means)
    settings = len(cell_means(data.grid))
    learned = f"mean strict score with {_setting(best)}, the best of {count(settings, 'setting')}"
    over = f" {best.strict.method}" if best.strict.method else ""
    sure = f"95% interval{over}, from {count(best.strict.n, 'run')} on {count(best.papers, 'paper')}"
    return (
        Fact("What was learned", number(best.strict.value), learned),
        Fact("How sure", interval(best.strict) or MISSING, sure),
        _cost(data),
        _forgotten(best.kept, best.spilled, f" with {_setting(best)}"),
    )
