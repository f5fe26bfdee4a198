"""A model folder that isn't whole ends in one line; none is filled up with random weights."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wellread.errors import ModelError
from wellread.models.load import chat_prompt, load_model, load_tokenizer
from wellread.testing import tiny


@pytest.fixture
def folder(tmp_path: Path, tiny_folder: Path) -> Path:
    return Path(shutil.copytree(tiny_folder, tmp_path / "model"))


def refused(do: Callable[[Path], object], folder: Path, says: str) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        do(folder)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("family", tiny.FAMILIES)
@pytest.mark.parametrize("tied", [True, False])
def test_whole_ones_are_loaded(tmp_path: Path, family: str, tied: bool) -> None:
    load_model(tiny.folder(tmp_path / "m", family, tied=tied))


def test_weights_that_are_missing_are_not_made_up(folder: Path) -> None:
    config = folder / "config.json"
    config.write_text(config.read_text().replace('"num_hidden_layers": 2', '"num_hidden_layers": 3'))
    refused(load_model, folder, "weights are missing")


@pytest.mark.parametrize("left", [0, 5000])
def test_weights_that_are_cut_are_one_line(folder: Path, left: int) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:left])
    refused(load_model, folder, "can't be loaded|can be loaded")


@pytest.mark.parametrize("text", ["{", "[]", '{"model_type": "nonsense"}', '{"model_type": "vit"}'])
def test_a_damaged_config_is_one_line(folder: Path, text: str) -> None:
    (folder / "config.json").write_text(text)
    refused(load_model, folder, "can be loaded")


@pytest.mark.parametrize("text", ["{", '{"version": "1.0"}', '{"model": {"type": "BPE", "vocab": 3}}', None])
def test_a_damaged_tokenizer_is_one_line(folder: Path, text: str | None) -> None:
    if text is None:
        for name in ("tokenizer.json", "tokenizer_config.json"):
            (folder / name).unlink()
    else:
        (folder / "tokenizer.json").write_text(text)
    refused(load_tokenizer, folder, "no tokenizer that can be read")


@pytest.mark.parametrize("text", ["{% for x in %}", "{{ raise_exception('no system turn') }}"])
def test_a_damaged_chat_template_is_one_line(folder: Path, text: str) -> None:
    (folder / "chat_template.jinja").write_text(text)
    refused(lambda path: chat_prompt(load_tokenizer(path), "Q?"), folder, "chat template fails")
