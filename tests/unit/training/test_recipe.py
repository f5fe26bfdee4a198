"""Recipes of one stage and of several."""

from pathlib import Path

import pytest

from wellread.errors import WellreadError
from wellread.training.recipe import read_recipe


def recipe(tmp_path: Path, text: str, **overrides):
    (tmp_path / "r.yaml").write_text(text)
    return read_recipe(tmp_path / "r.yaml", overrides)


CHAIN = """
train: {adapt: lora, lora: {groups: [q, v], r: 8}, learning_rate: 1.0e-3}
stages:
  - {objective: clm, lora: {alpha: 16}}
  - {objective: sft, learning_rate: 1.0e-4, mixture: {cloze: {epochs: 2}}}
"""


def test_a_stage_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    first, second = recipe(tmp_path, CHAIN).stages
    assert (first.lora.groups, first.lora.r, first.lora.alpha) == (("q", "v"), 8, 16)
    assert (second.lora.groups, second.lora.r, second.lora.alpha) == (("q", "v"), 8, 64)
    assert (first.learning_rate, second.learning_rate) == (1e-3, 1e-4)


def test_the_command_line_has_the_last_word_in_every_stage(tmp_path: Path) -> None:
    made = recipe(tmp_path, CHAIN, **{"train.learning_rate": 5e-5, "train.lora.r": 2})
    assert [(s.learning_rate, s.lora.r) for s in made.stages] == [(5e-5, 2)] * 2


def test_a_name_alone_is_a_list_of_one(tmp_path: Path) -> None:
    assert recipe(tmp_path, "data: papers/").data == (str(tmp_path / "papers"),)
    assert recipe(tmp_path, "data: [x.jsonl, general=g.jsonl]").data == (
        str(tmp_path / "x.jsonl"),
        f"general={tmp_path / 'g.jsonl'}",
    )


def test_empty_groups_are_none(tmp_path: Path) -> None:
    assert len(recipe(tmp_path, "train:\nstages:\ndata:\n", **{"train.seed": 3}).stages) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("train: [lora]", "train is not a mapping"),
        ("data: [1]", "not a list of file names"),
        ("data: {a: b}", "not a list of file names"),
        ("stages: {objective: clm}", "stages (a list)"),
        ("stages: [clm]", "stage 1 is not a mapping"),
        ("train: {lora: 8}", "train.lora"),
        ("stages: [{lora: {rr: 8}}]", "unknown setting 'train.lora.rr'"),
        ("train: {trackers: [tensorbord]}", "train.trackers.0"),
        ("[", "not YAML"),
    ],
)
def test_a_slip_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(WellreadError) as caught:
        recipe(tmp_path, text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
