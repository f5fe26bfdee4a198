"""wellread models: how a model can be named, and which are in the cache."""

import json
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("models", epilog="Example:\n\n  wellread models", help="Say how models are named, and list the cache.")(
        models
    )


def models(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Print the forms of names and the cached models."""
    from wellread.models.cache import cache_dir
    from wellread.models.resolve import forms_known

    home = cache_dir() / "models"
    found = (p for p in home.glob("*") if (p / "config.json").is_file() and p.suffix != ".half")
    cached = sorted(p.name for p in found)
    if as_json:
        print(json.dumps({"forms": forms_known(), "cache": str(home), "cached": cached}))
        return
    print("A model is named by:")
    for form, title in forms_known().items():
        print(f"  {form:<38} {title}")
    print(f"\nConverted and kept in {home}:")
    for name in cached or ["(none yet)"]:
        print(f"  {name}")
