"""A recipe with a grid: every combination taught and examined, one figure."""

import json
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples" / "development"
RECIPE = """
name: small
model: {{name: {model}}}
corpus: {{papers: [papers/polyether]}}
augment: {{views: off}}
train: {{batch_tokens: 400, longest: 256}}
examine: {{max_new_tokens: 4}}
retention: {{questions: 4, neighbours: 2, max_new_tokens: 4}}
grid:
  corpus.texts: [[original], [original, qa]]
  train.readings: [2, 4]
"""


def run(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wellread", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300)


def test_a_grid_is_run_drawn_and_not_run_twice(tmp_path: Path, tiny_folder: Path) -> None:
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "papers").symlink_to(EXAMPLES)
    (tmp_path / "recipes" / "small.yaml").write_text(RECIPE.format(model=tiny_folder))
    done = run("run", "recipes/small.yaml", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout.splitlines()[-1])
    assert [(c["texts"], c["chosen"]["train.readings"]) for c in row["cells"]] == [(1, 2), (1, 4), (2, 2), (2, 4)]
    page = (tmp_path / "runs/small/report.html").read_text()
    assert "<svg" in page
    assert len(list((tmp_path / "runs/small/artifacts/train").iterdir())) == 4
    # What the untrained model says of the paper is asked once for each set of texts, what it knows in general once.
    assert len(list((tmp_path / "runs/small/artifacts/examine").iterdir())) == 2 * 4 + 2 * 2 + 1
    assert "What was kept" in page
    assert not list((tmp_path / "runs/small").rglob("*.safetensors"))
    again = run("run", "recipes/small.yaml", "--json", cwd=tmp_path)
    assert json.loads(again.stdout.splitlines()[-1]) == row
    asked = run("ask", "runs/small", "What?", cwd=tmp_path)
    assert asked.returncode == 2
    assert "keep_models" in asked.stderr
