"""wellread why: what a stage was made from, and how that differs from its siblings."""

import json
from pathlib import Path
from typing import Annotated

import typer
import yaml

EXAMPLES = """
Examples:

  wellread why runs/polyether train

  wellread why runs/polyether train --against runs/two-texts
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("why", epilog=EXAMPLES, help="Show what a stage was made from, and what differs elsewhere.")(why)


def why(
    run: Annotated[Path, typer.Argument(help="The run's folder.")],
    stage: Annotated[str, typer.Argument(help="A stage, such as corpus, train or closed_book.")],
    against: Annotated[Path | None, typer.Option(help="Another run to compare with.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the recipe behind the artefact, then the differences."""
    from wellread.runs.fingerprint import differences
    from wellread.runs.run import look

    seen = look(run)
    mine = seen.artifact(stage)
    others = (
        [look(against).artifact(stage)]
        if against
        else [a for a in seen.store.all(mine.manifest["stage"]) if a.path.resolve() != mine.path.resolve()]
    )
    keys = ("version", "config", "inputs")
    recipe = {k: mine.manifest[k] for k in keys}
    changes = {str(o.path): differences({k: o.manifest[k] for k in keys}, recipe) for o in others}
    if as_json:
        print(
            json.dumps({"artifact": str(mine.path), "fingerprint": mine.fingerprint, **recipe, "differences": changes})
        )
        return
    print(f"{mine.path}\nfingerprint {mine.fingerprint[:16]} over:")
    print(yaml.safe_dump(recipe, sort_keys=False, allow_unicode=True).rstrip())
    for path, lines in changes.items():
        print(f"\nDiffers from {path} in:" if lines else f"\nThe same as {path}")
        for line in lines:
            print(f"  {line}")
