"""A study in a few lines of text."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from wellread.search.outcome import Outcome
from wellread.search.ranges import label
from wellread.search.study import Wanted, counts


def line(study: Any, wanted: Wanted, target: int, number: int, settings: Mapping[str, Any], outcome: Outcome) -> str:
    """One ended trial: how many have ended, what it was worth, what was chosen, the best so far, the time left."""
    trials = study.get_trials(deepcopy=False)
    mine = next(t for t in trials if t.number == number)
    worth = ", ".join(f"{n} {v:.3f}" for n, v in zip(wanted.config.objectives, mine.values, strict=True))
    fate = f" (collapsed: {outcome.collapsed})" if outcome.collapsed else ""
    parts = [
        f"[{sum(map(counts, trials))}/{target}] trial {number}: {worth}{fate}",
        chosen(settings),
        f"{outcome.seconds['total']:.0f} s",
    ]
    if len(wanted.config.objectives) == 1:
        top = best(study, trials)
        parts.append(f"best {top.values[0]:.3f} (trial {top.number})")
    left = remaining(trials, target)
    return " | ".join(parts + ([f"about {left / 60:.0f} min left"] if left else []))


def chosen(settings: Mapping[str, Any]) -> str:
    """Settings in a line, each by the end of its name."""
    return ", ".join(f"{name.rpartition('.')[2]} {short(value)}" for name, value in settings.items())


def short(value: Any) -> str:
    """A value in few characters."""
    return f"{value:.3g}" if isinstance(value, float) else label(value)


def best(study: Any, trials: list[Any] | None = None) -> Any:
    """The finished trial with the best first objective; None where no trial is complete."""
    done = [t for t in trials or study.get_trials(deepcopy=False) if t.state.name == "COMPLETE"]
    most = study.directions[0].name == "MAXIMIZE"
    return max(done, key=lambda t: (t.values[0] if most else -t.values[0], -t.number), default=None)


def remaining(trials: list[Any], target: int) -> float | None:
    """Seconds until `target` trials have ended, at the pace of those that did; None where none has."""
    ended = [
        t for t in trials if counts(t) and "copy_of" not in t.user_attrs and t.datetime_start and t.datetime_complete
    ]
    if not ended:
        return None
    workers = max(1, sum(t.state.name == "RUNNING" for t in trials))
    mean = sum((t.datetime_complete - t.datetime_start).total_seconds() for t in ended) / len(ended)
    return float(max(0, target - sum(map(counts, trials))) * mean / workers)


def summary(study: Any) -> dict[str, Any]:
    """A study as a JSON object: how its trials ended, the floor, the best of them, the winner."""
    trials = study.get_trials(deepcopy=False)
    states = Counter(t.state.name for t in trials if "void" not in t.user_attrs and "lost" not in t.user_attrs)
    top = best(study, trials)
    return {
        "study": study.study_name,
        "trials": {
            "ended": sum(map(counts, trials)),
            "complete": states["COMPLETE"],
            "pruned": states["PRUNED"],
            "failed": states["FAIL"],
            "collapsed": sum(bool(t.user_attrs.get("collapsed")) for t in trials),
            "copied": sum("copy_of" in t.user_attrs for t in trials),
            "taken_over": sum("warm" in t.user_attrs for t in trials),
        },
        "floor": study.user_attrs.get("floor"),
        "best": top and {
            "trial": top.number,
            "values": dict(zip(study.metric_names or [], top.values, strict=False)),
            "settings": top.user_attrs.get("settings"),
        },
        "winner": study.user_attrs.get("winner"),
    }  # fmt: skip


def told(study: Any) -> str:
    """The end of a search in words; the best of a search never stands alone."""
    found = summary(study)
    n = found["trials"]
    ended = f"{n['ended']} trials: {n['complete']} complete, {n['pruned']} pruned, {n['failed']} failed"
    lines = [f"{ended}, {n['collapsed']} collapsed, {n['copied']} copied from the same settings."]
    if found["best"] is None:
        return "\n".join([*lines, "No trial has a score: there is no best one."])
    if n["collapsed"] and n["collapsed"] == n["complete"]:
        lines.append(
            "All models collapsed: the learning rates of this space are too high, or it is trained for too long."
        )
    values = ", ".join(f"{name} {value:.3f}" for name, value in found["best"]["values"].items())
    lines.append(f"Best of the search, on development questions: {values} (trial {found['best']['trial']})")
    lines += [f"  {name}: {short(value)}" for name, value in (found["best"]["settings"] or {}).items()]
    winner = found["winner"]
    if winner and winner["test"]:
        lines.append(
            f"The same settings with {len(winner['test'])} new seeds: development {spread(winner['development'])}, "
            f"test {spread(winner['test'])} ({winner['metric']})"
        )
    else:
        lines.append(
            "The best of a search is optimistic: it was chosen by these questions, and not examined on others."
        )
    return "\n".join(lines)


def spread(scores: list[float]) -> str:
    """0.55 (0.45 to 0.60)."""
    given = [s for s in scores if s is not None]
    if not given:
        return "not scored"
    return f"{sum(given) / len(given):.2f} ({min(given):.2f} to {max(given):.2f})"
