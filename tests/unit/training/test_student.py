"""Students as others use them."""

import json
from pathlib import Path

import pytest

from wellread.errors import InputError
from wellread.training.student import development, export

GOOD = {"id": "a", "question": "When does Quor melt?", "keywords": ["146"]}
GIVEN_AWAY = {"id": "b", "question": "Does Quor melt at 146 °C?", "keywords": ["146"]}


def questions(path: Path, *rows: dict) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_score_that_can_not_be_taken_is_refused(tmp_path: Path, capsys) -> None:
    """It would be 0 at every step, and patience would end the training."""
    with pytest.raises(InputError, match="no question can be scored"):
        development(questions(tmp_path / "dev.jsonl", GIVEN_AWAY))
    assert len(development(questions(tmp_path / "dev.jsonl", GOOD, GIVEN_AWAY)).questions) == 2
    assert "1 of 2 development questions can't be scored" in capsys.readouterr().err


def test_what_could_not_be_exported_leaves_nothing_behind(tiny_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "adapter").mkdir()
    (tmp_path / "adapter" / "adapter_config.json").write_text("{")
    (tmp_path / "adapter" / "adapter_model.safetensors").write_bytes(b"x")
    with pytest.raises(InputError, match=r"adapter_config\.json: can't be read"):
        export(tmp_path / "adapter", tmp_path / "out", merge=True, model=str(tiny_folder))
    assert [p.name for p in tmp_path.iterdir()] == ["adapter"]


def test_a_model_is_exported_whole(tiny_folder: Path, tmp_path: Path) -> None:
    assert export(tiny_folder, tmp_path / "out", merge=False, model=None) == {"kind": "model", "base": ""}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(p.name for p in tiny_folder.iterdir())
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
