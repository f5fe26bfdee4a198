"""wellread train: texts, pairs and preferences in, a student out."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wellread.cli._options import Artifacts, Json, Settings

if TYPE_CHECKING:
    from wellread.runs.store import Artifact

EXAMPLES = """
Examples:

  wellread train --data papers/polyether --out students/polyether

  wellread train recipes/train/lora.yaml --data runs/polyether --data unrelated=texts/ --plan

  wellread train recipes/train/chain.yaml --data pairs.jsonl --data preferences.jsonl --set train.seed=1

  torchrun --nproc_per_node 2 -m wellread train recipes/train/gpus.yaml --data runs/polyether

Data: a run, an artefact, papers (as teach takes them), or JSON lines with text, with prompt and completion, or with prompt,
chosen and rejected. GENRE=PATH names all of it for train.mixture. Stopped or killed? The same command continues.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("train", epilog=EXAMPLES, help="Train a student on texts, pairs or preferences; one stage or a chain.")(
        train
    )


def train(
    recipe: Annotated[Path | None, typer.Argument(help="A YAML recipe. [default: one stage of defaults]")] = None,
    data: Annotated[list[str] | None, typer.Option(help="What to train on, PATH or GENRE=PATH; repeatable.")] = None,
    model: Annotated[str | None, typer.Option(help="`bundled`, a local folder, a .gguf file, or a hub id.")] = None,
    out: Annotated[Path | None, typer.Option(help="The student's folder. [default: students/<recipe>]")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Say dose, steps, memory and time; train nothing.")] = False,
    dev: Annotated[Path | None, typer.Option(help="Development questions (JSON lines): scored while training.")] = None,
    set_: Settings = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps.")] = None,
    artifacts: Artifacts = None,
    as_json: Json = False,
) -> None:
    """Build the recipe and hand it on."""
    import tempfile
    from dataclasses import replace

    from wellread.cli._show import start
    from wellread.cli._values import parse
    from wellread.train.parallel import lead
    from wellread.training import chain, student
    from wellread.training.recipe import read_recipe

    start(as_json)
    overrides = parse(set_ or [])
    overrides |= {"model.name": model} if model else {}
    overrides |= {"model.device": device} if device else {}
    chosen = read_recipe(recipe, overrides)
    chosen = replace(chosen, data=tuple(data)) if data else chosen
    if plan:
        with tempfile.TemporaryDirectory() as scratch:
            _show_plan(chain.plan(chosen, Path(scratch)), as_json)
        return
    out = out or Path("students") / (recipe.stem if recipe else "student")
    done = chain.train(chosen, out, artifacts, student.development(dev) if dev else None)
    if lead():
        _show_student(out, done, as_json)


def _show_plan(stages: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"stages": stages}, ensure_ascii=False))
        return
    from wellread.train.dose import Dose

    for number, stage in enumerate(stages, 1):
        print(f"Stage {number}" if len(stages) > 1 else "Plan")
        for line in [*stage["notes"], *Dose.model_validate(stage["dose"]).lines()]:
            print(f"  {line}")
        print(f"  {len(stage['rejected'])} examples rejected")
        print(
            f"  {stage['trained_parameters'] / 1e6:.1f} of {stage['parameters'] / 1e6:.1f} million parameters trained"
        )
        there = f" of {stage['memory_there'] / 1e9:.1f}" if stage["memory_there"] else ""
        print(f"  peak memory about {stage['memory_bytes'] / 1e9:.1f}{there} GB on {stage['device']}")
        print(f"  about {stage['seconds'] / 60:.1f} minutes")
    print("Nothing was trained.")


def _show_student(out: Path, done: "list[Artifact]", as_json: bool) -> None:
    stages = [
        {
            "artifact": str(a.path),
            **{
                key: a.stats[key]
                for key in ("dose", "notes", "rejected", "collapsed", "last_loss", "scores", "processes")
            },
            # Earlier artefacts of this version tell neither.
            "steps": a.stats.get("steps", a.stats["dose"]["steps"]),
            "kept": a.stats.get("kept"),
            "preferred": a.stats.get("preferred"),
            "seconds": round(a.seconds, 1),
        }
        for a in done
    ]
    there = {name: str(out / name) if (out / name).is_dir() else None for name in ("model", "adapter")}
    if as_json:
        print(json.dumps({"student": str(out), **there, "stages": stages}, ensure_ascii=False))
        return
    for number, stage in enumerate(stages, 1):
        print(f"Stage {number}: {_made(stage)}")
    for name, path in there.items():
        if path:
            print(f"{name.capitalize()}: {path}")


def _made(stage: dict[str, Any]) -> str:
    """Steps, time and end of a stage in words."""
    from wellread.train.preferred import Preferred, told

    planned, kept = stage["dose"]["steps"], stage["kept"]
    steps = f"{stage['steps']} of {planned}" if stage["steps"] < planned else f"{planned}"
    fate = stage["collapsed"] or f"last loss {stage['last_loss']:.3f}"
    after = f", kept the weights of step {kept['step']} (score {kept['score']:.3f})" if kept else ""
    if found := stage["preferred"]:
        after += ", " + told(Preferred.model_validate(found["before"]), Preferred.model_validate(found["after"]))
    return f"{steps} steps in {stage['seconds']:.0f} s, {fate}{after}"
