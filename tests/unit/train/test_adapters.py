from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM

from wellread.errors import ConfigError, ModelError, UnknownNameError
from wellread.models.device import Device
from wellread.models.load import load_model
from wellread.testing import tiny
from wellread.train.adapt import adapt, fold_of, load_base, merged, settled, trainable_parameters
from wellread.train.config import LoraSettings, TrainConfig
from wellread.train.export import merge, save_adapter
from wellread.train.groups import groups_in
from wellread.train.layers import decoder_layers
from wellread.train.loss import next_token_loss
from wellread.train.packing import pack
from wellread.train.sequence import Sequence

IDS = torch.tensor([[5, 6, 7, 8, 9]])
ROW = [Sequence([5, 6, 7, 8], [5, 6, 7, 8], "a"), Sequence([9, 10, 11], [9, 10, 11], "b")]
NINE = ("embed_tokens", "q", "k", "v", "o", "gate", "up", "down", "lm_head")
ALL_GROUPS = {
    "llama": NINE, "mistral": NINE, "qwen2": NINE, "gemma2": NINE, "gemma3_text": NINE,
    "gpt2": ("embed_tokens", "qkv", "o", "up", "down", "lm_head"),
}  # fmt: skip


def lora(model, **kw):
    layers = kw.pop("layers", None)
    config = TrainConfig(adapt="lora", lora=LoraSettings(r=4, alpha=4, **kw), layers=layers)
    adapted = adapt(model, config)
    torch.manual_seed(1)
    with torch.no_grad():
        for name, p in adapted.named_parameters():
            if "lora_B" in name or "lora_embedding" in name:
                p.normal_(std=0.05)
    return adapted.eval(), config


def logits(model) -> torch.Tensor:
    with torch.no_grad():
        return model(IDS).logits


def test_lora_trains_little_and_merges_exactly() -> None:
    base = tiny.model()
    _, every = trainable_parameters(base)
    model, config = lora(base, groups=("v", "o", "gate", "up"))
    few, _ = trainable_parameters(model)
    assert 0 < few < every / 4
    before = logits(model)
    plain = merged(model, config)
    assert torch.allclose(logits(plain), before, atol=4e-5)
    assert not torch.allclose(logits(tiny.model()), before, atol=1e-3)
    assert not any("lora" in name for name, _ in plain.named_parameters())


@pytest.mark.parametrize("family", tiny.FAMILIES)
@pytest.mark.parametrize("tied", [True, False])
def test_adapter_merged_and_reloaded_agree_on_every_group(family: str, tied: bool, tmp_path: Path) -> None:
    base = tiny.folder(tmp_path / "base", family, tied=tied)
    model, config = lora(load_model(base), groups=ALL_GROUPS[family])
    before = logits(model)
    save_adapter(model, tmp_path / "adapter")
    plain = merged(model, config)
    plain.save_pretrained(tmp_path / "merged")
    assert torch.allclose(logits(plain), before, atol=1e-4)
    assert torch.allclose(logits(load_model(tmp_path / "merged")), before, atol=1e-4)
    assert torch.allclose(logits(merge(base, tmp_path / "adapter")), before, atol=1e-4)
    sizes = (tmp_path / "adapter/adapter_model.safetensors").stat().st_size
    assert sizes < 0.5 * (base / "model.safetensors").stat().st_size


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_plain_peft_loads_the_adapter(family: str, tmp_path: Path) -> None:
    from peft import PeftModel

    base = tiny.folder(tmp_path / "base", family)
    model, _ = lora(load_model(base), groups=ALL_GROUPS[family])
    save_adapter(model, tmp_path / "adapter")
    loaded = PeftModel.from_pretrained(load_model(base), tmp_path / "adapter").eval()
    assert torch.allclose(logits(loaded), logits(model), atol=1e-5)


@pytest.mark.parametrize("option", [{"rslora": True}, {"dora": True}])
def test_scaled_and_decomposed_updates_merge_exactly(option, tmp_path: Path) -> None:
    model, config = lora(tiny.model(), groups=("q", "up"), **option)
    before = logits(model)
    plain, _ = lora(tiny.model(), groups=("q", "up"))
    assert not torch.allclose(logits(plain), before, atol=1e-5)
    assert torch.allclose(logits(merged(model, config)), before, atol=4e-5)


@pytest.mark.parametrize(
    ("layers", "has"), [("1:", {1}), (":1", {0}), ("-1:", {1}), (":", {0, 1}), ("50%:", {1}), (":50%", {0})]
)
@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_a_layer_range_is_kept_to(family: str, layers: str, has: set[int]) -> None:
    for model in (
        lora(tiny.model(family), groups=("o",), layers=layers)[0],
        adapt(tiny.model(family), TrainConfig(layers=layers)),
    ):
        found = {
            i
            for i, name in enumerate(decoder_layers(getattr(model, "base_model", model)))
            if any(p.requires_grad and f"{name}." in n for n, p in model.named_parameters())
        }
        assert found == has
        assert not any(p.requires_grad for n, p in model.named_parameters() if "embed" in n or "lm_head" in n)


def test_all_trains_everything_and_a_tied_weight_counts_once() -> None:
    trained, every = trainable_parameters(adapt(tiny.model(tied=True), TrainConfig(layers="all")))
    assert trained == every
    assert trainable_parameters(tiny.model(tied=False))[1] > every


@pytest.mark.parametrize(("precision", "trained"), [("fp32", {"1"}), ("bf16", {"0", "1", "weight"})])
def test_full_trains_all_or_the_upper_half_where_nothing_else_is_said(precision: Any, trained: set[str]) -> None:
    config = settled(TrainConfig(), Device("cpu", precision, "as asked"))
    model = adapt(tiny.model(), config)
    assert {name.split(".")[2] for name, p in model.named_parameters() if p.requires_grad} == trained


def test_what_is_said_stays_said() -> None:
    here = Device("cpu", "bf16", "as asked")
    for config in (TrainConfig(layers="1:"), TrainConfig(adapt="lora"), TrainConfig(adapt="prefix")):
        assert settled(config, here) == config


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_the_groups_of_each_family_are_found(family: str) -> None:
    model = tiny.model(family)
    found = groups_in(model, list(decoder_layers(model)))
    assert set(found) == set(ALL_GROUPS[family])
    assert all(len(names) == (1 if g in ("embed_tokens", "lm_head") else 2) for g, names in found.items())


def test_a_group_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownNameError, match="gate"):
        LoraSettings(groups=("gat",))


def test_a_group_that_this_model_lacks_is_named() -> None:
    with pytest.raises(ModelError, match=r"no gate \(gate_proj\).*It has embed_tokens \(wte\), qkv \(c_attn\)"):
        adapt(tiny.model("gpt2"), TrainConfig(adapt="lora", lora=LoraSettings(groups=("gate", "o"))))
    with pytest.raises(ModelError, match="one layer here, c_attn: name it qkv"):
        adapt(tiny.model("gpt2"), TrainConfig(adapt="lora", lora=LoraSettings(groups=("q", "v"))))


@pytest.mark.parametrize(
    ("layers", "says"), [("0:3", "beyond"), ("5:", "beyond"), ("1:1", "no layer"), (":-2", "no layer")]
)
def test_a_range_beyond_the_model_is_refused(layers: str, says: str) -> None:
    with pytest.raises(ConfigError, match=f"{says}.*2 layers"):
        adapt(tiny.model(), TrainConfig(layers=layers))


def test_settings_that_can_not_be_meant_are_refused() -> None:
    with pytest.raises(ConfigError, match="not a range"):
        TrainConfig(layers="upper")
    for yaml_made_of_it in ({15: None}, 930):
        with pytest.raises(ConfigError, match="in quotes"):
            TrainConfig.model_validate({"layers": yaml_made_of_it})
    with pytest.raises(UnknownNameError, match="lora"):
        TrainConfig(adapt="lroa")
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        LoraSettings(r=0)


@pytest.mark.parametrize("family", ["llama", "qwen2", "gemma2", "gpt2"])
def test_a_prefix_learns_from_packed_rows_and_peft_reads_it(family: str, tmp_path: Path) -> None:
    from peft import PeftModel

    config = TrainConfig(adapt="prefix")
    assert fold_of(config) is None
    model = adapt(tiny.model(family), config)
    optimiser = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=0.1)
    losses = []
    for _ in range(15):
        loss = next_token_loss(model, pack(ROW))
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.95 * losses[0]
    save_adapter(model, tmp_path)
    loaded = PeftModel.from_pretrained(tiny.model(family), tmp_path).eval()
    alone = [
        torch.nn.functional.cross_entropy(
            loaded(torch.tensor([s.ids])).logits[0, :-1], torch.tensor(s.ids[1:]), reduction="sum"
        )
        for s in ROW
    ]
    with torch.no_grad():
        assert next_token_loss(model.eval(), pack(ROW)).item() == pytest.approx(sum(alone).item() / 5, abs=3e-5)


@pytest.mark.parametrize("base", ["nf4", "int8"])
def test_an_adapter_on_a_quantised_base_merges_into_the_full_one(base, tmp_path: Path) -> None:
    pytest.importorskip("bitsandbytes")
    folder = tiny.folder(tmp_path / "base")
    config = TrainConfig(adapt="lora", base=base, lora=LoraSettings(r=4, groups=("q", "v", "down")))
    model = adapt(load_base(folder, config), config)
    plain = adapt(load_model(folder), config)
    assert trainable_parameters(model) == trainable_parameters(plain)  # 4 bits or 32, there are as many
    loss = next_token_loss(model, pack(ROW))
    loss.backward()
    assert all(p.grad is not None for p in model.parameters() if p.requires_grad)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "lora_B" in name:
                p.normal_(std=0.05)
    save_adapter(model, tmp_path / "adapter")
    full = merge(folder, tmp_path / "adapter")
    assert {p.dtype for p in full.parameters()} == {torch.float32}
    change = (logits(full) - logits(load_model(folder))).abs().mean()
    assert (logits(full) - logits(model.eval())).abs().mean() < 0.5 * change


def test_quantised_weights_go_where_the_training_is(tmp_path: Path, monkeypatch) -> None:
    """They can't be moved later: on a machine with a card, --device cpu must not put them on the card."""
    pytest.importorskip("bitsandbytes")
    asked: list[dict] = []
    monkeypatch.setattr(AutoModelForCausalLM, "from_pretrained", lambda _, **kw: asked.append(kw) or tiny.model())
    for name in ("cpu", "cuda"):
        load_base(tmp_path, TrainConfig(adapt="lora", base="nf4"), Device(name, "fp32", "as asked"))
    assert [kw["device_map"] for kw in asked] == [{"": "cpu"}, {"": "cuda"}]


@pytest.mark.parametrize(("precision", "unfolded"), [("fp32", torch.float32), ("bf16", torch.bfloat16)])
def test_weights_of_4_bits_compute_as_training_does(precision: str, unfolded: torch.dtype, tiny_folder: Path) -> None:
    """Unfolded to 32 bits for training in 16, they would take twice the room and be cast for each product."""
    pytest.importorskip("bitsandbytes")
    config = TrainConfig(adapt="lora", base="nf4")
    model = load_base(tiny_folder, config, Device("cpu", precision, "as asked"))
    found = {m.compute_dtype for m in model.modules() if type(m).__name__ == "Linear4bit"}
    assert found == {unfolded}


def test_quantised_weights_are_not_trained_themselves(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="lora"):
        load_base(tmp_path, TrainConfig(base="nf4"))


def test_without_bitsandbytes_the_extra_is_named(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("wellread.train.quantised.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"wellread\[quantised\]"):
        load_base(tmp_path, TrainConfig(adapt="lora", base="int8"))
