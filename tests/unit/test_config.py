from pathlib import Path

import pytest

from wellread.config import from_mapping, from_recipe, with_paths
from wellread.errors import ConfigError, InputError
from wellread.paper_inputs import settings_from
from wellread.retell import RetellConfig


def write(at: Path, text: str) -> Path:
    (at / "r.yaml").write_text(text)
    return at / "r.yaml"


def test_a_group_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "corpus: {papers: [a]}\ntrain:\n  epochs: 3\ntrain:\n  seed: 1\n")
    with pytest.raises(InputError, match=r"r\.yaml: not YAML: 'train' stands twice in one group, line 1"):
        from_recipe(path, {})


@pytest.mark.parametrize("text", ["a: 2023-13-45\n", "a: [\n", "{a: b}: &x [*x\n"])
def test_what_is_no_yaml_is_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="not YAML"):
        from_recipe(write(tmp_path, text), {})


def test_an_empty_recipe_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        from_recipe(write(tmp_path, ""), {})


def test_file_names_are_meant_from_where_the_recipe_lies(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "corpus: {papers: [a, /abs/b, ~/c]}\nrehearse: {prompts: p.txt}\n"
        "grid: {corpus.papers: [[x], [y, z]], questions.questions: [[q.jsonl], null], rehearse.prompts: [s.txt], train.seed: [1]}\n",
    )
    config = from_recipe(path, {})
    assert config.corpus.papers == (str(tmp_path / "a"), "/abs/b", str(Path.home() / "c"))
    assert config.questions.questions is None
    assert config.rehearse.prompts == str(tmp_path / "p.txt")
    assert [list(v) for v in config.grid["corpus.papers"]] == [
        [str(tmp_path / "x")],
        [str(tmp_path / "y"), str(tmp_path / "z")],
    ]
    assert config.grid["questions.questions"] == ([str(tmp_path / "q.jsonl")], None)
    assert config.grid["rehearse.prompts"] == (str(tmp_path / "s.txt"),)
    assert config.grid["train.seed"] == (1,)
    assert with_paths(config, lambda name: Path("/elsewhere") / name) == config


def test_a_grid_of_nothing_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"grid\.train\.epochs: no values"):
        from_mapping({"corpus": {"papers": ["a"]}, "grid": {"train.epochs": []}})


def test_a_group_of_which_nothing_is_said_keeps_its_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, "corpus: {papers: [a]}\ntrain:\n#  epochs: 3\n")
    assert from_recipe(path, {}).train.epochs is None
    assert from_recipe(path, {"train.epochs": 5}).train.epochs == 5


def test_a_list_is_called_a_list(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"corpus\.papers: Input should be a list, got 'a'"):
        from_recipe(write(tmp_path, "corpus: {papers: a}\n"), {})


@pytest.mark.parametrize(
    "text", ["corpus: 5\n", "corpus: [a]\n", "corpus: a\n", "corpus: true\n", "5\n", "corpus:\n- a\n"]
)
def test_a_group_that_is_none_is_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises((ConfigError, InputError)):
        settings_from(RetellConfig, {"corpus": {"papers": ["a"]}}, {}, write(tmp_path, text))
    with pytest.raises((ConfigError, InputError)):
        from_recipe(write(tmp_path, text), {})
