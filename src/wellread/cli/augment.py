"""wellread augment: papers told anew by a language model, every rewrite checked."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wellread.cli._options import Artifacts, Budget, Concurrency, DryRun, Json, Model, Price, Provider, Recipe

EXAMPLES = """
Examples:

  wellread augment examples/development/polyether --out augmented

  wellread augment corpus --styles qa,article,interview --languages de,es,it --provider openai --model MODEL --price 0.15/0.60 --budget 5usd

  wellread augment corpus --provider http://127.0.0.1:8000/v1 --model MODEL --dry-run

The key comes from OPENAI_API_KEY, GEMINI_API_KEY, ANTHROPIC_API_KEY or WELLREAD_API_KEY, or from a secrets file
(WELLREAD_SECRETS). Each paper's first text is rewritten unless --texts names others; a corpus or a run can be named
instead of texts. What was written lies in OUT/texts, a folder for each paper, translations in a folder of their own within it:
`wellread teach OUT/texts/PAPER --recursive` reads all of it.

Stopped, killed, or the budget reached (exit code 3)? The same command continues; nothing finished is paid twice.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("augment", epilog=EXAMPLES, help="Let a language model tell papers anew; check every rewrite.")(augment)


def augment(
    papers: Annotated[list[str], typer.Argument(help="Folders (one paper each), files, or a corpus.")],
    out: Annotated[Path, typer.Option(help="The folder of this run.")] = Path("augmented"),
    styles: Annotated[str | None, typer.Option(help="Names, or none. [default: qa,article,interview,textbook]")] = None,
    languages: Annotated[str | None, typer.Option(help="Codes such as de,es,ja, or on: de,es,it,ja,zh,ko.")] = None,
    provider: Provider = None,
    model: Model = None,
    budget: Budget = None,
    price: Price = None,
    concurrency: Concurrency = None,
    texts: Annotated[str | None, typer.Option(help="Which texts of each paper to rewrite, by file stem.")] = None,
    dry_run: DryRun = False,
    recipe: Recipe = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Any setting: --set rewrite.retries=1. Repeatable.")
    ] = None,
    artifacts: Artifacts = None,
    as_json: Json = False,
) -> None:
    """Build the settings and hand them on."""
    from wellread import retell
    from wellread.augment.languages import DEFAULT
    from wellread.cli._show import show_plan, start
    from wellread.cli._values import names, parse
    from wellread.paper_inputs import settings_from

    start(as_json)
    values: dict[str, Any] = {
        "corpus": {"papers": papers},
        "rewrite": {},
        "provider": {"name": provider, "model": model, "budget": budget, "price": price},
    }
    if styles is not None:
        values["rewrite"]["styles"] = names(styles)
    if languages is not None:
        values["rewrite"]["languages"] = DEFAULT if languages == "on" else names(languages)
    if texts is not None:
        values["corpus"]["texts"] = names(texts)
        values["rewrite"]["tellings"] = "all"
    if concurrency is not None:
        values["provider"]["concurrency"] = concurrency
    config = settings_from(retell.RetellConfig, values, parse(set_ or []), recipe)
    if dry_run:
        show_plan(retell.plan(config), as_json)
        return
    made = retell.augment(config, out, artifacts)
    if as_json:
        print(json.dumps({"run": str(out), "artifact": str(made.path), **made.stats}, ensure_ascii=False))
    else:
        _show(made.stats, out, made.path / "rejected")


def _show(stats: dict[str, Any], out: Path, rejected: Path) -> None:
    print(
        f"{stats['kept']} of {stats['wanted']} rewrites kept, from {stats['requests']} requests ({stats['cached']} in the cache);"
    )
    print(f"{stats['tokens_in']:,} tokens read, {stats['tokens_out']:,} written")
    for maker, n in stats["by_maker"].items():
        print(f"  {maker:<20} {n['kept']} of {n['wanted']}")
    if stats["rejected"]:
        print("Rejected, by the check that failed: " + ", ".join(f"{k} {n}" for k, n in stats["rejected"].items()))
    if stats["other_language"]:
        print(
            f"{stats['other_language']} passages are of papers in another language (--set rewrite.source=CODE): left out."
        )
    print(
        f"{stats['thin']} of {stats['facts']} facts stand in fewer than {stats['threshold']} of the tellings"
        + (":" if stats["thin"] else ".")
    )
    for line in stats["thinnest"][:10]:
        print(f"  {line}")
    if stats["without_facts"]:
        print(f"{stats['without_facts']} passages hold no number, chemical or name: nothing can be checked there.")
    print(
        f"Texts: {out / 'texts'}, a folder for each paper (wellread teach ... --recursive reads all of it)"
        if stats["kept"]
        else f"No rewrite was good enough: there are no new texts. See {rejected}; a larger model writes better ones."
    )
