"""A GGUF file becomes a plain model folder: safetensors, config, tokenizer. Done once, kept in the cache."""

from pathlib import Path

from wellread.errors import ModelError


def convert(gguf: Path, out: Path) -> None:
    """Dequantise `gguf` into 32-bit safetensors in `out`, with its tokenizer and chat template.

    A model that transformers loads from GGUF refuses `save_pretrained`, because its config still names the GGUF
    quantiser; a fresh model built from the cleaned config doesn't. Raises ModelError where the file can't be read.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

    try:
        tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
        loaded = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    except MemoryError:
        raise
    except Exception as e:  # the reader raises anything from struct.error to KeyError on a damaged file
        raise ModelError(
            f"{gguf}: can't be read as a GGUF model ({type(e).__name__}: {e})", "Download it again."
        ) from e
    config = loaded.config
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    config.name_or_path = gguf.stem
    model = AutoModelForCausalLM.from_config(config)
    model.load_state_dict(loaded.state_dict())
    model.generation_config = GenerationConfig.from_model_config(config)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def nbytes(gguf: Path) -> int:
    """Bytes of its weights in 32 bits. A file that can't be read counts with its size; `convert` says what is wrong."""
    from gguf import GGUFReader

    try:
        return 4 * sum(int(tensor.n_elements) for tensor in GGUFReader(gguf).tensors)
    except Exception:  # as in `convert`
        return gguf.stat().st_size
