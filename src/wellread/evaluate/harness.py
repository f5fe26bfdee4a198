"""Tasks of lm-evaluation-harness, through its own library, so that its numbers are its own.

Most of its tasks fetch their data from the hub; a folder with task files of one's own, over local files, needs no network.
"""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError, InputError
from wellread.evaluate.examinee import Local
from wellread.runs.fingerprint import hash_file

VERSION = 1


def library() -> Any:
    """The module `lm_eval`. Raises ConfigError where it isn't installed."""
    try:
        import lm_eval
    except ImportError:
        raise ConfigError("lm-eval is not installed", "pip install 'wellread[lm-eval]'") from None
    return lm_eval


def folder_hash(folder: str | None) -> dict[str, str]:
    """Each file of the folder of tasks with its hash; nothing where there is no folder."""
    if folder is None:
        return {}
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"{folder} is not a folder", "Name the folder that holds the tasks' YAML files.")
    return {str(p.relative_to(root)): hash_file(p) for p in sorted(root.rglob("*")) if p.is_file()}


def run(examinee: Local, tasks: Sequence[str], folder: str | None, batch_size: int) -> dict[str, dict[str, float]]:
    """Task -> metric (as the harness calls it, with its standard errors) -> value.

    Raises ConfigError for an unknown task, InputError for a task whose data can't be had.
    """
    library()
    from lm_eval import simple_evaluate
    from lm_eval.models.huggingface import HFLM
    from lm_eval.tasks import TaskManager

    with contextlib.redirect_stdout(sys.stderr):  # standard output is for results
        manager = TaskManager(include_path=folder)
        unknown = [t for t in tasks if t not in manager.all_tasks]
        if unknown:
            near = ", ".join(sorted(t for t in manager.all_tasks if unknown[0].split("_")[0] in t)[:8])
            raise ConfigError(f"lm-eval knows no task {unknown[0]!r}", f"Near it: {near or 'nothing'}.")
        model = HFLM(pretrained=examinee.model, tokenizer=examinee.tokenizer, batch_size=batch_size)
        try:
            done = simple_evaluate(
                model=model, tasks=list(tasks), task_manager=manager, log_samples=False, verbosity="ERROR"
            )
        except (OSError, ValueError) as error:  # ConnectionError, DatasetNotFoundError and their like
            first = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise InputError(
                f"lm-eval {', '.join(tasks)}: {first}", "Most tasks fetch their data; see that it's there."
            ) from error
    return {
        task: {k.removesuffix(",none"): float(v) for k, v in values.items() if isinstance(v, int | float)}
        for task, values in done["results"].items()
    }
