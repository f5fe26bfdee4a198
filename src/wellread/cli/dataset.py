"""wellread dataset: texts, questions and preferences as a data set to share."""

import json
from pathlib import Path
from typing import Annotated

import typer

from wellread.cli._options import Json

EXAMPLES = """
Examples:

  wellread dataset export augmented questions --out my-dataset

  wellread dataset export runs/polyether preferences --to parquet --allow polyether=CC-BY-4.0 --out my-dataset

  wellread dataset export corpus questions --policy commercial --leave-out --out my-dataset

The folder has the hub's layout: a table for texts, training, preferences and examination, and a README.md with licences and
papers, so that datasets.load_dataset("my-dataset", "examination") reads it and an upload needs nothing more. What may not be
passed on stops the export and is named: a licence without derivatives, the publisher's copyright, none at all, a corpus
that was ingested as private.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verbs = typer.Typer(help="Share texts, questions and preferences as a data set.", no_args_is_help=True)
    verbs.command("export", epilog=EXAMPLES, help="Write a data set with a card, in the hub's layout.")(export)
    app.add_typer(verbs, name="dataset")


def export(
    sources: Annotated[list[str], typer.Argument(help="Runs, artefacts, corpora, files of JSON lines.")],
    out: Annotated[Path, typer.Option(help="The data set's folder, which must not exist.")],
    to: Annotated[str, typer.Option("--to", help="jsonl or parquet.")] = "jsonl",
    policy: Annotated[
        str, typer.Option(help="redistribute, commercial, or private: no check, not to be shared.")
    ] = "redistribute",
    allow: Annotated[
        list[str] | None, typer.Option(help="PAPER=LICENCE, a licence that you vouch for; repeatable.")
    ] = None,
    leave_out: Annotated[bool, typer.Option("--leave-out", help="Leave out what may not be shared.")] = False,
    as_json: Json = False,
) -> None:
    """Check the options, export, say what came of it."""
    from typing import get_args

    from wellread.cli._show import start
    from wellread.dataset.export import Form
    from wellread.dataset.export import export as write
    from wellread.errors import ConfigError, UnknownNameError
    from wellread.licences import Policy

    start(as_json)
    for kind, name, known in (("format", to, get_args(Form)), ("policy", policy, get_args(Policy))):
        if name not in known:
            raise UnknownNameError(kind, name, known)
    told = {}
    for given in allow or ():
        paper, equals, licence = given.rpartition("=")
        if not equals or not paper or not licence:
            raise ConfigError(f"--allow {given}: no licence", "Write PAPER=LICENCE, such as polyether=CC-BY-4.0.")
        told[paper] = licence
    stats = write(tuple(sources), out, form=to, policy=policy, told=told, leave_out=leave_out)  # type: ignore[arg-type]
    if as_json:
        print(json.dumps({"dataset": str(out), **stats}, ensure_ascii=False))
        return
    for table, n in stats["rows"].items():
        print(f"{table:<12} {n} rows")
    leaked = {how: n for how, n in stats["leaks"].items() if n and how != "by_maker"}
    if leaked:
        print(
            "Examination questions that stand in the other tables: " + ", ".join(f"{n} {k}" for k, n in leaked.items())
        )
    left = stats["left_out"]
    if left["papers"]:
        print(f"Left out: {left['rows']} rows of {left['papers']} papers, see {out / 'rejected' / 'papers.jsonl'}")
    print(f"{stats['papers']} papers. Card: {out / 'README.md'}")
