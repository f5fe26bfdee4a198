"""Options that several verbs share, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line; no progress.")]
Settings = Annotated[list[str] | None, typer.Option("--set", help="Any setting: --set train.epochs=20. Repeatable.")]
Scale = Annotated[str, typer.Option(help="cpu, or full: with what the recipe's section `full` changes.")]
Artifacts = Annotated[
    Path | None,
    typer.Option(help="Share artefacts between runs. [default: beside this one's]", envvar="WELLREAD_ARTIFACTS"),
]
