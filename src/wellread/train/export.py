"""Adapters on disk in peft's format, and the plain model that base and adapter make together."""

import warnings
from pathlib import Path

from wellread.errors import InputError, ModelError
from wellread.models.load import CausalLM, load_model
from wellread.train.groups import EDGES, groups_in
from wellread.train.layers import decoder_layers
from wellread.train.untie import untie

ADAPTER = "adapter_config.json"


def save_adapter(model: CausalLM, out: Path) -> None:
    """Write the adapter of a PeftModel to `out`: what was learned, not the embeddings beside it."""
    model.save_pretrained(out, save_embedding_layers=False)


def merge(base: Path, adapter: Path) -> CausalLM:
    """The plain model of `base`, in full precision, with `adapter` folded in.

    An adapter that was trained beside 4- or 8-bit weights goes into the full weights too: folded into the quantised ones,
    its small updates are lost in their rounding. Raises InputError where `adapter` is none, ModelError where it can't be
    folded in or doesn't fit.
    """
    from peft import PeftConfig, PeftModel

    if not (adapter / ADAPTER).is_file():
        raise InputError(f"{adapter}: no {ADAPTER}", "Name an adapter folder, as `wellread train` and peft write it.")
    kind = PeftConfig.from_pretrained(adapter)
    if str(kind.peft_type.value) != "LORA":
        raise ModelError(
            f"{adapter}: a {kind.peft_type.value} adapter can't be folded into a model", "Load it with peft."
        )
    model = load_model(base)
    if _touches_edges(model, set(kind.target_modules or ())):
        untie(model)
    try:
        with warnings.catch_warnings(action="ignore"):  # on tied embeddings, which were untied above
            return PeftModel.from_pretrained(model, adapter).merge_and_unload()
    except (ValueError, RuntimeError) as e:
        first = str(e).strip().splitlines()[0]
        raise ModelError(f"{adapter} doesn't fit {base}: {first}", "Name the model that it was trained on.") from e


def _touches_edges(model: CausalLM, targets: set[str]) -> bool:
    present = groups_in(model, list(decoder_layers(model)))
    edges = [name for group in EDGES for name in present.get(group, [])]
    return any(name == t or name.endswith(f".{t}") for name in edges for t in targets)
