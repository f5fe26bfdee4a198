"""lora: low-rank updates beside frozen linear layers, folded in after training.

Sources: Hu et al. 2021 (arXiv 2106.09685); Kalajdzievski 2023 (arXiv 2312.03732) for the rank-stabilised scale alpha / sqrt(r);
Liu et al. 2024 (arXiv 2402.09353) for DoRA, which learns the length of each weight column apart from its direction. Use it
where full training doesn't fit into memory, or to keep what was learned in a small file.
"""

import warnings

from wellread.models.load import CausalLM
from wellread.train.config import TrainConfig
from wellread.train.groups import EDGES, modules_of
from wellread.train.layers import chosen
from wellread.train.untie import untie


def adapt(model: CausalLM, config: TrainConfig) -> CausalLM:
    """A PeftModel around `model`. Raises ModelError where it has no such layers, ConfigError for an empty range.

    An adapter on the embeddings or the head of a model that uses one matrix for both would be folded into both, so
    the two are parted first.
    """
    from peft import LoraConfig, get_peft_model

    settings = config.lora
    names = modules_of(model, settings.groups, list(chosen(model, config.layers)))
    if set(settings.groups) & set(EDGES):
        untie(model)
    update = LoraConfig(
        r=settings.r,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        use_rslora=settings.rslora,
        use_dora=settings.dora,
        target_modules=names,
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings(action="ignore"):  # peft's word on transposed layers, which it handles itself
        return get_peft_model(model, update)


def fold(model: CausalLM) -> CausalLM:
    """The plain model with the updates added to its weights."""
    return model.merge_and_unload()
