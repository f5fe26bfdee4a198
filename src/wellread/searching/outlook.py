"""What a search would be: its space, its first trials, how long it would take."""

import tempfile
from pathlib import Path
from typing import Any

import wellread.train.stage as train
from wellread.errors import InputError
from wellread.models.resolve import resolve
from wellread.runs.progress import hushed
from wellread.search.storage import library, open_storage
from wellread.search.study import counts, queue, target
from wellread.searching.classroom import Classroom
from wellread.searching.plan import Search

SHOWN = 5


def outlook(asked: Search) -> dict[str, Any]:
    """The space, the queue's first trials, and seconds: those of earlier trials of the study, or those of one that is
    measured by a forward and backward pass, with nothing for the examination."""
    plan = asked.plan
    wanted = plan.wanted({})
    trials = target(wanted, asked.trials)
    before = _before(asked, wanted.name)
    ended = sum(map(counts, before))
    seconds = [
        (t.datetime_complete - t.datetime_start).total_seconds() for t in before if counts(t) and t.datetime_start
    ]
    each, how = (sum(seconds) / len(seconds), f"as {len(seconds)} trials took") if seconds else _measured(asked)
    first = queue(wanted)
    return {
        "study": wanted.name,
        "space": plan.space.describe(),
        "points": plan.space.size,
        "objectives": list(plan.search.objectives),
        "sampler": plan.search.sampler,
        "trials": trials,
        "ended": ended,
        "queued": len(first),
        "first": first[:SHOWN],
        "trial_seconds": round(each, 1),
        "seconds": round(each * max(0, trials - ended), 1),
        "from": how,
    }


def _before(asked: Search, name: str) -> list[Any]:
    """The trials of the study, where there is one; a file that isn't there is not made."""
    optuna = library()
    plain = "://" not in asked.store
    if plain and not Path(asked.store.removeprefix("journal:")).is_file():
        return []
    kept = open_storage(asked.store)
    if name not in optuna.study.get_all_study_names(kept):
        return []
    trials: list[Any] = optuna.load_study(study_name=name, storage=kept).get_trials(deepcopy=False)
    return trials


def _measured(asked: Search) -> tuple[float, str]:
    """Seconds of training for the usual point of the space, from one pass over its largest batch."""
    from wellread.train.forecast import forecast

    plan = asked.plan
    config = plan.usual
    with hushed(), tempfile.TemporaryDirectory() as scratch:
        sheets = Classroom(Path(scratch)).sheets(config)
        inputs = sheets.texts
        try:
            found = forecast(config.train, config.model, resolve(config.model.name).path, train.gather(inputs), [])
        except InputError as e:
            raise InputError(f"{asked.recipe}: {e.what}", e.fix) from None
    return float(found["seconds"]), "from one pass of the first point; the examination comes on top"
