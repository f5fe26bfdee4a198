"""wellread chat: question after question, the base model beside the taught one if asked."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """
Examples:

  wellread chat runs/polyether --compare

Each question stands alone, as in the examination. An empty line, `exit` or Ctrl-D ends.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("chat", epilog=EXAMPLES, help="Ask a taught model question after question.")(chat)


def chat(
    run: Annotated[Path, typer.Argument(help="The run's folder.")],
    compare: Annotated[bool, typer.Option("--compare", help="Base and taught model side by side.")] = False,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="The longest answer, in tokens.")] = 64,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
) -> None:
    """Read lines, print answers."""
    import sys

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from wellread.models.conversation import speakers
    from wellread.models.device import check

    voices = speakers(run, compare, check(device))
    console = Console()
    while True:
        try:
            question = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            break
        if not question or question in {"exit", "quit"}:
            break
        answers = {who: say([question], max_new_tokens)[0] for who, say in voices.items()}
        if not compare:
            console.print(Text(answers["taught"]))
            continue
        table = Table(*answers, show_lines=True, expand=True)
        table.add_row(*(Text(a) for a in answers.values()))
        console.print(table)
