"""wellread corpus: look at a corpus, search it, take it elsewhere."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

EXAMPLES = """
Examples:

  wellread corpus show corpus

  wellread corpus show corpus 10.3390/ma13030560

  wellread corpus stats corpus --html

  wellread corpus search corpus "garnet electrolyte"

  wellread corpus export corpus --to parquet --sections introduction
"""
Folder = Annotated[Path, typer.Argument(help="A corpus made by `wellread ingest`.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line; no progress.")]
_FEW = 12


def register(app: typer.Typer) -> None:
    """Add the verb and its parts."""
    group = typer.Typer(no_args_is_help=True, help="Look at a corpus, search it, take it elsewhere.", epilog=EXAMPLES)
    group.command("show", help="What is in it: its papers, one paper, or what was left out.", epilog=EXAMPLES)(show)
    group.command("stats", help="Papers, licences, journals, years, sections, words, rejects.", epilog=EXAMPLES)(stats)
    group.command("search", help="The passages that speak of something.", epilog=EXAMPLES)(search)
    group.command("export", help="One row a passage, as Parquet or JSON lines.", epilog=EXAMPLES)(export)
    app.add_typer(group, name="corpus")


def show(
    corpus: Folder,
    paper: Annotated[str | None, typer.Argument(help="A paper's id, to see its passages.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="List what was left out, with the reasons.")] = False,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many lines.")] = 20,
    as_json: Json = False,
) -> None:
    """Print papers, passages or rejects."""
    import itertools

    from wellread.corpus.ingested import look

    held = look(corpus)
    if rejected:
        rows = list(itertools.islice(held.rejected(), most))
        lines = [f"{row['what']}  [{row['reason']}] {row['detail']}" for row in rows]
        total = sum(held.stats["rejected"].values())
    elif paper:
        rows = [p.model_dump(mode="json") for p in held.paper(paper)]
        lines = [f"{row['id']}  ({row['licence'] or 'no licence named'})\n\n{row['text']}\n" for row in rows]
        total = len(rows)
    else:
        rows = [p.model_dump(mode="json") for p in itertools.islice(held.papers(), most)]
        lines = [_paper(row) for row in rows]
        total = held.stats["papers"]
    if as_json:
        print(json.dumps({"corpus": str(corpus), "total": total, "rows": rows}, ensure_ascii=False))
        return
    print("\n".join(lines) or "Nothing.")
    if total > len(rows):
        print(f"... and {total - len(rows):,} more: --most {total}")


def _paper(row: dict[str, Any]) -> str:
    about = [row["licence"] or "no licence named", row["journal"], row["year"], f"{row['words']:,} words", row["part"]]
    return f"{row['id']}  {row['title']}\n    {', '.join(str(part) for part in about if part)}"


def stats(
    corpus: Folder,
    html: Annotated[bool, typer.Option("--html", help="Write stats.html into the corpus's folder.")] = False,
    as_json: Json = False,
) -> None:
    """Print the counts; draw them."""
    from wellread.corpus.ingested import look
    from wellread.report.corpus_page import render
    from wellread.runs.files import write_text

    held = look(corpus)
    page = held.path / "stats.html"
    if html:
        write_text(page, render(held.path.resolve().name, held.stats))
    if as_json:
        print(json.dumps({**held.stats, **({"html": str(page)} if html else {})}, ensure_ascii=False))
        return
    found = held.stats
    print(
        f"{corpus}: {found['papers']:,} papers, {found['passages']:,} passages, {found['words']:,} words, {found['policy']}"
    )
    for name in (
        "licences",
        "parts",
        "languages",
        "sections",
        "journals",
        "years",
        "lengths",
        "asides",
        "boilerplate",
        "rejected",
    ):
        print(f"  {name:<12}{listed(found[name])}")
    if html:
        print(f"Pictures: {page}")


def listed(counts: dict[str, int]) -> str:
    """The largest of `counts` in a line."""
    shown = [f"{name} {n:,}" for name, n in list(counts.items())[:_FEW]]
    rest = len(counts) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "") or "none"


def search(
    corpus: Folder,
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many papers.")] = 10,
    as_json: Json = False,
) -> None:
    """Print the best passage of each of the best papers."""
    from wellread.corpus.ingested import look
    from wellread.corpus.search import search as find
    from wellread.runs import progress

    progress.set_mode("silent" if as_json else "auto")
    hits = find(look(corpus), query, most)
    if as_json:
        print(json.dumps({"query": query, "hits": [hit._asdict() for hit in hits]}, ensure_ascii=False))
        return
    for hit in hits:
        print(f"{hit.score:6.2f}  {hit.paper}  {hit.title}\n        {hit.section}: {hit.snippet}")
    if not hits:
        print("Nothing found.")


def export(
    corpus: Folder,
    to: Annotated[str, typer.Option(help="parquet or jsonl.")],
    out: Annotated[Path | None, typer.Option(help="The file. [default: <corpus>/passages.parquet]")] = None,
    sections: Annotated[str | None, typer.Option(help="Only these: abstract,introduction,...")] = None,
    parts: Annotated[str | None, typer.Option(help="Only these: target,irrelevant-1,...")] = None,
    as_json: Json = False,
) -> None:
    """Write a file for other programs."""
    from wellread.cli._values import names
    from wellread.corpus.export import export as write
    from wellread.corpus.ingested import look
    from wellread.errors import UnknownNameError

    if to not in ("parquet", "jsonl"):
        raise UnknownNameError("format", to, ("parquet", "jsonl"))
    held = look(corpus)
    path = out or held.path / f"passages.{to}"
    n = write(held, path, "parquet" if to == "parquet" else "jsonl", names(sections), names(parts))
    shareable = held.stats["shareable"]
    if as_json:
        print(json.dumps({"out": str(path), "passages": n, "shareable": shareable}))
    else:
        print(f"{path}: {n:,} passages" + ("" if shareable else "; private: not to be shared"))
