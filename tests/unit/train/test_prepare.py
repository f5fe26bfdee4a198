"""What is decided and computed before the first step."""

from pathlib import Path

import pytest
import torch

from wellread.errors import ConfigError, DiskFullError
from wellread.models.config import ModelConfig
from wellread.models.load import load_model
from wellread.records import Example, Preference
from wellread.runs import files
from wellread.testing import tiny
from wellread.train.attention import for_short_rows
from wellread.train.config import Anchor, Part, TrainConfig
from wellread.train.loop import autocast
from wellread.train.loss import learned, logprobs
from wellread.train.packing import pack
from wellread.train.prepare import Prepared, feed, prepare

CPU = ModelConfig(device="cpu", precision="fp32")
TEXTS = [Example(id=f"t{i}", paper="p", passage=f"t{i}", maker="text", text=f"Quor {i} melts.") for i in range(4)]
PAIR = Example(id="q", paper="p", passage="t0", maker="cloze", prompt="What does Quor 0 do?", text="It melts.")
WISH = Preference(id="w", paper="p", passage="p", maker="m", prompt="When?", chosen="At 5 °C.", rejected="Never.")
GENERAL = Example(id="g", paper="g", passage="g", maker="general", text="Rivers flow to the sea.")


def ready(folder: Path, items: list[Example | Preference], **kw) -> Prepared:
    examples = [item for item in items if isinstance(item, Example)]
    wishes = [item for item in items if isinstance(item, Preference)]
    return prepare(TrainConfig(**kw), CPU, folder, examples, wishes)


def test_a_preference_is_measured_against_the_model_without_its_new_prefix(tiny_folder: Path, tmp_path: Path) -> None:
    made = ready(tiny_folder, [WISH], adapt="prefix", objective="dpo")
    batch = feed(made, tmp_path / "trunk.bin")[0]
    base = load_model(tiny_folder)
    for number, sequence in enumerate(made.encoded.sequences):
        row = pack([sequence])
        with torch.no_grad():
            before = logprobs(base, row, learned(row)).sum()
        assert batch["reference"][number].item() == pytest.approx(before.item(), abs=1e-4)


@pytest.mark.parametrize("items", [[*TEXTS, GENERAL], [*TEXTS, PAIR]], ids=["anchor", "distill"])
def test_a_prefix_learns_from_what_the_model_said_before(items, tiny_folder: Path, tmp_path: Path) -> None:
    distill = PAIR in items
    made = ready(
        tiny_folder,
        items,
        adapt="prefix",
        objective="distill" if distill else None,
        anchor=Anchor(weight=0.0 if distill else 1.0),
    )
    loss = made.loss(made.model, feed(made, tmp_path / "trunk.bin")[0])
    loss.backward()
    assert torch.isfinite(loss)
    assert any(p.grad is not None for p in made.model.parameters())


def test_a_prefix_leaves_room_for_itself(tmp_path: Path) -> None:
    long = TEXTS[0].model_copy(update={"text": "x" * 600})
    made = ready(tiny.folder(tmp_path / "m", "gpt2"), [long], adapt="prefix")
    assert 480 < max(len(s) for s in made.encoded.sequences) <= 512 - 16
    for batch in made.batches[:2]:
        made.loss(made.model, pack([made.encoded.sequences[i] for i in batch]))


def test_the_trunk_in_bf16_is_what_the_steps_would_compute(tiny_folder: Path, tmp_path: Path) -> None:
    text = TEXTS[0].model_copy(update={"text": "Quor melts, then it flows. " * 8})
    losses = []
    for trunk in ("cached", "recomputed"):
        config = TrainConfig(layers="1:", trunk=trunk)
        made = prepare(config, ModelConfig(device="cpu", precision="bf16"), tiny_folder, [text], [])
        batch = feed(made, tmp_path / "trunk.bin")[0]
        assert ("trunk" in batch) == (trunk == "cached")
        with autocast(made.device), for_short_rows(made.model, made.device):
            losses.append(made.loss(made.model, batch).item())
    assert losses[0] == losses[1]


def test_nothing_is_computed_for_texts_that_are_not_seen(tiny_folder: Path, tmp_path: Path) -> None:
    made = ready(tiny_folder, TEXTS, mixture={"text": Part(count=1)})
    assert (len(made.encoded.sequences), made.dose.genres["text"].unused) == (1, 3)
    assert len(feed(made, tmp_path / "trunk.bin").rows.trunk.sequences) == 1


def test_the_general_text_is_told(tiny_folder: Path) -> None:
    empty = GENERAL.model_copy(update={"id": "e", "text": ""})
    made = ready(tiny_folder, [*TEXTS, GENERAL, empty], anchor=Anchor(weight=1.0))
    assert made.encoded.notes == ["anchor: one of 1 pieces of general text (24 tokens) beside each step"]
    assert [row["what"] for row in made.encoded.rejected] == ["e"]


def test_a_passage_under_another_genre_still_teaches(tiny_folder: Path, tmp_path: Path) -> None:
    texts = [text.model_copy(update={"maker": "mine"}) for text in TEXTS]
    made = ready(tiny_folder, [*texts, PAIR], objective="distill")
    assert feed(made, tmp_path / "trunk.bin").rows.references


@pytest.mark.parametrize("learn_prompt", [True, False])
def test_an_opening_that_is_learned_is_not_shared(learn_prompt: bool, tiny_folder: Path) -> None:
    """Computed once for all pairs, it would count once, or not at all."""
    made = ready(tiny_folder, [WISH], objective="orpo", params={"learn_prompt": learn_prompt})
    assert all((s.shared == 0) is learn_prompt for s in made.encoded.sequences)


def test_a_full_disk_is_noticed_before_the_cache_is_written(tiny_folder: Path, tmp_path: Path, monkeypatch) -> None:
    made = ready(tiny_folder, TEXTS, trunk_gb=0.0)
    monkeypatch.setattr(files.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 10}))
    with pytest.raises(DiskFullError, match="the output of the frozen layers needs"):
        feed(made, tmp_path / "trunk.bin")
    assert not (tmp_path / "trunk.bin").exists()


def test_what_would_be_left_undone_is_refused(tiny_folder: Path) -> None:
    with pytest.raises(ConfigError, match="offload goes with zero2 and zero3"):
        ready(tiny_folder, TEXTS, offload=True)
