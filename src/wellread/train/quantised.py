"""Frozen weights in 4 or 8 bits, through bitsandbytes (the extra `quantised`).

Sources: Dettmers et al. 2023 (arXiv 2305.14314) for NF4 with double quantisation; Dettmers et al. 2022 (arXiv 2208.07339) for 8 bits.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError, ModelError
from wellread.models.device import Device
from wellread.models.load import CausalLM
from wellread.train.memory import ran_out


def load_quantised(path: Path, base: str, device: Device) -> CausalLM:
    """The model in `path` on `device`, its layers' matrices in `base` ('nf4' or 'int8'), embeddings and head as they are.

    Matrices of 4 bits are unfolded to the number format of `device` for each product.
    Raises ConfigError without bitsandbytes, ModelError where the model can't be loaded so.
    """
    if find_spec("bitsandbytes") is None:
        raise ConfigError(f"train.base: {base} needs bitsandbytes", "pip install 'wellread[quantised]'")
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model = AutoModelForCausalLM.from_pretrained(
            path,
            dtype=torch.float32,
            quantization_config=_settings(base, device.precision),
            device_map={"": device.name},
            use_safetensors=True,
            trust_remote_code=False,
        )
    except (OSError, ValueError, RuntimeError) as e:
        if ran_out(e):
            raise
        first = str(e).strip().splitlines()[0]
        raise ModelError(f"{path}: can't be loaded in {base}: {first}", "Set train.base to plain.") from e
    model.requires_grad_(False)
    return model.eval()


def _settings(base: str, precision: str) -> Any:
    import torch
    from transformers import BitsAndBytesConfig

    if base == "int8":
        return BitsAndBytesConfig(load_in_8bit=True)
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16 if precision == "bf16" else torch.float32,
    )
