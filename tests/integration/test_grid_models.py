"""Grids over what isn't trained anew: models, examinations; and what becomes of their taught models."""

import json
from pathlib import Path

import pytest
from inside import wellread

from wellread.testing import tiny

RECIPE = """
name: small
model: {{name: {model}}}
corpus: {{papers: [paper]}}
augment: {{views: off}}
rehearse: {{most: 0}}
retention: {{questions: 3, neighbours: 2, max_new_tokens: 2}}
train: {{readings: 1, longest: 128}}
examine: {{max_new_tokens: 2}}
grid: {grid}
"""


@pytest.fixture
def place(tmp_path: Path, tiny_folder: Path) -> Path:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "original.md").write_text("# Quor\n\nQuor melts at 146 °C.\n")
    (tmp_path / "paper" / "questions.jsonl").write_text('{"id": "q", "question": "When?", "keywords": ["146"]}\n')
    (tmp_path / "tiny").symlink_to(tiny_folder)
    return tmp_path


def recipe(place: Path, grid: str) -> None:
    (place / "r.yaml").write_text(RECIPE.format(model=place / "tiny", grid=grid))


def test_each_model_of_a_grid_is_taught_itself(place: Path) -> None:
    other = tiny.folder(place / "other", seed=1)
    recipe(place, f"{{model.name: [{place / 'tiny'}, {other}]}}")
    done = wellread("run", "r.yaml", "--json", "--set", "keep_models=true", cwd=place)
    assert done.returncode == 0, done.stderr
    weights = [(place / f"runs/small/models/00{i}/model.safetensors").read_bytes() for i in (1, 2)]
    assert weights[0] != weights[1]
    index = json.loads((place / "runs/small/run.json").read_text())
    assert len(index["identity"]["model"]["revisions"]) == 2
    asked = wellread("ask", "runs/small", "What?", cwd=place)
    assert asked.returncode == 2
    assert "runs/small/models" in asked.stderr
    page = (place / "runs/small/report.html").read_text()
    assert "What was kept" in page


def test_a_model_that_was_not_kept_is_there_again_where_it_is_needed(place: Path) -> None:
    recipe(place, "{examine.max_new_tokens: [2, 3]}")
    done = wellread("run", "r.yaml", "--json", "--artifacts", "shared", cwd=place)
    assert done.returncode == 0, done.stderr
    assert not list((place / "shared").rglob("*.safetensors"))
    recipe(place, "{}")
    done = wellread("run", "r.yaml", "--json", "--artifacts", "shared", "--out", "one", cwd=place)
    assert done.returncode == 0, done.stderr
    assert (place / "one/model/model.safetensors").is_file()
    # A grid that passes by leaves it alone.
    recipe(place, "{examine.max_new_tokens: [2, 4]}")
    done = wellread("run", "r.yaml", "--json", "--artifacts", "shared", "--out", "two", cwd=place)
    assert done.returncode == 0, done.stderr
    assert (place / "one/model/model.safetensors").is_file()


def test_a_grid_without_values_is_one_line(place: Path) -> None:
    recipe(place, "{train.epochs: []}")
    done = wellread("run", "r.yaml", cwd=place)
    assert done.returncode == 2
    assert "train.epochs" in done.stderr
