"""wellread export: a student as a folder that plain transformers loads."""

import json
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """
Examples:

  wellread export students/polyether --out polyether-135m

  wellread export my-adapter/ --merge --model bundled --out merged

Copies a student's model, or its adapter where it has no plain model. With --merge an adapter (wellread's or peft's) is folded
into the full weights of the model that it was trained on.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("export", epilog=EXAMPLES, help="Write a student as a plain model folder; fold an adapter in.")(export)


def export(
    student: Annotated[Path, typer.Argument(help="A student, a run, or an adapter folder.")],
    out: Annotated[Path, typer.Option(help="The folder to write; it must not exist.")],
    merge: Annotated[bool, typer.Option("--merge", help="Fold the adapter into the model it was trained on.")] = False,
    model: Annotated[str | None, typer.Option(help="That model. [default: the one the student names]")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Hand the names on."""
    from wellread.cli._show import start
    from wellread.training import student as students

    start(as_json)
    made = students.export(student, out, merge=merge, model=model)
    print(json.dumps({"out": str(out), **made}) if as_json else f"{made['kind'].capitalize()}: {out}")
