"""The stages of a recipe, one after another: trained, or only planned."""

from pathlib import Path
from typing import Any

import wellread.train.stage as stage
from wellread.errors import InputError
from wellread.models.resolve import resolve
from wellread.runs import run as runs
from wellread.runs.fingerprint import settings
from wellread.runs.progress import say
from wellread.runs.run import Run
from wellread.runs.store import Artifact
from wellread.train.parallel import follow, leading, together
from wellread.training.data import gather, hashes
from wellread.training.recipe import Recipe
from wellread.training.student import Development


def train(recipe: Recipe, out: Path, artifacts: Path | None = None, score: Development | None = None) -> list[Artifact]:
    """Train a student in `out`: out/model (and out/adapter) of the last stage; one artefact for each stage.

    The same call continues what an interrupted one began. Under torchrun each process calls it; the first one writes.
    """
    if follow():
        return []
    model = resolve(_with_data(recipe).model.name)
    said = {"model": recipe.model.model_dump(mode="json"), "data": list(recipe.data)}
    known: dict[str, Any] = {
        "files": hashes(recipe.data),
        "model": {**settings(recipe.model), "revision": model.revision},
    }
    known |= {"stages": [settings(config) for config in recipe.stages]}
    known |= {"development": score.fingerprint} if score else {}
    with (
        leading(),
        runs.opened(
            out,
            {**said, "stages": [c.model_dump(mode="json") for c in recipe.stages]},
            known,
            artifacts,
        ) as run,
    ):
        label = "+".join(Path(s.rpartition("=")[2]).resolve().stem for s in recipe.data[:2])
        sources = {"stage": "data", "version": 1, "config": {"data": list(recipe.data)}, "inputs": known["files"]}
        made = run.build("data", sources, label, lambda into: gather(recipe.data, into))
        base, from_ = model.path, model.revision
        done: list[Artifact] = []
        for number, config in enumerate(recipe.stages, 1):
            if len(recipe.stages) > 1:
                say(f"[{number}/{len(recipe.stages)}] {config.objective or 'clm and sft'}")
            done.append(_trained(run, recipe, number, base, from_, made, label, score))
            base, from_ = done[-1].path / "model", done[-1].fingerprint
        _link(run, done[-1])
    return done


def _with_data(recipe: Recipe) -> Recipe:
    if not recipe.data:
        raise InputError("no data to train on", "Give --data, for example --data papers/ or --data runs/mine.")
    return recipe


def _trained(
    run: Run,
    recipe: Recipe,
    number: int,
    base: Path,
    revision: str,
    data: Artifact,
    label: str,
    score: Development | None,
) -> Artifact:
    """Stage `number` of the chain, from the model in `base`."""
    config = recipe.stages[number - 1]
    last = number == len(recipe.stages)
    inputs = {"model": base, "augment": data.path}

    def make(into: Path) -> dict[str, Any]:
        stats: dict[str, Any] = together(stage.run, config, recipe.model, inputs, into, plain=not last, score=score)
        return stats

    part = {**settings(config), "precision": recipe.model.precision}
    made_from = {"model": revision, "data": data.fingerprint}
    made_from |= {"development": score.fingerprint} if score else {}
    key = "train" if len(recipe.stages) == 1 else f"train.{number}"
    return run.build(
        key, {"stage": stage.NAME, "version": stage.VERSION, "config": part, "inputs": made_from}, label, make
    )


def _link(run: Run, last: Artifact) -> None:
    for name in ("model", "adapter"):
        if (last.path / name).is_dir():
            run.link(name, last.path / name)
        elif (run.folder / name).is_symlink():
            (run.folder / name).unlink()  # an earlier version made it


def plan(recipe: Recipe, scratch: Path) -> list[dict[str, Any]]:
    """What each stage would train on and take: dose, steps, memory, time. Nothing is trained; `scratch` takes the data."""
    from wellread.train.forecast import forecast

    gather(_with_data(recipe).data, scratch)
    model = resolve(recipe.model.name)
    examples = stage.gather({"augment": scratch})
    preferences = stage.gather_preferences({"augment": scratch})
    return [forecast(config, recipe.model, model.path, examples, preferences) for config in recipe.stages]
