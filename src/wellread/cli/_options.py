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

# Who writes, and at what price: for the verbs that ask a language model.
Provider = Annotated[
    str | None, typer.Option(help="local, openai, replay, or an OpenAI-compatible URL. [default: local]")
]
Model = Annotated[str | None, typer.Option(help="The model's name there; local: as in teach. [local: bundled]")]
Budget = Annotated[str | None, typer.Option(help="The most that this run may cost: 5usd, 2Mtokens.")]
Price = Annotated[str | None, typer.Option(help="US dollars for a million tokens read/written: 0.15/0.60.")]
Concurrency = Annotated[int | None, typer.Option(help="Requests under way at once. [default: 16]")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Count requests, tokens, cost and time; send nothing.")]
Recipe = Annotated[Path | None, typer.Option(help="A YAML recipe; options given here come on top of it.")]
