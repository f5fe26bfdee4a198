"""wellread ingest: papers in, a corpus out."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wellread.cli._options import Json

EXAMPLES = """
Examples:

  wellread ingest papers/ --out corpus

  wellread ingest papers/ more/*.xml oa_package.tar.gz dump.jsonl --out corpus --keep "polymer|synthesis" --licence redistribute

  wellread ingest dump.jsonl --out corpus --set "parser.json.title=[headline]"

Folders are read with all their sub-folders; archives are read without unpacking them. What is left out is listed with
its reason in corpus/rejected/. Given again, the same command reads only what is new or has changed; papers whose files
are gone from the folders it is given leave the corpus, all others stay. Killed? The same command continues.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command(
        "ingest", epilog=EXAMPLES, help="Turn papers into a corpus: licensed, no duplicates, in passages, split."
    )(ingest)


def ingest(
    papers: Annotated[list[str], typer.Argument(help="Files, folders, archives (.zip .tar.gz), dumps (.jsonl).")],
    out: Annotated[Path, typer.Option(help="The corpus's folder.")],
    licence: Annotated[
        str, typer.Option(help="private, redistribute or commercial: which licences may enter.")
    ] = "private",
    keep: Annotated[str | None, typer.Option(help="Regular expression that title or abstract must match.")] = None,
    language: Annotated[str | None, typer.Option(help="Languages to keep: en,de. [default: all]")] = None,
    min_words: Annotated[int | None, typer.Option(help="Words that a paper needs. [default: 50]")] = None,
    chunk_words: Annotated[int | None, typer.Option(help="Words of a passage at most. [default: 2000]")] = None,
    split: Annotated[
        str | None, typer.Option(help="Papers of each part, numbers or shares. [default: 250,14000,rest]")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Draws the papers of each part. [default: 0]")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that read. [default: one for each core]")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="End with an error at the first file that is bad.")] = False,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Any setting: --set near_duplicates=0.9. Repeatable.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Build the settings, run the stage, say what came of it."""
    from wellread.cli._values import parse
    from wellread.config import overlaid
    from wellread.corpus.ingest import stage
    from wellread.corpus.ingest.config import from_mapping
    from wellread.runs import progress

    progress.set_mode("silent" if as_json else "auto")
    dotted = {
        "licence": licence,
        "filter.keywords.pattern": keep,
        "filter.language.only": language and [code.strip() for code in language.split(",")],
        "filter.length.least": min_words,
        "chunk_words": chunk_words,
        "split": split and split.split(","),
        "seed": seed,
        "workers": workers,
    }
    given = {name: value for name, value in dotted.items() if value is not None}
    values = overlaid({"strict": strict}, {**given, **parse(set_ or [])})
    stats = stage.run(from_mapping(values), papers, out)
    if as_json:
        print(json.dumps({"out": str(out), **_short(stats)}, ensure_ascii=False))
    else:
        print("\n".join(_told(stats, out)))


def _short(stats: dict[str, Any]) -> dict[str, Any]:
    names = ("papers", "passages", "words", "rejected", "licences", "parts", "shareable", "seconds")
    return {name: value for name, value in stats.items() if name in names or name.startswith("files_")}


def _told(stats: dict[str, Any], out: Path) -> list[str]:
    from wellread.cli.corpus import listed

    files = ", ".join(f"{stats[f'files_{what}']:,} {what}" for what in ("read", "known", "changed", "gone"))
    lines = [
        f"{out}: {stats['papers']:,} papers, {stats['passages']:,} passages, {stats['words']:,} words",
        f"  files     {files} ({stats['seconds']:.1f} s)",
        f"  licences  {listed(stats['licences'])}",
        f"  parts     {listed(stats['parts'])}",
        f"  left out  {listed(stats['rejected'])}",
    ]
    if stats["rejected"]:
        lines.append(f"Each of them with its reason: wellread corpus show {out} --rejected")
    if not stats["shareable"]:
        lines.append("Policy private: licences weren't checked, so this corpus is not to be shared.")
    return lines
