"""wellread ask: one question to a taught model."""

import json
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """
Examples:

  wellread ask runs/polyether "Which catalyst made the high polymer possible?"

  wellread ask runs/polyether "At what temperature does it melt?" --compare --json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("ask", epilog=EXAMPLES, help="Ask a taught model a question, closed-book.")(ask)


def ask(
    run: Annotated[Path, typer.Argument(help="The run's folder.")],
    questions: Annotated[list[str], typer.Argument(metavar="QUESTION...", help="One question or several.")],
    compare: Annotated[bool, typer.Option("--compare", help="Show the untrained model's answer too.")] = False,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="The longest answer, in tokens.")] = 64,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Answer and print."""
    from wellread.cli._show import start
    from wellread.models.conversation import speakers
    from wellread.models.device import check

    start(as_json)
    answers = {who: say(questions, max_new_tokens) for who, say in speakers(run, compare, check(device)).items()}
    if as_json:
        rows = [{"question": q, **{who: a[i] for who, a in answers.items()}} for i, q in enumerate(questions)]
        print(json.dumps({"run": str(run), "answers": rows}, ensure_ascii=False))
        return
    for i, question in enumerate(questions):
        if len(questions) > 1:
            print(f"> {question}")
        for who, said in answers.items():
            print(f"{who}: {said[i]}" if compare else said[i])
