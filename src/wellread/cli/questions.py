"""wellread questions: examination questions and training pairs written by a language model, every one checked."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wellread.cli._options import Artifacts, Budget, Concurrency, DryRun, Json, Model, Price, Provider, Recipe

EXAMPLES = """
Examples:

  wellread questions examples/development/polyether --n 8 --multiple-choice --out questions

  wellread questions corpus --provider openai --model MODEL --price 0.15/0.60 --budget 2usd --examination 0.2

  wellread questions corpus --provider http://127.0.0.1:8000/v1 --model MODEL --check-model OTHER --dry-run

  wellread questions papers/polyether --against runs/polyether --against augmented/texts/polyether

The papers are divided: the questions on some examine (OUT/examination.jsonl, for `wellread evaluate --questions` and `wellread
teach --questions`), those on the others train (OUT/training.jsonl, for `wellread train --data`). A single paper examines.

A question is kept where its key stands in the passage and the writer, asked again with the passage, answers it rightly; with
--check-model it must not be answered without the passage. What is rejected lies in rejected/ with its reason. Keys of
providers, budgets and stopping are as in `wellread augment`.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("questions", epilog=EXAMPLES, help="Let a language model write questions on papers; check every one.")(
        questions
    )


def questions(
    papers: Annotated[list[str], typer.Argument(help="Folders (one paper each), files, or a corpus.")],
    out: Annotated[Path, typer.Option(help="The folder of this run.")] = Path("questions"),
    n: Annotated[
        int | None, typer.Option("--n", help="Questions on each passage, over all kinds. [default: 8]")
    ] = None,
    kinds: Annotated[str | None, typer.Option(help="Which, with commas. [default: direct,paraphrase,reverse]")] = None,
    multiple_choice: Annotated[
        bool, typer.Option("--multiple-choice", help="Make four options of answers, too.")
    ] = False,
    steps: Annotated[int | None, typer.Option(help="Steps in which training answers reason. [default: 0]")] = None,
    context: Annotated[str | None, typer.Option(help="Training prompts without the passage, with it, or both.")] = None,
    examination: Annotated[float | None, typer.Option(help="Share of the papers that examine. [default: 0.5]")] = None,
    against: Annotated[list[str] | None, typer.Option(help="Data that no question may stand in; repeatable.")] = None,
    texts: Annotated[str | None, typer.Option(help="Which texts of each paper to ask about, by file stem.")] = None,
    provider: Provider = None,
    model: Model = None,
    check_model: Annotated[str | None, typer.Option(help="A model that must not know the answers by itself.")] = None,
    check_provider: Annotated[str | None, typer.Option(help="Where that is. [default: as --provider]")] = None,
    budget: Budget = None,
    price: Price = None,
    concurrency: Concurrency = None,
    dry_run: DryRun = False,
    recipe: Recipe = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Any setting: --set write.retries=0. Repeatable.")
    ] = None,
    artifacts: Artifacts = None,
    as_json: Json = False,
) -> None:
    """Build the settings and hand them on."""
    from wellread import asking
    from wellread.cli._show import show_plan, start
    from wellread.cli._values import names, parse
    from wellread.paper_inputs import settings_from

    start(as_json)
    writer: dict[str, Any] = {
        "name": provider,
        "model": model,
        "budget": budget,
        "price": price,
        "concurrency": concurrency,
    }
    write = {"n": n, "kinds": names(kinds), "steps": steps, "context": context, "examination": examination}
    values: dict[str, Any] = {
        "corpus": {"papers": papers} | ({"texts": names(texts)} if texts else {}),
        "write": write | {"multiple_choice": multiple_choice or None},
        "provider": writer,
        "against": against,
    }
    if texts:
        values["write"]["tellings"] = "all"
    if check_model is not None or check_provider is not None:
        values["check"] = {**writer, "name": check_provider or provider, "model": check_model}
    config = settings_from(asking.AskConfig, values, parse(set_ or []), recipe)
    if dry_run:
        show_plan(asking.plan(config), as_json)
        return
    made = asking.write_questions(config, out, artifacts)
    if as_json:
        print(json.dumps({"run": str(out), "artifact": str(made.path), **made.stats}, ensure_ascii=False))
    else:
        _show(made.stats, out, made.path / "rejected")


def _show(stats: dict[str, Any], out: Path, rejected: Path) -> None:
    print(f"{stats['kept']} of {stats['wanted']} questions kept, from {stats['requests']} requests "
          f"({stats['cached']} in the cache); {stats['tokens_in']:,} tokens read, {stats['tokens_out']:,} written")  # fmt: skip
    for kind, n in stats["by_kind"].items():
        print(f"  {kind:<12} {n['kept']} of {n['wanted']}")
    if stats["multiple_choice"]:
        print(f"  {stats['multiple_choice']} also as multiple choice")
    if stats["with_title"]:
        print(f"{stats['with_title']} name nothing by themselves and have the paper's title before them")
    if stats["rejected"]:
        print("Rejected: " + ", ".join(f"{reason} {n}" for reason, n in stats["rejected"].items()))
    leaked = {how: n for how, n in stats["leaks"].items() if n and how != "by_maker"}
    if leaked:
        print("In the texts to be trained on: " + ", ".join(f"{n} {how}" for how, n in leaked.items()))
    for purpose, count in (("examination", "questions"), ("training", "examples")):
        part = stats[purpose]
        where = out / f"{purpose}.jsonl" if part[count] else "none"
        papers = "1 paper" if part["papers"] == 1 else f"{part['papers']} papers"
        print(f"{purpose.capitalize()}: {part[count]} {count} on {papers}: {where}")
    if not stats["kept"]:
        print(f"No question was good enough. See {rejected}; a larger model writes better ones.")
