"""wellread teach: papers in, a taught and examined model out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wellread.cli._options import Artifacts, Budget, Concurrency, DryRun, Json, Price, Settings

if TYPE_CHECKING:
    from wellread.asking import Plan
    from wellread.config import RunConfig

EXAMPLES = """
Examples:

  wellread teach examples/development/polyether

  wellread teach mypaper.md other.xml --questions questions.jsonl --views on

  wellread teach papers/polyether --texts original,interview --set train.epochs=20 --out runs/two-texts

  wellread teach mypaper.pdf --provider openai --writer MODEL --price 0.15/0.60 --budget 2usd

A folder is one paper, each file in it one text about it; questions.jsonl in it is its examination.
With --provider a language model tells each paper in further styles and asks questions on it; every rewrite and question is
checked, and what passes is trained on beside the views. Keys are as in `wellread augment`.
Stopped or killed? The same command continues, and pays for nothing twice.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("teach", epilog=EXAMPLES, help="Teach a model papers, examine it, write a report.")(teach)


def teach(
    papers: Annotated[list[str], typer.Argument(help="Folders (one paper each) or files (.md .txt .xml).")],
    model: Annotated[str, typer.Option(help="`bundled`, a local folder, a .gguf file, or a hub id.")] = "bundled",
    out: Annotated[Path | None, typer.Option(help="The run's folder. [default: runs/<first paper>]")] = None,
    questions: Annotated[list[str] | None, typer.Option(help="Examination questions (JSON lines); repeatable.")] = None,
    texts: Annotated[str | None, typer.Option(help="Which texts of each paper, by file stem: original,qa,...")] = None,
    recursive: Annotated[bool, typer.Option("--recursive", help="Read sub-folders too, as further texts.")] = False,
    views: Annotated[str | None, typer.Option(help="Restate the texts without any LLM: on, off, or names.")] = None,
    provider: Annotated[
        str | None,
        typer.Option(help="Who writes further tellings: local, openai, replay, a URL. [default: nobody]"),
    ] = None,
    writer: Annotated[str | None, typer.Option(help="The writer's model there. [local: bundled]")] = None,
    styles: Annotated[str | None, typer.Option(help="What it writes. [default: qa,article,interview,textbook]")] = None,
    languages: Annotated[str | None, typer.Option(help="And translations: de,es,ja or on.")] = None,
    budget: Budget = None,
    price: Price = None,
    concurrency: Concurrency = None,
    dry_run: DryRun = False,
    set_: Settings = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    artifacts: Artifacts = None,
    as_json: Json = False,
) -> None:
    """Build the settings and hand them to the pipeline."""
    from wellread import config
    from wellread.augment.languages import DEFAULT
    from wellread.cli._show import finish, show_plan, start
    from wellread.cli._values import names, parse
    from wellread.errors import ConfigError

    start(as_json)
    values: dict[str, Any] = {
        "model": {"name": model, "device": device},
        "corpus": {"papers": papers, "recursive": recursive},
    }
    if texts is not None:
        values["corpus"]["texts"] = [t.strip() for t in texts.split(",") if t.strip()]
    if questions:
        values["questions"] = {"questions": questions}
    if views is not None:
        values["augment"] = {"views": views}
    writes = {"name": provider, "model": writer, "budget": budget, "price": price, "concurrency": concurrency}
    tells = {"styles": names(styles), "languages": DEFAULT if languages == "on" else names(languages)}
    for group, given in (("provider", writes), ("rewrite", tells)):
        if chosen := {name: value for name, value in given.items() if value is not None}:
            if provider is None:
                raise ConfigError(f"{', '.join(chosen)}: nobody is to write", "Say who with --provider.")
            values[group] = chosen
    settings = config.from_mapping(config.overlaid(values, parse(set_ or [])))
    if dry_run:
        show_plan(_writing(settings), as_json)
        return
    finish(settings, out, artifacts, as_json)


def _writing(settings: "RunConfig") -> "Plan":
    """What the tellings and the questions together would take. Raises ConfigError where nobody is to write."""
    from wellread import asking, retell
    from wellread.errors import ConfigError

    if settings.provider is None:
        raise ConfigError("dry run: nobody is to write", "It counts what a writer would cost: --provider WHO.")
    given: dict[str, Any] = {"corpus": settings.corpus, "provider": settings.provider}
    told = retell.plan(retell.RetellConfig(**given, rewrite=settings.rewrite))
    asked = asking.plan(asking.AskConfig(**given, write=settings.write))
    usd = None if told.usd is None or asked.usd is None else told.usd + asked.usd
    both = {
        name: getattr(told, name) + getattr(asked, name) for name in ("requests", "tokens_in", "tokens_out", "seconds")
    }
    return asked._replace(**both, usd=usd)
