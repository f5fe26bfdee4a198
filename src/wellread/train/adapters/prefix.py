"""prefix: trained keys and values that stand before every text, in every layer; the model itself stays as it is.

Source: Li and Liang 2021 (arXiv 2101.00190). Use it to compare: it changes least and learns facts worst. A prefix can't be
folded into the weights, so what is saved is an adapter that peft loads.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wellread.errors import ConfigError
from wellread.models.load import CausalLM
from wellread.train.config import TrainConfig

if TYPE_CHECKING:
    import torch

fold = None
"""There is no plain model to come back to."""


def adapt(model: CausalLM, config: TrainConfig) -> CausalLM:
    """A PeftModel around `model` that takes packed rows. Raises ConfigError for settings that a prefix leaves no room for."""
    from peft import PrefixTuningConfig, get_peft_model

    if config.layers is not None:
        raise ConfigError("train.layers: a prefix goes through all layers", "Leave train.layers out.")
    if config.activations == "recomputed":  # layers that are computed again are given no cache, which the prefix is in
        raise ConfigError("train.activations: a prefix would be left out", "Leave train.activations out.")
    settings = PrefixTuningConfig(num_virtual_tokens=config.prefix.tokens, task_type="CAUSAL_LM")
    prefixed = get_peft_model(model, settings)
    prefixed.forward = _Packed(prefixed, config.prefix.tokens)
    return prefixed


class _Packed:
    """The forward pass for packed rows: every token sees the prefix, and positions start after it."""

    def __init__(self, prefixed: Any, tokens: int) -> None:
        self.prefixed, self.tokens = prefixed, tokens

    def __call__(self, **batch: Any) -> Any:
        return self.prefixed.get_base_model()(**{**batch, **self._widened(batch)})

    def _widened(self, batch: Mapping[str, "torch.Tensor"]) -> dict[str, Any]:
        masks = batch["attention_mask"]  # one, or one for each kind of layer
        return {
            "attention_mask": {kind: self._wider(mask) for kind, mask in masks.items()}
            if isinstance(masks, dict)
            else self._wider(masks),
            "position_ids": batch["position_ids"] + self.tokens,
            "past_key_values": self.prefixed.get_prompt(batch_size=batch["position_ids"].shape[0]),
        }

    def _wider(self, mask: "torch.Tensor") -> "torch.Tensor":
        from torch.nn.functional import pad

        return pad(mask, (self.tokens, 0), value=0.0 if mask.is_floating_point() else True)
