"""The model card: what a student was trained on, how often, by which settings, under whose licences."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wellread.records import Paper
from wellread.runs.files import write_text
from wellread.train.config import TrainConfig

UNKNOWN = "unknown"


def write_card(path: Path, base: str, config: TrainConfig, stats: Mapping[str, Any], papers: list[Paper]) -> None:
    """Write the card of a model trained from `base` to `path`, in the hub's Markdown with its YAML head."""
    write_text(path, card(base, config, stats, papers))


def card(base: str, config: TrainConfig, stats: Mapping[str, Any], papers: list[Paper]) -> str:
    """The card as text."""
    dose = stats["dose"]
    licences = Counter(p.licence or UNKNOWN for p in papers)
    rows = [
        f"| {name} | {g['examples']} | {g['tokens']:,} | {g['share']:.0%} | {g['exposures']:g} |"
        for name, g in dose["genres"].items()
    ]
    how = [f"objective: {config.objective or 'clm on texts, sft on pairs'}", f"adaptation: {config.adapt}"]
    how += [f"layers: {config.layers}"] if config.layers else []
    how += [f"learning rate: {config.learning_rate:g}", f"steps: {dose['steps']}", f"seed: {config.seed}"]
    scores = [f"- step {row['step']:.0f}: {row['score']:.3f}" for row in stats["scores"]]
    lines = [
        "---",
        f"base_model: {base}",
        "library_name: transformers",
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
        f"{dose['tokens']:,} tokens in {dose['steps']} steps.",
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
        *(f"- {name}: {n} paper{'s' * (n != 1)}" for name, n in sorted(licences.items())),
        *([] if licences else [f"- {UNKNOWN}: the data name no papers"]),
    ]
    lines += ["", "## Development score", "", *scores] if scores else []
    return "\n".join(lines) + "\n"
