"""wellread report: a run, a search or published results as one page, from what is on disk."""

import json
from pathlib import Path
from typing import Annotated

import typer

from wellread.cli._options import Json

EXAMPLES = """
Examples:

  wellread report runs/polyether

  wellread report search.db --out report.html

  wellread report published.db --study optuna_study16 --png figures --csv figures

  wellread report published.db --objective score-by-unrelated --role unrelated=n_wiki+n_news

  wellread report postgresql://me@host/searches --study task2b

  wellread report logs/*.json --out rescored.html
  wellread report logs/*.json --questions keys.jsonl
  wellread report logs/*.json --trials --role unrelated=n_irrelevant_texts

WHAT is a run's folder; a store of searches (SQLite, an Optuna journal, postgresql://...), which is never written to; or logs
of published answers (JSON, JSON lines, CSV), which are scored again. A search needn't be wellread's: then --role says which
parameter stands for lr, epochs, texts, unrelated, total or instructions, where the names don't.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("report", epilog=EXAMPLES, help="One page about a run, a search or published results.")(report)


def report(
    what: Annotated[list[str], typer.Argument(metavar="WHAT...", help="A run's folder, a store of searches, or logs.")],
    out: Annotated[
        Path | None, typer.Option(help="Where the page goes. [default: report.html, of a run in its folder]")
    ] = None,
    study: Annotated[str | None, typer.Option(help="Which study, where the store has several.")] = None,
    value: Annotated[str | None, typer.Option(help="Which value, where the search had several objectives.")] = None,
    objective: Annotated[str, typer.Option(help="value, score-by-unrelated or gain-by-total.")] = "value",
    role: Annotated[list[str] | None, typer.Option(help="ROLE=PARAMETER[+PARAMETER...]; repeatable.")] = None,
    floor: Annotated[
        float | None, typer.Option(help="Score of the untrained model, where the search didn't note it.")
    ] = None,
    questions: Annotated[
        list[str] | None, typer.Option(help="Logs: score these questions (JSON lines) by their keywords. Repeatable.")
    ] = None,
    trials: Annotated[
        bool, typer.Option("--trials", help="Logs: each object with settings and a score is a trial.")
    ] = False,
    png: Annotated[Path | None, typer.Option(help="Put each figure into this folder as PNG.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Put the numbers of each figure into this folder as CSV.")] = None,
    as_json: Json = False,
) -> None:
    """Write the page and print the scores."""
    from wellread.report.export import write_csv, write_png
    from wellread.reporting import Asked, Logs
    from wellread.reporting import report as write

    how = Logs(tuple(questions or ()), trials)
    done = write(what, out, Asked(study, value, objective, tuple(role or ()), floor), how)
    made = [*(write_png(png, done.drawings) if png else ()), *(write_csv(csv, done.drawings) if csv else ())]
    if as_json:
        files = {"files": [str(f) for f in made]} if made else {}
        print(json.dumps({**done.data, **files}, ensure_ascii=False))
        return
    print(done.text)
    if made:
        print(f"Files: {', '.join(map(str, made))}")
    print(f"Report: {done.page}")
