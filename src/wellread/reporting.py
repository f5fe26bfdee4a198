"""What `wellread report` is about: a run, a search or published logs. Each becomes one page, by one call."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from wellread.errors import ConfigError, InputError
from wellread.evaluate.log_keys import Keys
from wellread.evaluate.log_rows import values
from wellread.evaluate.log_trials import trials_of
from wellread.evaluate.rescoring import rescored
from wellread.files import existing
from wellread.questions.load import load
from wellread.report import published_page, run_figures, stage, study_page
from wellread.report.drawing import Drawing
from wellread.report.export import writable_folder
from wellread.report.material import material
from wellread.report.page import render, render_text
from wellread.runs.files import write_text
from wellread.runs.progress import say
from wellread.runs.run import look
from wellread.studies import Study, is_store, read

T = TypeVar("T")
LOGS = (".json", ".jsonl", ".csv", ".ndjson")


@dataclass(frozen=True)
class Asked:
    """How a search is to be looked at; only searches have these."""

    study: str | None = None
    value: str | None = None
    aim: str = "value"
    roles: tuple[str, ...] = ()
    floor: float | None = None


@dataclass(frozen=True)
class Logs:
    """How published logs are to be looked at."""

    questions: tuple[str, ...] = ()
    """Files of questions whose keys answers are scored by."""
    trials: bool = False
    """Whether they are drawn as a search, each object with settings and a score a trial."""


@dataclass(frozen=True)
class Reported:
    """A page that was written, and the same for terminal, scripts and figure files."""

    page: Path
    text: str
    data: Mapping[str, Any]
    drawings: Mapping[str, Drawing] = field(default_factory=dict)


def report(names: Sequence[str], out: Path | None, asked: Asked, how: Logs | None = None) -> Reported:
    """Write the page about `names`: one run's folder, one store of searches, or any number of result logs.

    Raises InputError for what is none of these, ConfigError for options that don't apply.
    """
    out, how = _place(out, names), how or Logs()
    if how != Logs() and any(is_store(name) or Path(name).is_dir() for name in names):
        raise ConfigError("--questions and --trials are for logs", "Leave them out.")
    if len(names) == 1 and is_store(names[0]):
        return _study(names[0], out or Path("report.html"), asked)
    if any(map(is_store, names)):
        raise InputError(f"{len(names)} names, of which some are stores of searches", "Report on one store at a time.")
    paths = [existing(name) for name in names]
    if asked != Asked() and not how.trials:
        raise ConfigError("--study, --value, --objective, --role and --floor are for searches", "Leave them out.")
    if len(paths) == 1 and paths[0].is_dir():
        return _run(paths[0], out)
    for path in paths:
        if path.is_dir() or path.suffix.casefold() not in LOGS:
            what = "a folder" if path.is_dir() else "no run, no store of a search and no result log"
            raise InputError(f"{path} is {what}", f"Give one run's folder, one store, or logs ({', '.join(LOGS)}).")
    if how.trials:
        if how.questions:
            raise ConfigError("--trials shows the published scores, and --questions has none", "Give one of them.")
        held, unread = _each(paths, lambda path: (path, values(path)))
        for why in unread:
            say(f"left out: {why}")
        return _drawn(trials_of(dict(held)), out or Path("report.html"), asked)
    return _logs(paths, out or Path("report.html"), how.questions)


def _place(out: Path | None, names: Sequence[str]) -> Path | None:
    """Where the page goes, which is none of the files that it is about."""
    if out is None:
        return None
    if out.is_dir():
        out = out / "report.html"
    if any(out.resolve() == Path(name.removeprefix("journal:")).resolve() for name in names):
        raise ConfigError(f"--out {out} is the file to be reported on", "Choose another name for the page.")
    if not writable_folder(out.parent):
        raise ConfigError(f"--out {out}: its folder can't be written to", "Choose another place.")
    return out


def _run(folder: Path, out: Path | None) -> Reported:
    seen = look(folder)
    if "grid" not in seen.settings:
        raise InputError(f"{folder} is not a run that taught papers", "See: wellread runs.")
    data = stage.collect(seen)
    page = out or stage.write(seen)
    if out:
        write_text(out, render(data))
    plain = json.loads(data.model_dump_json())  # a loss that is no number becomes null, which JSON can hold
    return Reported(page, render_text(data), plain, run_figures.drawings(data))


def _study(store: str, out: Path, asked: Asked) -> Reported:
    return _drawn(read(store, asked.study), out, asked)


def _drawn(study: Study, out: Path, asked: Asked) -> Reported:
    found = material(study, value=asked.value, aim=asked.aim, roles=asked.roles, floor=asked.floor)
    drawn, lacking = study_page.draw(found)
    write_text(out, study_page.render(found, drawn, lacking))
    drawings = {name: drawing for name, (_, drawing) in drawn.items()}
    data = {**study_page.as_json(found, drawn, lacking), "report": str(out)}
    return Reported(out, study_page.render_text(found), data, drawings)


def scored_again(path: Path, keys: Keys | None = None) -> published_page.Log:
    """The published answers in `path` under our metrics. Raises InputError where none can be found."""
    found = rescored(path, keys)
    return published_page.Log(name=str(path), **{name: getattr(found, name) for name in type(found).model_fields})


def _each(paths: Sequence[Path], read: Callable[[Path], T]) -> tuple[list[T], list[str]]:
    """What `read` makes of each log, and why some can't be read. Raises InputError where none can."""
    made, unread = [], []
    for path in paths:
        try:
            made.append(read(path))
        except InputError as error:
            unread.append(str(error))
            last = error
    if not made:
        raise last
    return made, unread


def _logs(paths: Sequence[Path], out: Path, questions: Sequence[str]) -> Reported:
    keys = Keys(placed.question for placed in load(questions)) if questions else None
    logs, unread = _each(paths, lambda path: scored_again(path, keys))
    if keys and not keys.used:
        what = f"{', '.join(questions)}: none of these questions stands in the logs"
        raise InputError(what, "A question must have the words that the log's prompt has.")
    write_text(out, published_page.render(logs, unread))
    data = {"logs": [log.model_dump(mode="json") for log in logs], "unread": unread, "report": str(out)}
    return Reported(out, published_page.render_text(logs, unread), data, {"published": published_page.draw(logs)})
