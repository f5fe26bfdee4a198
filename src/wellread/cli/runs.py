"""wellread runs: what has been run, and how far it came."""

import json
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("runs", epilog="Example:\n\n  wellread runs --json", help="List the runs in a folder.")(runs)


def runs(
    folder: Annotated[Path, typer.Argument(help="Where runs are kept.")] = Path("runs"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print a line for each run."""
    from wellread.runs.run import INDEX, look

    found = [look(path.parent) for path in sorted(folder.glob(f"*/{INDEX}"))]
    rows = [
        {
            "run": str(run.folder),
            "model": run.settings["model"]["name"],
            "papers": len(run.settings["corpus"]["papers"]),
            "stages": {key: stage["status"] for key, stage in run.stages.items()},
            "finished": (run.folder / "report.html").is_file(),
        }
        for run in found
    ]
    if as_json:
        print(json.dumps({"runs": rows}))
    elif not rows:
        print(f"No runs in {folder}/. Start one with: wellread teach PAPERS")
    else:
        wide = max(len(r["run"]) for r in rows)
        for r in rows:
            open_stage = next((k for k, s in r["stages"].items() if s != "done"), "report")
            state = "finished" if r["finished"] else f"stopped at {open_stage}; the same command continues"
            print(f"{r['run']:<{wide}}  {r['model']}  {state}")
