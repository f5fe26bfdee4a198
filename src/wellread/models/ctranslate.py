"""A model in CTranslate2's form with 8-bit weights, made once and kept in the cache; greedy answers from it on the CPU."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from wellread.errors import ConfigError, ModelError
from wellread.models.cache import cached_model
from wellread.models.generate import Generated, prompt_ids, turn_end
from wellread.models.load import Tokenizer
from wellread.runs.progress import say

FORM = "int8"


def library() -> Any:
    """The module `ctranslate2`. Raises ConfigError where it isn't installed."""
    try:
        import ctranslate2
    except ImportError:
        raise ConfigError("CTranslate2 is not installed", "pip install 'wellread[ctranslate2]'") from None
    return ctranslate2


def load(path: Path, revision: str) -> Any:
    """The generator for the model folder `path`, converted first where the cache doesn't hold it.

    Raises ModelError for an architecture that CTranslate2 doesn't know.
    """
    nbytes = sum(p.stat().st_size for p in path.glob("*.safetensors"))

    def make(out: Path) -> None:
        say("Converting the model to 8 bits (once) ...")
        try:
            library().converters.TransformersConverter(str(path)).convert(str(out), quantization=FORM, force=True)
        except ValueError as error:
            raise ModelError(f"{path}: CTranslate2 can't convert it: {error}", "Use --engine transformers.") from None

    folder = cached_model(f"ctranslate2-{FORM}-{revision[:16]}", nbytes, make)
    threads = int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
    return library().Generator(str(folder), device="cpu", compute_type=FORM, intra_threads=threads)


def generate(
    generator: Any,
    tokenizer: Tokenizer,
    path: Path,
    questions: Sequence[str],
    *,
    max_new_tokens: int,
    batch_size: int,
    chat: bool = True,
) -> Iterator[list[Generated]]:
    """Yield the answers batch by batch, longest prompts first: as `wellread.models.generate.generate`, from `generator`.

    `path` is the model's own folder, for its ends of text. What all prompts begin with is read once. Raises ModelError for
    a prompt that leaves no room for an answer.
    """
    prompts = [prompt_ids(tokenizer, q, chat) for q in questions]
    room = context(path) - max_new_tokens
    if longest := max((len(p) for p in prompts if len(p) > room), default=0):
        raise ModelError(
            f"a prompt of {longest} tokens leaves no room for {max_new_tokens} more in the model's context of {context(path)}",
            "Use a model with a longer context, or shorter texts.",
        )
    shared = _opening(prompts)
    order = sorted(range(len(prompts)), key=lambda i: -len(prompts[i]))
    ends = _ends(path, tokenizer)
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        done = generator.generate_batch(
            [tokenizer.convert_ids_to_tokens(prompts[i][shared:]) for i in batch],
            static_prompt=tokenizer.convert_ids_to_tokens(prompts[0][:shared]) or None,
            include_prompt_in_result=False,
            max_length=max_new_tokens + 1,  # room for the end of text, which isn't counted
            end_token=ends,
            return_end_token=True,
            sampling_topk=1,
        )
        yield [_said(i, r.sequences_ids[0], ends, max_new_tokens, tokenizer) for i, r in zip(batch, done, strict=True)]


def _said(i: int, ids: list[int], ends: list[int], most: int, tokenizer: Tokenizer) -> Generated:
    finish: Literal["stop", "length"] = "stop" if ids and ids[-1] in ends else "length"
    text = tokenizer.decode(ids[:-1] if finish == "stop" else ids[:most], skip_special_tokens=True)
    return Generated(i, text.strip(), finish)


def _opening(prompts: Sequence[Sequence[int]]) -> int:
    """How many tokens all prompts begin with, each keeping one of its own."""
    if not prompts:
        return 0
    low, high = min(map(tuple, prompts)), max(map(tuple, prompts))
    most = min(map(len, prompts)) - 1
    return next((k for k in range(most) if low[k] != high[k]), most)


def context(path: Path) -> int:
    """The longest sequence of the model in the folder `path`."""
    settings = _settings(path / "config.json")
    settings = settings.get("text_config", settings)
    return int(settings.get("max_position_embeddings") or settings.get("n_positions") or 1 << 30)


def _ends(path: Path, tokenizer: Tokenizer) -> list[int]:
    """Every token that ends an answer, as wellread.models.generate.end_ids."""
    named = _settings(path / "generation_config.json").get("eos_token_id")
    named = [] if named is None else [named] if isinstance(named, int) else list(named)
    return sorted({tokenizer.eos_token_id, turn_end(tokenizer), *named})


def _settings(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found
