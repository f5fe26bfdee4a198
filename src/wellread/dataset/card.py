"""The card of a data set: Markdown with the hub's YAML head, what the tables hold, whose papers, under which licences."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import yaml

from wellread import __version__
from wellread.dataset.rows import TABLES, Gathered
from wellread.licences import UNKNOWN, Policy, strictest

_HUB = {"CC0-1.0": "cc0-1.0", "Apache-2.0": "apache-2.0", "MIT": "mit"}
_ABOUT = {
    "texts": "what is said of each paper, in one or several tellings",
    "training": "prompts and answers; without a prompt the whole text is learned",
    "preferences": "a right and a wrong answer to a prompt",
    "examination": "questions; a right answer holds each of the keywords, in one of its spellings",
}


def card(name: str, found: Gathered, files: dict[str, str], policy: Policy, leaks: Mapping[str, Any]) -> str:
    """The card's text. `files` maps each table to its file; `leaks` counts questions that stand in the other tables."""
    worst = strictest(row["licence"] for row in found.rows())
    head = {
        "pretty_name": name,
        "license": _HUB.get(worst, worst.lower() if worst.startswith("CC-BY") else "other"),
        "tags": ["wellread"],
        "configs": [
            {"config_name": table, "data_files": [{"split": TABLES[table][0], "path": path}]}
            for table, path in files.items()
        ],
    }
    if head["license"] == "other":
        head["license_name"] = worst
    shared = (
        "**Not to be shared:** made under the policy private, which checks no licence.\n\n"
        if policy == "private"
        else ""
    )
    lines = [
        "---",
        yaml.safe_dump(head, sort_keys=False, allow_unicode=True).strip(),
        "---",
        "",
        f"# {name}",
        "",
        f"{shared}Made with wellread {__version__}. The table *examination* is for examining: train on none of it.",
        "",
        "| table | split | rows | what it holds |",
        "| --- | --- | --- | --- |",
        *(f"| {table} | {TABLES[table][0]} | {len(found.tables[table])} | {_ABOUT[table]} |" for table in files),
        "",
        *_leaks(leaks),
        "## Licences",
        "",
        f"The strictest is **{worst}**. Each row has its own in the column `licence`.",
        "",
        *_licences(found),
        "",
        "## Papers",
        "",
        "| paper | title | DOI | licence |",
        "| --- | --- | --- | --- |",
        *_papers(found),
    ]
    return "\n".join(lines) + "\n"


def _leaks(leaks: Mapping[str, Any]) -> list[str]:
    found = ", ".join(f"{leaks[how]} {how}" for how in ("repeated", "overlap", "near") if leaks[how])
    return [f"Examination questions that stand in the other tables: {found}.", ""] if found else []


def _licences(found: Gathered) -> list[str]:
    rows = Counter(row["licence"] or UNKNOWN for row in found.rows())
    papers: dict[str, set[Any]] = {}
    for row in found.rows():
        papers.setdefault(row["licence"] or UNKNOWN, set()).add(row["paper"])
    table = [f"| {name} | {len(papers[name])} | {n} |" for name, n in rows.most_common()]
    return ["| licence | papers | rows |", "| --- | --- | --- |", *table]


def _papers(found: Gathered) -> list[str]:
    """A line for each paper that a row is of."""
    seen: dict[str, str | None] = {row["paper"]: row["licence"] for row in found.rows() if row["paper"]}
    lines = []
    for name, licence in sorted(seen.items()):
        paper = found.papers.get(name)
        title, doi = (paper.title, paper.doi) if paper else ("", None)
        cells = (name, title, doi or "", licence or UNKNOWN)
        lines.append("| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in cells) + " |")
    return lines
