"""Adapters on disk in peft's format, and the plain model that base and adapter make together."""

import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wellread.errors import InputError, ModelError
from wellread.models.load import CausalLM, load_model
from wellread.train.groups import EDGES, groups_in
from wellread.train.layers import decoder_layers
from wellread.train.untie import untie

ADAPTER = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"


def save_adapter(model: CausalLM, out: Path) -> None:
    """Write the adapter of a PeftModel to `out`: what was learned, not the embeddings beside it."""
    model.save_pretrained(out, save_embedding_layers=False)


def merge(base: Path, adapter: Path) -> CausalLM:
    """The plain model of `base`, in full precision, with `adapter` folded in.

    An adapter that was trained beside 4- or 8-bit weights goes into the full weights too: folded into the quantised ones,
    its small updates are lost in their rounding. Raises InputError where `adapter` is none or damaged, ModelError where it
    can't be folded in or doesn't fit.
    """
    from peft import PeftConfig, PeftModel
    from safetensors import SafetensorError

    if not (adapter / ADAPTER).is_file():
        raise InputError(f"{adapter}: no {ADAPTER}", "Name an adapter folder, as `wellread train` and peft write it.")
    if not (adapter / WEIGHTS).is_file():
        raise InputError(f"{adapter}: no {WEIGHTS}", "Save the adapter as safetensors; pickles aren't opened.")
    try:
        kind = PeftConfig.from_pretrained(adapter)
    except (ValueError, TypeError, KeyError) as e:
        raise InputError(f"{adapter / ADAPTER}: can't be read: {_first_line(e)}", "Save the adapter anew.") from e
    if str(kind.peft_type.value) != "LORA":
        raise ModelError(
            f"{adapter}: a {kind.peft_type.value} adapter can't be folded into a model", "Load it with peft."
        )
    model = load_model(base)
    if _touches_edges(model, kind):
        untie(model)
    try:
        with warnings.catch_warnings(action="ignore"):  # on tied embeddings, which were untied above
            return PeftModel.from_pretrained(model, adapter).merge_and_unload()
    except (ValueError, RuntimeError, SafetensorError) as e:
        what = f"{adapter} doesn't fit {base}: {_first_line(e)}"
        raise ModelError(what, "Name the model that it was trained on.") from e


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _touches_edges(model: CausalLM, kind: Any) -> bool:
    """Whether an adapter with the settings `kind` updates or replaces the embeddings or the head."""
    present = groups_in(model, list(decoder_layers(model)))
    edges = [name for group in EDGES for name in present.get(group, [])]
    targets, replaced = kind.target_modules or (), kind.modules_to_save or ()
    if isinstance(targets, str):  # a pattern over whole names
        return any(re.fullmatch(targets, name) or _ends(name, replaced) for name in edges)
    return any(_ends(name, {*targets, *replaced}) for name in edges)


def _ends(name: str, ends: Iterable[str]) -> bool:
    return any(name == end or name.endswith(f".{end}") for end in ends)
