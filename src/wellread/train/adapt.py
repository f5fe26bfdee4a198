"""What is trained: all parameters, some layers, or an adapter beside frozen weights."""

from pathlib import Path
from typing import Any

from wellread import plugins
from wellread.errors import ConfigError
from wellread.models.device import PROCESSOR, Device
from wellread.models.load import CausalLM, load_model
from wellread.train.config import ADAPTERS, TrainConfig
from wellread.train.layers import ALL, UPPER_HALF


def load_base(path: Path, config: TrainConfig, device: Device = PROCESSOR) -> CausalLM:
    """The model in the folder `path`, its weights in the number format that `config.base` asks for.

    Weights of 4 and 8 bits are put on `device`, since they can't be moved later, and those of 4 compute as training does
    there; others are on the CPU, in 32 bits.
    Raises ModelError where it can't be loaded, ConfigError where its own weights would have to be trained in 4 or 8 bits.
    """
    if config.base == "plain":
        return load_model(path)
    if config.adapt == "full":
        raise ConfigError(f"train.base: {config.base} weights can't be trained themselves", "Set train.adapt to lora.")
    from wellread.train.quantised import load_quantised

    return load_quantised(path, config.base, device)


def adapt(model: CausalLM, config: TrainConfig) -> CausalLM:
    """`model` made ready to train as `config.adapt` says. Raises ModelError or ConfigError for layers that it lacks."""
    return plugins.load(ADAPTERS, config.adapt).adapt(model, config)


def settled(config: TrainConfig, device: Device) -> TrainConfig:
    """`config`, with the layers said whose own parameters are trained, where it leaves them to us.

    All of them teach more than the upper half and take twice as long, which 32 bits on a processor make too long
    (docs/decisions/0003).
    """
    if config.layers is not None or config.adapt != "full":
        return config
    return config.model_copy(update={"layers": ALL if device.precision == "bf16" else UPPER_HALF})


def merged(model: CausalLM, config: TrainConfig) -> CausalLM:
    """The plain model with what was learned folded in."""
    return fold_of(config)(model)


def fold_of(config: TrainConfig) -> Any:
    """The function that makes a trained model plain again; None where what was learned can't be folded in."""
    return plugins.load(ADAPTERS, config.adapt).fold


def trainable_parameters(model: CausalLM) -> tuple[int, int]:
    """How many parameters are trained, and how many there are (a tied one counts once)."""
    sizes = [(_size(p), p.requires_grad) for p in model.parameters()]
    return sum(n for n, grad in sizes if grad), sum(n for n, _ in sizes)


def _size(parameter: Any) -> int:
    """How many numbers it holds: in 4 bits two of them lie in each byte, and bytes are what it would count itself."""
    packed = getattr(parameter, "quant_state", None)
    return int((packed.shape if packed else parameter.shape).numel())
