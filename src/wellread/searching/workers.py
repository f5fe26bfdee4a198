"""Workers on one study: in this process, or in several; other machines join with the same command."""

import multiprocessing
import os
import sys
import time
from typing import Any

from wellread.errors import StoppedError, WellreadError
from wellread.runs import progress
from wellread.search.space import Settings
from wellread.search.study import counts, joined, target, warm
from wellread.search.terminal import summary
from wellread.search.worker import Enough, Worker
from wellread.searching.classroom import Classroom
from wellread.searching.plan import Plan, Search, told
from wellread.searching.winner import RECIPE, crown, tested, write_recipe


def search(asked: Search, workers: int) -> Any:
    """Do the search, alone or with others who do the same; then teach its winner anew. Returns the study.

    Raises the errors of wellread.errors, those of bad input before anything is written.
    """
    study, plan, room = _begun(asked)
    for source in asked.warm_from:
        warm(study, plan.wanted({}), source)
    wanted = target(plan.wanted({}), asked.trials)
    ended = _ended(study)
    if ended:
        progress.say(f"{ended} of {wanted} trials have ended before")
    if workers == 1:
        _work(asked, study, plan, room, 0, wanted)
    else:
        _spawned(asked, study, workers, wanted)
    crown(study, plan, room)
    write_recipe(study, plan, asked.home)
    return study


def _begun(asked: Search) -> tuple[Any, Plan, Classroom]:
    """The study, and a room whose texts, questions and floor are made."""
    plan, room = asked.plan, Classroom(asked.home)
    with progress.hushed():
        sheets = room.sheets(plan.usual)
    numbers = {part: _lines(sheet) for part, sheet in sheets.asked.items()}
    if plan.search.test_papers:
        with progress.hushed():
            numbers["test"] = _lines(room.sheets(tested(plan.usual)).asked["test"])
    elif not plan.search.winner_seeds:
        numbers["test"] = 0
    study = joined(asked.store, plan.wanted(numbers))
    if "floor" not in study.user_attrs:
        progress.say(f"The untrained model is examined on {numbers['development']} questions")
        with progress.hushed():
            floor = room.floor(plan.usual, sheets.asked["development"], sheets.corpus)
        study.set_user_attr("floor", {name: score.value for name, score in floor.items()})
    return study, plan, room


def _lines(sheet: Any) -> int:
    from wellread.runs.jsonl import read_rows

    return sum(1 for _ in read_rows(sheet.path / "data" / "questions.jsonl.zst"))


def _ended(study: Any) -> int:
    return sum(counts(t) for t in study.get_trials(deepcopy=False))


def _work(asked: Search, study: Any, plan: Plan, room: Classroom, index: int, wanted: int) -> None:
    def attempt(settings: Settings, number: int, enough: Enough | None) -> Any:
        config = plan.config(settings)
        outcomes = room.teach(config, f"trial-{number}", enough=enough)
        about = {"settings": {**told(config), **settings}, "seed": config.train.seed}
        return (outcomes and outcomes["development"]), about

    Worker(study, plan.wanted({}), attempt, wanted, index).work()


def _spawned(asked: Search, study: Any, workers: int, wanted: int) -> None:
    """Several processes; one that dies leaves its trial to the others."""
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // workers)))
    start = multiprocessing.get_context("spawn")
    mode = progress.mode()
    crew = [start.Process(target=_worker, args=(asked, index, wanted, mode)) for index in range(workers)]
    for process in crew:
        process.start()
    try:
        for process in crew:
            process.join()
            if (process.exitcode or 0) < 0:
                progress.say(f"a worker (pid {process.pid}) was killed; its trial goes to another one")
    except KeyboardInterrupt:  # the workers got it as well
        for process in crew:
            process.join()
    ended = _ended(study)
    if ended < wanted:
        codes = {process.exitcode for process in crew}
        if StoppedError.exit_code in codes:
            raise StoppedError(f"stopped after {ended} of {wanted} trials", "The same command goes on.")
        raise WellreadError(f"all workers have ended after {ended} of {wanted} trials", "The same command goes on.")


def _worker(asked: Search, index: int, wanted: int, mode: Any) -> None:
    """What a worker's process does."""
    progress.set_mode(mode)
    try:
        _own_gpu(index)
        plan, room = asked.plan, Classroom(asked.home)
        _work(asked, joined(asked.store, plan.wanted({})), plan, room, index, wanted)
    except WellreadError as e:
        print(f"wellread: worker {index}: {e}", file=sys.stderr)
        sys.exit(e.exit_code)
    except KeyboardInterrupt:
        sys.exit(StoppedError.exit_code)


def _own_gpu(index: int) -> None:
    """Spread the workers over the GPUs of this machine."""
    import torch

    if torch.cuda.is_available() and torch.cuda.device_count() > 1:
        torch.cuda.set_device(index % torch.cuda.device_count())


def result(asked: Search, study: Any, began: float) -> dict[str, Any]:
    """The search as a JSON object."""
    from wellread.search.storage import shown

    recipe = asked.home / RECIPE
    there = {"winner_recipe": str(recipe) if recipe.is_file() else None}
    return {"storage": shown(asked.store), **summary(study), **there, "seconds": round(time.monotonic() - began, 1)}
