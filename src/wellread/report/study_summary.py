"""The first screen of a search in words. The best of a search is never shown alone: it was picked for being high."""

import statistics
from collections import Counter
from collections.abc import Mapping
from typing import Any

from wellread.report.grid import student
from wellread.report.material import Material, Row
from wellread.report.summary import UNEXAMINED, Fact, Summary
from wellread.report.wording import MISSING, count, duration, number, plain, share
from wellread.studies import Study, Trial

OPTIMISTIC = (
    "The best of many trials was picked for being high, which is partly luck: expect less when it is trained again. "
    "No winner was trained again and examined on other questions."
)


def summarise(material: Material) -> Summary:
    """What the search found, how sure that is, what it cost, what was forgotten."""
    alarm = _alarm(material)
    if not material.rows:
        return Summary(_nothing(material.study), (_cost(material.study),), alarm)
    best = material.best_first[0]
    return Summary(_lead(material, best), (*_learned(material, best), _cost(material.study), _kept(best)), alarm)


def states(study: Study) -> dict[str, int]:
    """How many trials ended in which way; collapsed ones and repeated settings are counted on their own."""
    return dict(
        Counter("repeated" if t.attrs.get("copy_of") is not None else state(t) for t in study.trials).most_common()
    )


def state(trial: Trial) -> str:
    """How a trial ended, in a word."""
    if trial.attrs.get("void"):
        return "not run"
    if trial.attrs.get("copy_of") is not None:
        return f"as trial {trial.attrs['copy_of']}"
    return "collapsed" if trial.attrs.get("collapsed") else trial.state


def _alarm(material: Material) -> str:
    ended = [t for t in material.study.trials if t.state in ("complete", "pruned")]
    if ended and all(t.attrs.get("collapsed") for t in ended):
        return (
            f"All {count(len(ended), 'trial')} that came to an end collapsed: the model broke down in training. The scores are "
            "those of broken models. Look for a lower learning rate or fewer epochs."
        )
    if not material.study.trials:
        return "The study holds no trial yet."
    if not ended:
        return "No trial has come to an end."
    return "" if material.rows else "No trial has a value that is a number."


def _nothing(study: Study) -> str:
    how = ", ".join(f"{n} {state}" for state, n in states(study).items()) or "none was begun"
    return f"Of {count(len(study.trials), 'trial')} none has a value: {how}. So nothing is known of what was learned."


def _lead(material: Material, best: Row) -> str:
    study, n = material.study, len(material.rows)
    others = sum(state(t) != "not run" for t in study.trials) - len(study.valued(material.objective))
    without = f" ({others:,} more {'has' if others == 1 else 'have'} no value)" if others else ""
    if n == 1:
        return f"A single trial has a value{without}: {material.goal} {plain(best.goal)}. That says nothing about settings."
    if len({r.goal for r in material.rows}) == 1:
        lead = f"All {count(n, 'trial')} with a value{without} came to the same {material.goal}: {plain(best.goal)}."
    else:
        chosen = _settings(best.trial.params)
        middle = plain(statistics.median(r.goal for r in material.rows))
        did = f"trial {best.trial.number} did best: {material.goal} {plain(best.goal)}"
        lead = f"Of {count(n, 'trial')} with a value{without}, {did}"
        lead += f"{', with ' if chosen else ''}{chosen}. The middle trial had {middle}."
    if material.floor is not None:
        lead += f" Untrained, the model scores {number(material.floor)}{_beside(material)}."
    if scores := _tests(study):
        mean = statistics.mean(scores)
        by = (winner(study) or {}).get("metric", "strict")
        of = "" if by == "strict" else f" by {by}"
        lead += f" Trained again with {count(len(scores), 'new seed')}, the winner scores {number(mean)}{of} on test questions."
    return lead


def _beside(material: Material) -> str:
    """The untrained model by the metric that was sought, where that isn't the strict score."""
    floors = material.study.attrs.get("floor")
    value = floors.get(material.measured) if isinstance(floors, Mapping) else None
    return f" ({material.measured}: {number(value)})" if value is not None and material.measured != "strict" else ""


def _settings(params: Mapping[str, Any]) -> str:
    """The first few settings in words."""
    shown = [f"{k} {told(v)}" for k, v in list(params.items())[:5]]
    return ", ".join(shown) + (f" and {len(params) - 5} more settings" if len(params) > 5 else "")


def told(value: Any) -> str:
    """A setting's value as the reader sees it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return plain(value) if isinstance(value, int | float) else str(value)


def winner(study: Study) -> Mapping[str, Any] | None:
    """What was noted of the winner's second training; None where there was none."""
    found = study.attrs.get("winner")
    return found if isinstance(found, Mapping) and found.get("test") else None


def scores(noted: Any) -> list[float]:
    """The numbers among what was noted for each seed."""
    return [float(s) for s in noted or () if isinstance(s, int | float) and not isinstance(s, bool)]


def _tests(study: Study) -> list[float]:
    found = winner(study)
    return scores(found["test"]) if found else []


def _learned(material: Material, best: Row) -> tuple[Fact, Fact]:
    tests = _tests(material.study)
    if not tests:
        detail = f"{material.goal}, the best of {count(len(material.rows), 'trial')} on the questions that chose it"
        return Fact("What was learned", plain(best.goal), detail), Fact(
            "How sure",
            "optimistic",
            "picked for being high, partly by luck; not trained again, not examined on other questions",
        )
    mean, low, high = student(tests)
    found = winner(material.study) or {}
    search = scores(found.get("development"))
    beside = f"; on the development questions that chose it {number(statistics.mean(search))}" if search else ""
    detail = (
        f"on test questions, trained anew with {count(len(tests), 'seed')}{beside}; the search saw {plain(best.goal)}"
    )
    if low is None or high is None:
        sure = Fact("How sure", MISSING, "the seeds are too few, or all alike")
    else:
        spread = f"{number(max(0.0, low))} to {number(min(1.0, high))}"
        sure = Fact("How sure", spread, f"95% interval of the test score, Student's t over {count(len(tests), 'seed')}")
    return Fact("What was learned", number(mean), detail), sure


def _cost(study: Study) -> Fact:
    own = [t for t in study.trials if t.attrs.get("copy_of") is None and t.attrs.get("warm") is None]
    times = [t for t in map(seconds, own) if t is not None]
    if not times:
        return Fact("What it cost", MISSING, "no trial says how long it took")
    return Fact(
        "What it cost",
        duration(sum(times)),
        f"all trials together, the middle one {duration(statistics.median(times))}",
    )


def seconds(trial: Trial) -> float | None:
    """How long a trial took: as it noted, else from start to end."""
    noted = trial.attrs.get("seconds")
    total = noted.get("total") if isinstance(noted, Mapping) else None
    return float(total) if isinstance(total, int | float) else trial.seconds


def _kept(best: Row) -> Fact:
    if best.kept is None:
        return Fact(UNEXAMINED.label, UNEXAMINED.value, "the trials weren't asked what they knew before")
    return Fact("What was kept", share(best.kept), "of what the untrained model knew in general, in the best trial")
