"""Adapters that others made, folded into their model."""

from pathlib import Path

import pytest
import torch

from wellread.errors import InputError, ModelError
from wellread.models.load import load_model
from wellread.testing import tiny
from wellread.train.export import merge
from wellread.train.untie import untie

IDS = torch.tensor([[5, 6, 7, 8, 9]])


@pytest.mark.parametrize(
    "settings",
    [
        {"target_modules": ["q_proj"], "modules_to_save": ["lm_head"]},
        {"target_modules": r".*\.(q_proj|v_proj)|lm_head"},
        {"target_modules": "all-linear"},
    ],
    ids=["head replaced", "head by a pattern", "all linear"],
)
def test_it_means_the_same_folded_in_and_reloaded(settings: dict, tmp_path: Path) -> None:
    """Embeddings and head are one matrix here: what changes the head must leave the embeddings as they are."""
    from peft import LoraConfig, get_peft_model

    base = tiny.folder(tmp_path / "base", tied=True)
    parted = load_model(base)
    untie(parted)
    adapted = get_peft_model(parted, LoraConfig(r=4, task_type="CAUSAL_LM", **settings)).eval()
    torch.manual_seed(1)
    with torch.no_grad():
        for name, p in adapted.named_parameters():
            if "lora_B" in name or "modules_to_save" in name:
                p.add_(0.05 * torch.randn_like(p))
        wanted = adapted(IDS).logits
    adapted.save_pretrained(tmp_path / "adapter", save_embedding_layers=False)
    model = merge(base, tmp_path / "adapter")
    model.save_pretrained(tmp_path / "merged")
    with torch.no_grad():
        assert torch.allclose(model(IDS).logits, wanted, atol=1e-4)
        assert torch.allclose(load_model(tmp_path / "merged")(IDS).logits, wanted, atol=1e-4)


def test_a_damaged_or_foreign_one_is_one_line(tiny_folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "adapter_config.json"
    config.write_text('{"peft_type": "LORA", "task_type": "CAUSAL_LM", "target_modules": ["q_proj"], "r": 4}')
    with pytest.raises(InputError, match=r"no adapter_model\.safetensors"):
        merge(tiny_folder, tmp_path)
    (tmp_path / "adapter_model.safetensors").write_bytes(b"not a tensor")
    with pytest.raises(ModelError, match="doesn't fit"):
        merge(tiny_folder, tmp_path)
    config.write_text("{")
    with pytest.raises(InputError, match="can't be read"):
        merge(tiny_folder, tmp_path)
