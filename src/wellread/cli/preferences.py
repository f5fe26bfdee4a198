"""wellread preferences: right and wrong answers to questions, for dpo and orpo."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wellread.cli._options import Artifacts, Budget, Json, Model, Price, Recipe

EXAMPLES = """
Examples:

  wellread preferences examples/development/polyether --out preferences

  wellread preferences questions --provider openai --model MODEL --price 0.15/0.60 --budget 1usd

  wellread train recipes/train/chain.yaml --data runs/mine --data preferences/preferences.jsonl

QUESTIONS are files as for `wellread teach --questions`, a paper's folder, or a run of `wellread questions` (its training
part, so that no examination question is trained on). Each needs an answer in a sentence that holds its keys. Without a
provider the wrong answer is made by rule: another number, unit, name or direction, from the paper's other answers where it
has one of that sort. With a provider it is written, and kept only where it really differs in one of these.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("preferences", epilog=EXAMPLES, help="Put a wrong answer beside each right one, for dpo and orpo.")(
        preferences
    )


def preferences(
    questions: Annotated[list[str], typer.Argument(help="Files of questions, or folders that hold one.")],
    out: Annotated[Path, typer.Option(help="The folder of this run.")] = Path("preferences"),
    each: Annotated[int | None, typer.Option(help="Pairs for each question, at most. [default: 1]")] = None,
    alterations: Annotated[
        str | None, typer.Option(help="What rules may alter. [default: number,name,direction,unit]")
    ] = None,
    provider: Annotated[
        str | None, typer.Option(help="none: by rule. Or local, openai, replay, a URL. [default: none]")
    ] = None,
    model: Model = None,
    budget: Budget = None,
    price: Price = None,
    recipe: Recipe = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Any setting: --set prefer.seed=1. Repeatable.")
    ] = None,
    artifacts: Artifacts = None,
    as_json: Json = False,
) -> None:
    """Build the settings and hand them on."""
    from wellread import preferring
    from wellread.cli._show import start
    from wellread.cli._values import names, parse
    from wellread.paper_inputs import settings_from

    start(as_json)
    values: dict[str, Any] = {"questions": questions, "prefer": {} if each is None else {"each": each}}
    if alterations is not None:
        values["prefer"]["alterations"] = names(alterations)
    if provider not in (None, "none"):
        values["provider"] = {"name": provider, "model": model, "budget": budget, "price": price}
    config = settings_from(preferring.PreferringConfig, values, parse(set_ or []), recipe)
    made = preferring.write_preferences(config, out, artifacts)
    if as_json:
        print(json.dumps({"run": str(out), "artifact": str(made.path), **made.stats}, ensure_ascii=False))
        return
    stats = made.stats
    print(f"{stats['kept']} pairs from {stats['questions']} questions")
    for kind, n in stats["by_difference"].items():
        print(f"  {kind:<12} {n}")
    if stats["requests"]:
        print(f"{stats['requests']} requests ({stats['cached']} in the cache); {stats['tokens_in']:,} tokens read, "
              f"{stats['tokens_out']:,} written")  # fmt: skip
    if stats["rejected"]:
        print("Rejected: " + ", ".join(f"{reason} {n}" for reason, n in stats["rejected"].items()))
    print(f"Pairs: {out / preferring.PAIRS}" if stats["kept"] else f"No pair. See {made.path / 'rejected'}.")
