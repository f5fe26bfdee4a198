"""Engines, one file each: what runs a model folder. `ready(model, device)` gives its fingerprint and the examinee."""

from wellread import plugins
from wellread.evaluate.examinee import Examinee
from wellread.models.device import DeviceName
from wellread.models.resolve import Model

#: An engine is named by its file's stem.
Engine = str
PACKAGE = "wellread.evaluate.engines"

__all__ = ["Engine", "ready"]


def ready(engine: Engine, model: Model, device: DeviceName) -> tuple[str, Examinee]:
    """The fingerprint of `model` under `engine`, and who answers. Raises UnknownNameError, and what the engine raises."""
    found: tuple[str, Examinee] = plugins.load(PACKAGE, engine).ready(model, device)
    return found
