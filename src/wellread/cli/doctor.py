"""wellread doctor: is everything here that a run needs?"""

import json
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command(
        "doctor", epilog="Example:\n\n  wellread doctor --json", help="Check this machine for what a run needs."
    )(doctor)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Print a line for each check; exit code 2 where one fails."""
    from wellread.models.checkup import checks

    found = checks()
    if as_json:
        print(json.dumps({"checks": [c._asdict() for c in found], "ok": all(c.ok for c in found)}))
    else:
        for c in found:
            print(f"{'ok  ' if c.ok else 'FAIL'} {c.name:<10} {c.found}" + (f"  -> {c.fix}" if not c.ok else ""))
    if not all(c.ok for c in found):
        raise typer.Exit(2)
