"""The nine groups of layers that adapters go to, and what each architecture calls them.

embed_tokens, q, k, v, o, gate, up, down, lm_head. Some architectures hold two or three of them in one matrix; such a fused
layer is a group of its own, since an update to a third of it can't be told from an update to the whole.
"""

from collections.abc import Iterable
from typing import Any

from wellread.errors import ModelError
from wellread.models.load import CausalLM

EDGES = ("embed_tokens", "lm_head")
"""Groups outside the decoder layers: the first and the last matrix, which many models share."""

INSIDE = {
    "q": ("q_proj", "q_lin", "query"),
    "k": ("k_proj", "k_lin", "key"),
    "v": ("v_proj", "v_lin", "value"),
    "qkv": ("qkv_proj", "c_attn", "query_key_value", "Wqkv"),
    "o": ("o_proj", "attn.c_proj", "attention.dense", "self_attention.dense", "self_attn.out_proj", "self_attn.dense"),
    "gate": ("gate_proj",),
    "up": ("up_proj", "c_fc", "dense_h_to_4h", "fc1"),
    "gate_up": ("gate_up_proj",),
    "down": ("down_proj", "mlp.c_proj", "dense_4h_to_h", "fc2"),
}
"""Group -> names that end the path of its module within a layer."""

FUSED = {"q": "qkv", "k": "qkv", "v": "qkv", "gate": "gate_up", "up": "gate_up"}
KNOWN = (*EDGES[:1], *INSIDE, *EDGES[1:])


def modules_of(model: CausalLM, groups: Iterable[str], layers: list[str]) -> list[str]:
    """Dotted names of the modules of `groups` in the decoder layers named `layers`.

    Raises ModelError for a group that this model lacks, with those that it has.
    """
    present = groups_in(model, layers)
    missing = [g for g in groups if g not in present]
    if missing:
        raise ModelError(f"train.lora.groups: this model has no {_said(missing)}", _instead(missing, present))
    return [name for group in groups for name in present[group]]


def groups_in(model: CausalLM, layers: list[str]) -> dict[str, list[str]]:
    """Group -> dotted names of its modules, for the groups that `model` has in the decoder layers named `layers`."""
    inside = {name: module for name, module in model.named_modules() if _in_a_layer(name, layers) and _linear(module)}
    found = {group: [n for n in inside if any(n.endswith(f".{end}") for end in ends)] for group, ends in INSIDE.items()}
    edges = {"embed_tokens": model.get_input_embeddings(), "lm_head": model.get_output_embeddings()}
    for group, module in edges.items():
        found[group] = [name for name, m in model.named_modules() if m is module and m is not None]
    return {group: found[group] for group in KNOWN if found[group]}


def _in_a_layer(name: str, layers: list[str]) -> bool:
    return any(name.startswith(f"{layer}.") for layer in layers)


def _linear(module: Any) -> bool:
    from torch.nn import Linear
    from transformers.pytorch_utils import Conv1D

    return isinstance(module, Linear | Conv1D)


def _said(missing: list[str]) -> str:
    return ", ".join(f"{g} ({INSIDE[g][0]})" if g in INSIDE else g for g in missing)


def _instead(missing: list[str], present: dict[str, list[str]]) -> str:
    """What the model has; a fused layer is named where that is what was meant."""
    names = {g: present[g][0].rsplit(".", 1)[-1] for g in present}
    fused = sorted({FUSED[g] for g in missing if FUSED.get(g) in present})
    hint = "".join(f"They are one layer here, {names[f]}: name it {f}. " for f in fused)
    return f"{hint}It has {', '.join(f'{g} ({name})' for g, name in names.items()) or 'none of the known groups'}."
