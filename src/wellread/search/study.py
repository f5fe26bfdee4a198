"""The study that workers share: made once, joined by others, refused where it is another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wellread import plugins
from wellread.errors import ConfigError, InputError, RunConflictError
from wellread.runs.fingerprint import differences
from wellread.runs.progress import say
from wellread.search.config import OBJECTIVES, PRUNERS, SAMPLERS, SearchConfig, plugin_settings
from wellread.search.outcome import Outcome
from wellread.search.ranges import Infeasible
from wellread.search.space import Space
from wellread.search.storage import library, open_storage, shown

WARM_BEST = 5
"""So many of the best trials of a study on other texts are tried anew."""


@dataclass(frozen=True)
class Wanted:
    """What a study is to be."""

    name: str
    config: SearchConfig
    space: Space
    identity: Mapping[str, Any]
    """What must agree for two searches to be one: space, objectives, all other settings, hashes of the files."""
    about: Mapping[str, Any]
    """For the reader: version, recipe, objectives, model, numbers of questions."""


def directions(config: SearchConfig) -> list[str]:
    """minimize or maximize, for each objective."""
    return [str(plugins.load(OBJECTIVES, name).DIRECTION) for name in config.objectives]


def values(config: SearchConfig, outcome: Outcome) -> list[float | None]:
    """What the trial is worth, for each objective; None where it can't be said."""
    found = []
    for name in config.objectives:
        params = plugin_settings(OBJECTIVES, name, config.params.get(name, {}))
        found.append(plugins.load(OBJECTIVES, name).value(outcome, params))
    return found


def joined(storage: str, wanted: Wanted) -> Any:
    """The study `wanted` in `storage`, made and its queue filled where it isn't there yet.

    Raises RunConflictError where another study has its name, and says what differs.
    """
    optuna = library()
    kept = open_storage(storage)
    study = optuna.create_study(
        storage=kept, study_name=wanted.name, directions=directions(wanted.config), load_if_exists=True,
        pruner=pruner(wanted.config),
    )  # fmt: skip
    known = study.user_attrs
    if "identity" not in known:
        if study.get_trials(deepcopy=False):
            what = f"{shown(storage)} holds a study {wanted.name!r} that wellread didn't make"
            raise RunConflictError(what, "Choose another --study, or another --storage.")
        study.set_metric_names(list(wanted.config.objectives))
        study.set_user_attr("wellread", dict(wanted.about))
        study.set_user_attr("identity", dict(wanted.identity))
    elif changed := differences(known["identity"], wanted.identity):
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        what = f"{shown(storage)} holds a study {wanted.name!r} of another kind ({'; '.join(changed[:3])}{more})"
        raise RunConflictError(what, "Choose another --study, or another --storage.")
    if "queued" not in study.user_attrs:
        _fill(study, wanted)
        study.set_user_attr("queued", True)
    return study


def queue(wanted: Wanted) -> list[dict[str, Any]]:
    """The parameters of the trials to begin with: the recipe's, then, for a grid, all of its points."""
    first = [wanted.space.params(settings, f"search.queue[{n}]: ") for n, settings in enumerate(wanted.config.queue)]
    if getattr(plugins.load(SAMPLERS, wanted.config.sampler), "QUEUES", False):
        first += [params for params in wanted.space.grid() if params not in first]
    return first


def _fill(study: Any, wanted: Wanted) -> None:
    again = bool(study.get_trials(deepcopy=False))  # the one who began to fill it was killed
    for params in queue(wanted):
        study.enqueue_trial(params, skip_if_exists=again)


def target(wanted: Wanted, asked: int | None) -> int:
    """How many trials the study is to have when it's done."""
    if asked or wanted.config.trials:
        return int(asked or wanted.config.trials or 0)
    if getattr(plugins.load(SAMPLERS, wanted.config.sampler), "QUEUES", False):
        return len(queue(wanted))
    return 20


def sampler(config: SearchConfig, draw: Sequence[int]) -> Any:
    """The chosen sampler, seeded for one trial by the numbers `draw`, so that a search can be done again."""
    from numpy.random import SeedSequence

    seed = int(SeedSequence([config.seed, *draw]).generate_state(1)[0])
    module = plugins.load(SAMPLERS, config.sampler)
    return module.make(plugin_settings(SAMPLERS, config.sampler, config.params.get(config.sampler, {})), seed)


def pruner(config: SearchConfig) -> Any:
    """The chosen pruner, or one that never prunes."""
    library()
    from optuna.pruners import NopPruner

    module = plugins.load(PRUNERS, config.pruner)
    if module.make is None:
        return NopPruner()
    return module.make(plugin_settings(PRUNERS, config.pruner, config.params.get(config.pruner, {})))


def counts(trial: Any) -> bool:
    """Whether a trial counts among those that a search is to do: it ended here, for better or worse."""
    if "warm" in trial.user_attrs or "void" in trial.user_attrs or not trial.state.is_finished():
        return False
    return trial.state.name in ("COMPLETE", "PRUNED") or bool(trial.user_attrs.get("error"))


def warm(study: Any, wanted: Wanted, source: str) -> None:
    """Take over the finished trials of another study, STORAGE or STORAGE#NAME; of one on other texts, try its best anew.

    Raises InputError where it isn't there, ConfigError where it sought something else.
    """
    optuna = library()
    where, _, name = source.partition("#")
    kept = open_storage(where, make=False)
    names = sorted(optuna.study.get_all_study_names(kept))
    name = name or (names[0] if len(names) == 1 else "")
    if name not in names:
        what = f"--warm-from {source}: no such study" if name else f"--warm-from {source}: which study?"
        raise InputError(what, f"It holds {', '.join(names) or 'none'}; write STORAGE#NAME.")
    other = optuna.load_study(study_name=name, storage=kept)
    goals = (other.user_attrs.get("wellread") or {}).get("objectives") or other.metric_names
    if list(goals or []) != list(wanted.config.objectives) or [d.name.lower() for d in other.directions] != directions(
        wanted.config
    ):
        what = f"--warm-from {source}: it sought {', '.join(goals or ['something'])}, not {', '.join(wanted.config.objectives)}"
        raise ConfigError(what, "Choose a study with the same objectives.")
    if source in study.user_attrs.get("warmed", []):
        return
    done = [t for t in other.get_trials(deepcopy=False) if t.state.name == "COMPLETE" and _fits(t, wanted.space)]
    same = _but_space(other.user_attrs.get("identity")) == _but_space(wanted.identity)
    if same:
        for t in done:
            study.add_trial(optuna.create_trial(
                params=t.params, distributions=t.distributions, values=t.values,
                user_attrs={**t.user_attrs, "warm": f"{name} {t.number}"},
            ))  # fmt: skip
        say(f"{len(done)} trials of {source} are taken over")
    else:
        best = sorted(done, key=lambda t: t.values[0], reverse=directions(wanted.config)[0] == "maximize")[:WARM_BEST]
        for t in best:
            study.enqueue_trial(t.params, skip_if_exists=True)
        say(f"{source} is on other texts or settings: its best {len(best)} trials are tried anew here")
    study.set_user_attr("warmed", [*study.user_attrs.get("warmed", []), source])


def _but_space(identity: Any) -> Any:
    return {k: v for k, v in (identity or {}).items() if k != "space"}


def _fits(trial: Any, space: Space) -> bool:
    """Whether a trial's parameters are a point of `space`."""
    import optuna

    fixed = optuna.trial.FixedTrial(trial.params)
    try:
        space.suggest(fixed)
        drawn = fixed.distributions
        inside = all(d._contains(d.to_internal_repr(trial.params[name])) for name, d in drawn.items())
    except (ValueError, Infeasible):  # a value that isn't there, or isn't among the choices
        return False
    return inside and set(drawn) == set(trial.params)
