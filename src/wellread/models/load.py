"""Models and tokenizers in memory, and back on disk. Safetensors only, no remote code."""

from pathlib import Path
from typing import Any

from wellread.errors import ModelError

#: transformers' own classes carry no types; these names say what is meant.
CausalLM = Any
Tokenizer = Any

PLAIN_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\n' }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}"
)


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of the model folder `path`, able to mark the end of a text and to render a chat.

    Raises ModelError where it is missing or names no end-of-text token. A tokenizer without a chat template gets a
    plain 'user: ... assistant: ...' one, which begins as the tokenizer begins texts.
    """
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(path, trust_remote_code=False)
    except MemoryError:
        raise
    except Exception as e:  # a damaged file raises anything, a bare Exception among it
        raise ModelError(
            f"{path}: no tokenizer that can be read ({_short(e)})", "Copy the tokenizer's files there."
        ) from e
    if tokenizer.eos_token_id is None:
        raise ModelError(
            f"{path}: the tokenizer has no end-of-text token", "Set eos_token in its tokenizer_config.json."
        )
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token  # padding is masked by position, never by id
    if not tokenizer.chat_template:
        begins = tokenizer("")["input_ids"][:1] == [tokenizer.bos_token_id]
        tokenizer.chat_template = ("{{ bos_token }}" if begins else "") + PLAIN_TEMPLATE
    return tokenizer


def is_plain(tokenizer: Tokenizer) -> bool:
    """Whether the tokenizer came without a chat template of its own."""
    return str(tokenizer.chat_template).endswith(PLAIN_TEMPLATE)


def load_model(path: Path) -> CausalLM:
    """The causal language model in the folder `path`, weights in 32 bits, on the CPU.

    Raises ModelError where it can't be loaded, or lacks some of its weights.
    """
    import torch
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    before = logging.get_verbosity()
    logging.set_verbosity(logging.CRITICAL)  # what its report of loading says is said here, in one line
    try:
        model, found = AutoModelForCausalLM.from_pretrained(
            path, dtype=torch.float32, use_safetensors=True, trust_remote_code=False, output_loading_info=True
        )
    except (OSError, ValueError, RuntimeError, TypeError, SafetensorError) as e:
        what = f"{path}: not a causal language model that can be loaded: {_short(e)}"
        raise ModelError(what, "Choose another.") from e
    finally:
        logging.set_verbosity(before)
    if lacking := sorted(found["missing_keys"]):
        # transformers would fill them with random numbers.
        what = f"{path}: {len(lacking)} of the model's weights are missing ({', '.join(lacking[:2])} ...)"
        raise ModelError(what, "Copy all its .safetensors files there, or choose a causal language model.")
    return model.eval()


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def save_model(model: CausalLM, tokenizer: Tokenizer, out: Path) -> None:
    """Write a folder that plain transformers loads: safetensors, config, tokenizer, chat template."""
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def context_length(model: CausalLM) -> int:
    """The longest sequence that the model was made for, in tokens."""
    return int(getattr(model.config.get_text_config(), "max_position_embeddings", None) or 1 << 30)


def chat_prompt(tokenizer: Tokenizer, question: str) -> list[int]:
    """Token ids of `question` as the user's turn, up to where the assistant's answer begins.

    Raises ModelError where the model's chat template is damaged.
    """
    from jinja2 import TemplateError

    try:
        text = tokenizer.apply_chat_template(
            [{"role": "user", "content": question}], add_generation_prompt=True, tokenize=False
        )
    except TemplateError as e:
        raise ModelError(f"{tokenizer.name_or_path}: its chat template fails: {_short(e)}", "Mend or delete it.") from e
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])
