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
    except (OSError, ValueError) as e:
        raise ModelError(f"{path}: no tokenizer that can be read ({e})", "Copy the tokenizer's files there.") from e
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

    Raises ModelError where it can't be loaded.
    """
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model = AutoModelForCausalLM.from_pretrained(
            path, dtype=torch.float32, use_safetensors=True, trust_remote_code=False
        )
    except (OSError, ValueError, RuntimeError) as e:
        first = str(e).strip().splitlines()[0]
        raise ModelError(f"{path}: not a causal language model that can be loaded: {first}", "Choose another.") from e
    return model.eval()


def save_model(model: CausalLM, tokenizer: Tokenizer, out: Path) -> None:
    """Write a folder that plain transformers loads: safetensors, config, tokenizer, chat template."""
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def context_length(model: CausalLM) -> int:
    """The longest sequence that the model was made for, in tokens."""
    return int(getattr(model.config.get_text_config(), "max_position_embeddings", None) or 1 << 30)


def chat_prompt(tokenizer: Tokenizer, question: str) -> list[int]:
    """Token ids of `question` as the user's turn, up to where the assistant's answer begins."""
    text = tokenizer.apply_chat_template(
        [{"role": "user", "content": question}], add_generation_prompt=True, tokenize=False
    )
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])
