"""Papers as verbs take them: a finished corpus that is named is read as it is, anything else becomes a corpus first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

import wellread.corpus.stage as corpus
from wellread.config import one_line, overlaid
from wellread.corpus.config import CorpusConfig
from wellread.errors import InputError
from wellread.files import read_yaml
from wellread.records import Passage
from wellread.runs import run as runs
from wellread.runs.fingerprint import fingerprint, settings
from wellread.runs.jsonl import read_records
from wellread.runs.progress import say
from wellread.runs.run import Run
from wellread.runs.store import MANIFEST, Artifact, open_artifact

M = TypeVar("M", bound=BaseModel)


def settings_from(kind: type[M], values: dict[str, Any], overrides: Mapping[str, Any], recipe: Path | None = None) -> M:
    """Settings of `kind`: those of the YAML file `recipe`, `values` (by group) on top, dotted `overrides` on top of all.

    What is None among the values isn't set. Raises InputError and ConfigError in one line.
    """
    given = _recipe(recipe) if recipe else {}
    for name, part in values.items():
        if not isinstance(part, dict):
            given |= {} if part is None else {name: part}
        elif chosen := {key: value for key, value in part.items() if value is not None}:
            given |= overlaid(given, {f"{name}.{key}": value for key, value in chosen.items()})
    try:
        return kind.model_validate(overlaid(given, overrides))
    except ValidationError as error:
        raise one_line(error, kind) from None


def _recipe(path: Path) -> dict[str, Any]:
    values = read_yaml(path)
    if not isinstance(values, dict):
        raise InputError(f"{path}: a recipe is a mapping of groups of settings", "See recipes/augment/ for examples.")
    return values


def found(config: CorpusConfig) -> Artifact | None:
    """The finished corpus that a single name may point to: its artefact, or a run that holds one."""
    path = Path(config.papers[0]).expanduser()
    if len(config.papers) > 1 or not path.is_dir():
        return None
    if (path / runs.INDEX).is_file():
        return runs.look(path).artifact("corpus")
    if not (path / MANIFEST).is_file():
        return None
    made = open_artifact(path)
    if made.manifest.get("stage") == "ingest" and (config.sections or config.parts):
        return None  # a part of it is chosen, which makes another corpus
    if not (path / "data" / "passages.jsonl.zst").is_file():
        raise InputError(
            f"{path} is an artefact of stage {made.manifest.get('stage')!r}", "Name a corpus, or folders of texts."
        )
    say(f"{path}: {made.manifest['stage']} read as it is")
    return made


def files(config: CorpusConfig, there: Artifact | None) -> dict[str, str]:
    """What will be read, with hashes: the corpus that is `there`, or each file."""
    return {"corpus": there.fingerprint} if there else corpus.sources(config)


def read(run: Run, config: CorpusConfig, there: Artifact | None) -> Artifact:
    """The corpus of `run`: the one that is `there`, or one made now."""
    if there:
        return there
    recipe = {
        "stage": corpus.NAME,
        "version": corpus.VERSION,
        "config": settings(config),
        "inputs": {"files": fingerprint(corpus.sources(config))},
    }
    label = Path(config.papers[0]).resolve().stem
    return run.build("corpus", recipe, label, lambda out: corpus.run(config, {}, out))


def passages(config: CorpusConfig, scratch: Path) -> list[Passage]:
    """The passages alone, for a plan; a corpus that isn't there yet is written to `scratch`."""
    there = found(config)
    if there is None:
        corpus.run(config, {}, scratch)
    return read_records((there.path if there else scratch) / "data" / "passages.jsonl.zst", Passage)
