"""The winner of a search: its settings taught anew with other seeds, examined once on questions that chose nothing."""

import os
import socket
import time
from pathlib import Path
from typing import Any

import yaml

from wellread.config import RunConfig, put, with_paths
from wellread.runs.files import write_text
from wellread.runs.progress import say
from wellread.search.beat import Watchman, beating
from wellread.search.config import OBJECTIVES, plugin_settings
from wellread.search.terminal import best
from wellread.searching.classroom import Classroom
from wellread.searching.plan import Plan, told

RECIPE = "winner.yaml"


def crown(study: Any, plan: Plan, room: Classroom) -> None:
    """Teach the settings of the study's best trial with each of search.winner_seeds, and note the scores in the study.

    Where another process is at it, wait for it, or for its silence. Does nothing where it's done, or nothing is to be done.
    """
    top = best(study)
    if top is None or not plan.search.winner_seeds:
        return
    me = f"{socket.gethostname()}:{os.getpid()}"
    seconds = plan.search.heartbeat
    watchman, told_so = Watchman(seconds), False
    while _left(study, top, plan):
        claim = study.user_attrs.get("winner_claim")
        if claim and claim["by"] != me and not watchman.silent(0, claim["beat"]):
            if not told_so:
                say(
                    f"{claim['by']} teaches the winner anew; waiting for it, or until it has been silent for {watchman.grace:g} s"
                )
            told_so = True
            time.sleep(min(1.0, seconds))
            continue
        with beating(lambda n: study.set_user_attr("winner_claim", {"by": me, "beat": f"{me} {n}"}), seconds):
            _teach(study, plan, room, top)
    study.set_user_attr("winner_claim", None)


def _chosen(plan: Plan, top: Any) -> dict[str, Any]:
    """The settings of the trial `top`."""
    import optuna

    return dict(plan.space.suggest(optuna.trial.FixedTrial(top.params)))


def _left(study: Any, top: Any, plan: Plan) -> list[int]:
    """The seeds with which the winner wasn't taught yet."""
    winner = study.user_attrs.get("winner") or {}
    taught = winner["seeds"] if winner.get("trial") == top.number else ()
    return [seed for seed in plan.search.winner_seeds if seed not in taught]


def _teach(study: Any, plan: Plan, room: Classroom, top: Any) -> None:
    chosen = _chosen(plan, top)
    chosen.pop("train.seed", None)
    metric = _metric(plan)
    before = study.user_attrs.get("winner")
    fresh: dict[str, Any] = {
        "trial": top.number, "settings": {**told(plan.config(chosen)), **chosen}, "metric": metric, "seeds": [],
        "development": [], "test": [], "earlier": [],
    }  # fmt: skip
    if before and before["trial"] == top.number:
        fresh = before
    elif before:  # the search went on and found a better one: the test questions are used once more, which is kept
        fresh["earlier"] = [*before["earlier"], {k: before[k] for k in ("trial", "test")}]
    for seed in _left(study, top, plan):
        config = plan.config({**chosen, "train.seed": seed})
        name = f"winner-{top.number}-seed-{seed}"
        if config.search.test_papers:
            development = room.teach(config, name)
            test = room.teach(tested(config), f"{name}-papers", part=("test",))
        else:
            development = test = room.teach(config, name, part=("development", "test"))
        if development is None or test is None:
            raise ValueError("a winner's training was ended early")
        fresh["seeds"].append(seed)
        fresh["development"].append(development["development"].closed_book[metric].value)
        fresh["test"].append(test["test"].closed_book[metric].value)
        study.set_user_attr("winner", fresh)
        say(
            f"winner, seed {seed}: {metric} {_said(fresh['development'][-1])} on development questions, "
            f"{_said(fresh['test'][-1])} on test questions"
        )


def write_recipe(study: Any, plan: Plan, home: Path) -> None:
    """Write `home`/winner.yaml, of which `wellread run` makes the best trial's model and its report, where there is one.

    It has the first of search.winner_seeds, where there are some, and so gives the model that was examined.
    """
    top = best(study)
    if top is None:
        return
    chosen = _chosen(plan, top)
    if plan.search.winner_seeds:
        chosen["train.seed"] = plan.search.winner_seeds[0]
    config = with_paths(plan.config(chosen), lambda path: path.resolve())
    recipe: dict[str, Any] = {}
    for dotted, value in told(config, whole=True).items():
        if not dotted.startswith(("search.", "grid")):
            put(recipe, dotted, value)
    head = f"# Trial {top.number}, the best of the search {plan.name!r}. The model and its report: wellread run {home / RECIPE}\n"
    write_text(home / RECIPE, head + yaml.safe_dump(recipe, sort_keys=False, allow_unicode=True))


def tested(config: RunConfig) -> RunConfig:
    """The recipe for the papers that are kept for the winner."""
    papers = config.search.test_papers
    return config.model_copy(update={
        "corpus": config.corpus.model_copy(update={"papers": papers}),
        "questions": config.questions.model_copy(update={"questions": None}),
    })  # fmt: skip


def _metric(plan: Plan) -> str:
    """What the first objective measures; strict where it measures something else."""
    name = plan.search.objectives[0]
    return str(getattr(plugin_settings(OBJECTIVES, name, plan.search.params.get(name, {})), "metric", "strict"))


def _said(score: float | None) -> str:
    return "no score" if score is None else f"{score:.3f}"
