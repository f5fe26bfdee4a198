from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import ConfigError
from wellread.search.ranges import AnyOf, Choices, Infeasible, Span, as_range, label, ranges


class Drawn:
    """What Optuna's FixedTrial does, for values given beforehand."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def suggest_categorical(self, name: str, _choices: list[Any]) -> Any:
        return self.values[name]

    suggest_int = suggest_float = lambda self, name, *_, **__: self.values[name]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"low": 3, "high": 1}, "low 3 is above high 1"),
        ({"low": 0, "high": 1, "log": True}, "log range can't begin at 0"),
        ({"low": 1, "high": 4, "log": True, "step": 1}, "exclude each other"),
        ({"low": 1}, "train.r.high: not set"),
        ({"low": 1, "hihg": 2}, "not set|no part of a range"),
        ({"low": "cold", "high": 2}, "train.r.low"),
        ({"low": 1, "high": float("inf")}, "finite"),
        ({"choices": []}, "empty range"),
        ({"any_of": []}, "empty range"),
        ({"any_of": ["q"], "atleast": 1}, "no part of a range"),
    ],
)
def test_a_range_that_is_none_is_told_with_its_place(written: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said) as e:
        as_range("train.r", written)
    assert str(e.value).startswith("train.r")


def test_numbers_written_without_a_point_are_numbers() -> None:
    assert as_range("x", {"low": "1e-5", "high": "1e-3", "log": True}) == Span(low=1e-5, high=1e-3, log=True)
    assert Span(low=1, high=4).whole
    assert not Span(low=1, high=4.0).whole


def test_all_points_of_a_span() -> None:
    assert [p["x"] for p in Span(low=1, high=7, step=3).points("x") or []] == [1, 4, 7]
    assert [p["x"] for p in Span(low=2, high=4).points("x") or []] == [2, 3, 4]
    assert Span(low=0.0, high=1.0).points("x") is None


def test_choices_go_by_names() -> None:
    named = Choices.model_validate({"choices": {"attention": ["q", "k"], "all": ["q", "k", "up"]}})
    assert named.suggest(Drawn(x="attention"), "x") == ["q", "k"]
    plain = Choices.model_validate({"choices": [["original"], ["original", "qa"], None, 3]})
    assert list(plain.choices) == ["original", "original+qa", "null", "3"]
    assert plain.params("x", ["original", "qa"]) == {"x": "original+qa"}
    with pytest.raises(ConfigError, match="not among the choices"):
        plain.params("x", "textbook")


def test_switches_need_one_that_is_on() -> None:
    modules = AnyOf(any_of=("q", "k", "v"))
    assert modules.suggest(Drawn(**{"x.q": False, "x.k": True, "x.v": True}), "x") == ["k", "v"]
    with pytest.raises(Infeasible):
        modules.suggest(Drawn(**{"x.q": False, "x.k": False, "x.v": False}), "x")
    assert len(modules.points("x") or []) == 7
    assert all(any(p.values()) for p in modules.points("x") or [])


@settings(max_examples=50, deadline=None)
@given(st.integers(-50, 50), st.integers(0, 60), st.integers(1, 7))
def test_points_lie_within_and_can_be_queued(low: int, width: int, step: int) -> None:
    span = Span(low=low, high=low + width, step=step)
    points = [p["x"] for p in span.points("x") or []]
    assert points[0] == low
    assert all(low <= p <= low + width and (p - low) % step == 0 for p in points)
    assert [span.params("x", p) for p in points] == [{"x": p} for p in points]


def test_ranges_are_found_wherever_they_are() -> None:
    recipe = {"train": {"lora": {"r": {"low": 1, "high": 8}}, "epochs": 3}, "augment": {"views": {"any_of": ["cloze"]}}}
    assert [name for name, _ in ranges(recipe)] == ["train.lora.r", "augment.views"]


def test_labels() -> None:
    assert [label(v) for v in ("a", ["a", "b"], [], {"x": 1}, 2.5)] == ["a", "a+b", "none", '{"x": 1}', "2.5"]
