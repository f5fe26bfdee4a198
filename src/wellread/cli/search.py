"""wellread search: the space of a recipe, tried by trial after trial."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wellread.cli._options import Json, Scale, Settings

if TYPE_CHECKING:
    from wellread.searching.plan import Search

EXAMPLES = """
Examples:

  wellread search recipes/hatakeyama2023/task2b.yaml --trials 20 --workers 2

  wellread search recipes/hatakeyama2023/task2b.yaml --storage postgresql://me@host/searches   # on each machine

  wellread search my.yaml --storage journal:/shared/search.log --set search.sampler=gp --warm-from earlier.db

  wellread search my.yaml --dry-run

In a recipe any value may be a range: {low: 1.0e-5, high: 1.0e-3, log: true}, {choices: [a, b]}, {any_of: [q, k, v]}.
Stopped or killed? The same command continues; on other machines it joins in. --trials counts over all of them.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("search", epilog=EXAMPLES, help="Search a recipe's ranges for the settings that teach best.")(search)


def search(
    recipe: Annotated[Path, typer.Argument(help="A YAML recipe with ranges, or with a grid.")],
    trials: Annotated[
        int | None, typer.Option(min=1, help="Until so many have ended in the study. [default: the recipe's]")
    ] = None,
    storage: Annotated[
        str | None, typer.Option(help="A file, postgresql://..., or journal:FILE. [default: search.db in --out]")
    ] = None,
    study: Annotated[str | None, typer.Option(help="Its name in the storage. [default: the recipe's]")] = None,
    workers: Annotated[int, typer.Option(min=1, help="So many processes on this machine.")] = 1,
    warm_from: Annotated[
        list[str] | None, typer.Option(help="Take over an earlier study: STORAGE or STORAGE#NAME; repeatable.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Artefacts and answers go there. [default: searches/<study>]")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the space, the first trials and the time; run none.")
    ] = False,
    set_: Settings = None,
    scale: Scale = "cpu",
    as_json: Json = False,
) -> None:
    """Build the search and hand it on."""
    from wellread.cli._show import start
    from wellread.cli._values import parse
    from wellread.searching.plan import Search

    start(as_json)
    asked = Search(recipe, parse(set_ or []), scale, storage, study, out, trials, tuple(warm_from or ()))
    if dry_run:
        _show_outlook(asked, as_json)
        return
    _ = asked.plan  # what is wrong with the recipe shows before the libraries are loaded
    from wellread.search.terminal import told
    from wellread.searching import workers as crew

    began = time.monotonic()
    done = crew.search(asked, workers)
    if as_json:
        print(json.dumps(crew.result(asked, done, began), ensure_ascii=False))
    else:
        from wellread.search.storage import shown
        from wellread.searching.winner import RECIPE

        print(told(done))
        if (asked.home / RECIPE).is_file():
            print(f"Its model: wellread run {asked.home / RECIPE}")
        print(f"Report: wellread report {shown(asked.store)} --out {asked.home / 'report.html'}")


def _show_outlook(asked: "Search", as_json: bool) -> None:
    from wellread.searching.outlook import outlook

    found = outlook(asked)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    size = f"{found['points']:,} points" if found["points"] is not None else "more points than can be counted"
    print(f"{found['study']}: {size}")
    for name, said in found["space"].items():
        print(f"  {name}: {said}")
    print(
        f"Sought: {', '.join(found['objectives'])}; by {found['sampler']}, {found['trials']} trials, {found['ended']} have ended"
    )
    for number, params in enumerate(found["first"]):
        print(f"  queued {number}: " + ", ".join(f"{k} {v}" for k, v in params.items()))
    print(
        f"About {found['trial_seconds']:.0f} s a trial, {found['seconds'] / 60:.0f} minutes with one worker ({found['from']})"
    )
    print("Nothing was run.")
