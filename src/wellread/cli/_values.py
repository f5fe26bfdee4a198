"""What options hold: `--set train.epochs=20` as name and value, `de,es` as names."""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from wellread.errors import ConfigError


def parse(assignments: Iterable[str]) -> dict[str, Any]:
    """Dotted name -> value, read as YAML. Raises ConfigError for anything without a name and a value."""
    values: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not name.strip() or not equals:
            raise ConfigError(f"--set {assignment!r}", "Write it as name=value, for example --set train.epochs=20.")
        try:
            # To YAML 1.1, 15:30 is a number of base 60 and '15:' a mapping; here they are ranges.
            values[name.strip()] = value if re.fullmatch(r"-?\d*%?:-?\d*%?", value) else yaml.safe_load(value)
        except yaml.YAMLError:
            raise ConfigError(f"--set {assignment!r}: the value can't be read", "Put it in quotes.") from None
    return values


def names(text: str | None) -> tuple[str, ...] | None:
    """Names between commas; `none` is no name, None stays."""
    if text is None:
        return None
    return () if text == "none" else tuple(name.strip() for name in text.split(",") if name.strip())
