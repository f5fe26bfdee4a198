"""wellread config: the settings, as a JSON schema or with their defaults."""

import json

import typer

group = typer.Typer(help="The settings of a recipe.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.add_typer(group, name="config")


@group.command("schema", epilog="Example:\n\n  wellread config schema > recipe.schema.json")
def schema() -> None:
    """Print the JSON schema of a recipe."""
    from wellread.config import schema as of

    print(json.dumps(of(), indent=2))


@group.command("defaults", epilog="Example:\n\n  wellread config defaults > my.yaml")
def defaults() -> None:
    """Print a recipe with every default written out."""
    import yaml

    from wellread.config import from_mapping

    whole = from_mapping({"corpus": {"papers": ["papers/mine"]}}).model_dump(mode="json")
    print(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True), end="")
