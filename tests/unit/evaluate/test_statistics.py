import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread.evaluate.statistics import mean


def test_none_is_left_out_and_counted() -> None:
    score = mean([1.0, None, 0.0, None], ["a", "a", "b", "b"])
    assert (score.value, score.n, score.unscored) == (0.5, 2, 2)


def test_nothing_scored_is_not_zero() -> None:
    score = mean([None, None], ["a", "b"])
    assert score.value is None
    assert (score.n, score.unscored) == (0, 2)
    assert mean([], []).value is None


def test_all_right_is_not_certain() -> None:
    score = mean([1.0] * 20, ["a"] * 20)
    assert (score.low, score.high) == (pytest.approx(0.8316, abs=1e-3), 1.0)
    assert mean([0.0] * 20, ["a"] * 20).high == pytest.approx(0.1684, abs=1e-3)


def test_papers_are_drawn_whole() -> None:
    values = [1.0] * 10 + [0.0] * 10
    by_paper = mean(values, ["a"] * 10 + ["b"] * 10)
    by_question = mean(values, ["a"] * 20)
    assert (by_paper.low, by_paper.high) == (0, 1)
    assert by_question.low is not None
    assert by_question.low > 0.2


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30), st.integers(1, 4))
def test_the_interval_holds_the_mean_and_is_the_same_each_time(values: list[float], papers: int) -> None:
    groups = [str(i % papers) for i in range(len(values))]
    score = mean(values, groups)
    assert score == mean(values, groups)
    assert score.value is not None
    assert 0 <= score.low <= score.value + 1e-4
    assert score.value - 1e-4 <= score.high <= 1
