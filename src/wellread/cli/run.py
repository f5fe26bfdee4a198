"""wellread run: a recipe, from beginning to report."""

from pathlib import Path
from typing import Annotated

import typer

from wellread.cli._options import Artifacts, Json, Scale, Settings

EXAMPLES = """
Examples:

  wellread run recipes/hatakeyama2023/task1a.yaml

  wellread run my.yaml --set train.learning_rate=1e-4 --out runs/slower
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("run", epilog=EXAMPLES, help="Run a recipe: every combination of its grid is taught and examined.")(run)


def run(
    recipe: Annotated[Path, typer.Argument(help="A YAML file; `wellread config schema` says what it may hold.")],
    out: Annotated[Path | None, typer.Option(help="The run's folder. [default: runs/<recipe>]")] = None,
    set_: Settings = None,
    scale: Scale = "cpu",
    artifacts: Artifacts = None,
    as_json: Json = False,
) -> None:
    """Read the recipe and hand it to the pipeline."""
    from wellread import config
    from wellread.cli._show import finish, start
    from wellread.cli._values import parse

    start(as_json)
    finish(config.from_recipe(recipe, parse(set_ or []), scale), out, artifacts, as_json)
