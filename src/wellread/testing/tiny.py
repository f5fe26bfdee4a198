"""Real language models small enough to train in a second, built in process: no download, random weights."""

from pathlib import Path
from typing import Any

CHAT_TEMPLATE = (
    "{% if messages[0]['role'] != 'system' %}{{ '<|start|>system\nYou answer questions.<|end|>\n' }}{% endif %}"
    "{% for message in messages %}{{ '<|start|>' + message['role'] + '\n' + message['content'] + '<|end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start|>assistant\n' }}{% endif %}"
)
FAMILIES = ("llama", "mistral", "qwen2", "gemma2", "gemma3_text", "gpt2")


def tokenizer() -> Any:
    """A byte-level BPE tokenizer without merges: every text is representable. Pad and end of text are one token."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    special = ["<|unk|>", "<|start|>", "<|end|>"]
    vocabulary = {token: i for i, token in enumerate([*special, *letters])}
    raw = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<|unk|>"))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    raw.add_special_tokens(special)
    return PreTrainedTokenizerFast(
        tokenizer_object=raw,
        unk_token="<|unk|>",
        bos_token="<|start|>",
        eos_token="<|end|>",
        pad_token="<|end|>",
        chat_template=CHAT_TEMPLATE,
    )


def model(family: str = "llama", *, tied: bool = True, seed: int = 0) -> Any:
    """A causal language model of `family` with about 0.1 million random parameters, for `tokenizer`."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    torch.manual_seed(seed)
    words = len(tokenizer())
    shape: dict[str, Any] = {
        "vocab_size": words, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "max_position_embeddings": 512,
    }  # fmt: skip
    if family == "gpt2":
        shape = {"vocab_size": words, "n_embd": 64, "n_layer": 2, "n_head": 4, "n_positions": 512}
    ends = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2, "tie_word_embeddings": tied}
    return AutoModelForCausalLM.from_config(AutoConfig.for_model(family, **shape, **ends)).eval()


def folder(at: Path, family: str = "llama", **kw: Any) -> Path:
    """Such a model with its tokenizer, saved in the hub's format at `at`."""
    model(family, **kw).save_pretrained(at)
    tokenizer().save_pretrained(at)
    return at
