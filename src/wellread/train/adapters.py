"""What is trained: all parameters, or low-rank adapters on chosen layers."""

from wellread.errors import ModelError
from wellread.models.load import CausalLM
from wellread.train.config import LORA_GROUPS, TrainConfig


def adapt(model: CausalLM, config: TrainConfig) -> CausalLM:
    """`model` made ready to train as `config.adapt` says. Raises ModelError where a chosen layer doesn't exist."""
    if config.adapt == "full":
        model.requires_grad_(True)
        return model
    from peft import LoraConfig, get_peft_model

    wanted = [f"{group}_proj" for group in config.lora.groups]
    present = {name.rsplit(".", 1)[-1] for name, _ in model.named_modules()}
    missing = [name for name in wanted if name not in present]
    if missing:
        has = ", ".join(g for g in LORA_GROUPS if f"{g}_proj" in present) or "none of the known groups"
        raise ModelError(f"train.lora.groups: this model has no {', '.join(missing)}", f"It has {has}.")
    lora = LoraConfig(
        r=config.lora.r,
        lora_alpha=config.lora.alpha,
        lora_dropout=config.lora.dropout,
        target_modules=wanted,
        task_type="CAUSAL_LM",
    )
    return get_peft_model(model, lora)


def merged(model: CausalLM, config: TrainConfig) -> CausalLM:
    """The plain model with what was learned folded in."""
    return model if config.adapt == "full" else model.merge_and_unload()


def trainable_parameters(model: CausalLM) -> tuple[int, int]:
    """How many parameters are trained, and how many there are (a tied one counts once)."""
    sizes = [(p.numel(), p.requires_grad) for p in model.parameters()]
    return sum(n for n, grad in sizes if grad), sum(n for n, _ in sizes)
