"""The model card: what a student was trained on, how often, by which settings, under whose licences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wellread.licences import UNKNOWN, refusal, strictest
from wellread.records import REHEARSAL, Paper
from wellread.runs.files import write_text
from wellread.train.config import TrainConfig
from wellread.train.data import Item

CARD = "README.md"
"""Its name in the folder of a model or an adapter."""
LIBRARIES = {"model": "transformers", "adapter": "peft"}


def write_cards(
    out: Path, base: str, config: TrainConfig, stats: Mapping[str, Any], items: Iterable[Item], papers: Iterable[Paper]
) -> None:
    """Put a card into out/model and out/adapter, where they are: the hub's Markdown with its YAML head.

    `base` is the model that was trained, `items` what it was trained on, `papers` what is known of where that comes from.
    """
    text = card(base, config, stats, licences(items, papers))
    for folder, library in LIBRARIES.items():
        if (out / folder).is_dir():
            write_text(out / folder / CARD, text.replace("library_name: ", f"library_name: {library}", 1))


def card(base: str, config: TrainConfig, stats: Mapping[str, Any], licences: Iterable[str]) -> str:
    """The card's text without the library's name. `licences` are the lines about them."""
    dose = stats["dose"]
    rows = [
        f"| {name} | {g['examples']} | {g['tokens']:,} | {g['share']:.0%} | {g['exposures']:g} |"
        for name, g in dose["genres"].items()
    ]
    how = [f"objective: {config.objective or 'clm on texts, sft on pairs'}", f"adaptation: {config.adapt}"]
    how += [f"layers: {config.layers}"] if config.layers else []
    how += [f"learning rate: {config.learning_rate:g}", f"steps: {dose['steps']}", f"seed: {config.seed}"]
    kept = stats["kept"]["step"] if stats["kept"] else None
    after = kept or stats["steps"]
    cut = f" were laid out; the weights are those after step {after}" if after < dose["steps"] else ""
    scores = [
        f"- step {row['step']:.0f}: {row['score']:.3f}{' (kept)' * (row['step'] == kept)}" for row in stats["scores"]
    ]
    lines = [
        "---",
        f"base_model: {base}",
        "library_name: ",
        "pipeline_tag: text-generation",
        "tags: [wellread]",
        "---",
        "",
        "# A student of wellread",
        "",
        f"Trained from `{base}`. " + ("**Collapsed:** " + stats["collapsed"] if stats["collapsed"] else ""),
        "",
        "## Dose",
        "",
        f"{dose['tokens']:,} tokens in {dose['steps']} steps{cut}.",
        "",
        "| genre | examples | tokens | share | exposures of each passage |",
        "| --- | --- | --- | --- | --- |",
        *rows,
        "",
        "## How",
        "",
        *(f"- {line}" for line in how),
        "",
        "## Licences of the data",
        "",
        *licences,
    ]
    lines += ["", "## Development score", "", *scores] if scores else []
    return "\n".join(lines) + "\n"


def licences(items: Iterable[Item], papers: Iterable[Paper]) -> list[str]:
    """A table of the data's licences, the strictest named, and whether anything stands against sharing."""
    known = {paper.id: paper for paper in papers}
    named = {
        i.id: (i.paper, i.licence or (known[i.paper].licence if i.paper in known else None))
        for i in items
        if i.paper != REHEARSAL  # the model's own words
    }
    if not named:
        return ["None: no data."]
    about: dict[str, set[str]] = {}
    for paper, name in named.values():
        about.setdefault(name or UNKNOWN, set()).add(paper)
    examples = Counter(name or UNKNOWN for _, name in named.values())
    worst = strictest(name for _, name in named.values())
    against = [said] if (said := refusal(None if worst == UNKNOWN else worst, "redistribute")) else []
    held = {paper for paper, _ in named.values() if paper in known and known[paper].policy == "private"}
    some = "1 paper comes" if len(held) == 1 else f"{len(held)} papers come"
    against += [f"{some} from a corpus that was ingested as private"] if held else []
    return [
        "| licence | papers | examples |",
        "| --- | --- | --- |",
        *(f"| {name} | {len(about[name])} | {n} |" for name, n in examples.most_common()),
        "",
        f"The strictest is **{worst}**." + (f" **Not to be shared**: {'; '.join(against)}." if against else ""),
    ]
