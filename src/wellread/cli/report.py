"""wellread report: the page again, from what is on disk."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = "Example:\n\n  wellread report runs/polyether"
    app.command("report", epilog=epilog, help="Write report.html again from what is on disk.")(report)


def report(
    run: Annotated[Path, typer.Argument(help="The run's folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the page's data as one JSON object.")] = False,
) -> None:
    """Write the page and print the scores."""
    from wellread.report.page import render_text
    from wellread.report.stage import collect, write
    from wellread.runs.run import look

    seen = look(run)
    page = write(seen)
    if as_json:
        print(collect(seen).model_dump_json())
        return
    print(render_text(collect(seen)))
    print(f"Report: {page}")
