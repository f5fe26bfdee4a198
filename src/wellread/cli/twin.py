"""wellread twin: the same paper with other facts, to see whether answers follow what was taught."""

import json
from pathlib import Path
from typing import Annotated

import typer

from wellread.cli._options import Json

EXAMPLES = """
Examples:

  wellread twin examples/development/polyether --out twin

  wellread teach twin --out runs/twin && wellread evaluate runs/twin

Numbers, names and chemicals are replaced, the same in every text and language of the folder; questions whose key doesn't
change are left out. OUT holds the texts, questions.jsonl, changes.jsonl (what was replaced by what) and refused.jsonl (which
questions were left out, and why). `evaluate` on the twin also says how many answers still hold the original's key.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("twin", epilog=EXAMPLES, help="Make a paper's counterfactual twin: other numbers, other names.")(twin)


def twin(
    folder: Annotated[Path, typer.Argument(help="A paper's folder: .md and .txt files, and questions.jsonl.")],
    out: Annotated[Path, typer.Option(help="The twin's folder.")] = Path("twin"),
    seed: Annotated[int, typer.Option(help="Another seed makes another twin.")] = 0,
    as_json: Json = False,
) -> None:
    """Make it and say what was changed."""
    from wellread.twinning import paper

    made = paper.twin(folder, out, seed)
    if as_json:
        print(json.dumps({"twin": str(out), **made.model_dump(mode="json")}, ensure_ascii=False))
        return
    for change in made.changes:
        print(f"{change.count:>5}  {change.old}  ->  {change.new}")
    print(f"{made.texts} texts, {made.questions} questions: {out}")
    for reason, n in paper.reasons(made.refused).items():
        print(f"{n} questions left out: {reason}.")
