from typing import Any

import pytest

from wellread.errors import ConfigError
from wellread.search.space import Space, space_of


def test_a_recipe_is_parted_into_space_and_the_rest() -> None:
    space, rest = space_of(
        {
            "train": {"epochs": {"low": 1, "high": 3}, "seed": 5},
            "grid": {"corpus.texts": [["a"], ["a", "b"]]},
            "search": {},
        }
    )
    assert list(space.dimensions) == ["train.epochs", "corpus.texts"]
    assert rest == {"train": {"seed": 5}, "search": {}}
    assert space.size == 6
    assert list(space.grid())[:3] == [
        {"train.epochs": 1, "corpus.texts": "a"},
        {"train.epochs": 1, "corpus.texts": "a+b"},
        {"train.epochs": 2, "corpus.texts": "a"},
    ]


def test_no_range_at_all() -> None:
    with pytest.raises(ConfigError, match="nothing to search"):
        space_of({"train": {"epochs": 3}})


@pytest.mark.parametrize("name", ["examine", "questions"])
def test_what_all_trials_share_is_no_range(name: str) -> None:
    with pytest.raises(ConfigError, match="must be the same"):
        space_of({name: {"max_new_tokens": {"low": 1, "high": 3}}})


def test_a_grid_must_be_countable_and_not_too_large() -> None:
    with pytest.raises(ConfigError, match=r"can't count the values of train\.x"):
        list(space_of({"train": {"x": {"low": 0.1, "high": 0.3}}})[0].grid())
    with pytest.raises(ConfigError, match="20,001 points"):
        list(space_of({"train": {"x": {"low": 0, "high": 20_000}}})[0].grid())


def test_queued_settings_are_checked() -> None:
    space, _ = space_of({"train": {"x": {"low": 1, "high": 3}}})
    assert space.params({"train.x": 2}) == {"train.x": 2}
    with pytest.raises(ConfigError, match=r"search\.queue\[0\]: train\.x: 4 is not in the range 1 to 3"):
        space.params({"train.x": 4}, "search.queue[0]: ")
    with pytest.raises(ConfigError, match=r"train\.y is not searched"):
        space.params({"train.y": 4})


def test_every_end_is_tried_in_the_recipe() -> None:
    tried: list[dict[str, Any]] = []
    space = space_of({"a": {"low": 1, "high": 3}, "b": {"choices": ["x", "y"]}})[0]
    space.check(tried.append)
    assert {(t["a"], t["b"]) for t in tried} == {(1, "x"), (3, "x"), (1, "y")}
    assert Space().size == 1
