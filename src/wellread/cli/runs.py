"""wellread runs: what has been run, and how far it came."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("runs", epilog="Example:\n\n  wellread runs --json", help="List the runs in a folder.")(runs)


def runs(
    folder: Annotated[Path, typer.Argument(help="Where runs are kept.")] = Path("runs"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print a line for each run."""
    from wellread.runs.run import INDEX

    rows = [_row(path.parent) for path in sorted(folder.glob(f"*/{INDEX}"))]
    if as_json:
        print(json.dumps({"runs": rows}))
    elif not rows:
        print(f"No runs in {folder}/. Start one with: wellread teach PAPERS")
    else:
        wide = max(len(r["run"]) for r in rows)
        for r in rows:
            print(f"{r['run']:<{wide}}  {r['model'] or '-'}  {_state(r)}")


def _row(folder: Path) -> dict[str, Any]:
    """What is known of one run; of a folder whose files are broken, that they are."""
    from wellread.errors import InputError
    from wellread.runs.run import look

    try:
        run = look(folder)
    except InputError as error:
        return {"run": str(folder), "model": None, "papers": 0, "stages": {}, "finished": False, "broken": str(error)}
    stages = {key: stage["status"] for key, stage in run.stages.items()}
    ended = bool(stages) and all(status == "done" for status in stages.values())
    return {
        "run": str(run.folder),
        "model": run.settings.get("model", {}).get("name"),
        "papers": len(run.settings.get("corpus", {}).get("papers", ())),
        "stages": stages,
        # Only runs that teach papers end with a report.
        "finished": (run.folder / "report.html").is_file() if "grid" in run.settings else ended,
    }


def _state(row: dict[str, Any]) -> str:
    if "broken" in row:
        return f"can't be read: {row['broken']}"
    if row["finished"]:
        return "finished"
    begun = next((key for key, status in row["stages"].items() if status != "done"), "report")
    if not row["stages"]:
        begun = "the beginning"
    return f"stopped at {begun}; the same command continues"
