import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.evaluate.statistics import _from_drawn, compare, gap_closed, mean, pooled, power


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


def test_two_papers_that_score_alike_are_not_certain() -> None:
    score = mean(([1.0] * 7 + [0.0] * 3) * 2, ["a"] * 10 + ["b"] * 10)
    assert score.low < 0.55
    assert score.high > 0.85


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30), st.integers(1, 4))
def test_the_interval_holds_the_mean_and_is_the_same_each_time(values: list[float], papers: int) -> None:
    groups = [str(i % papers) for i in range(len(values))]
    score = mean(values, groups)
    assert score == mean(values, groups)
    assert score.value is not None
    assert 0 <= score.low <= score.value + 1e-4
    assert score.value - 1e-4 <= score.high <= 1


def test_the_interval_says_how_it_was_made() -> None:
    assert mean([1.0] * 5, ["a"] * 5).method == "exact binomial bound over questions"
    assert mean([1.0, 0.0], ["a", "b"]).method == "bootstrap over papers and their questions"
    assert mean([1.0, 0.0] * 3, list("abcdef")).method == "bootstrap over papers"
    assert mean([1.0, 0.0], ["a", "a"]).method == "bootstrap over questions"


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Sixteen papers with five questions each, of one quality per paper: 95% intervals of 300 such examinations."""
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(300):
        quality = rng.beta(2, 2, size=16)
        values = [float(v) for q in quality for v in rng.random(5) < q]
        score = mean(values, [str(i // 5) for i in range(80)])
        held += score.low <= 0.5 <= score.high
    assert 0.89 <= held / 300 <= 0.99


def test_a_clear_difference_and_none() -> None:
    papers = [str(i // 5) for i in range(40)]
    better = compare([1.0] * 40, [0.0] * 30 + [1.0] * 10, papers)
    assert (better.value, better.n, better.unit) == (0.75, 40, "papers")
    assert better.p == pytest.approx(2 / 2**6, abs=1e-4)
    assert better.low > 0.3
    same = compare([1.0, 0.0] * 20, [1.0, 0.0] * 20, papers)
    assert (same.value, same.p) == (0.0, 1.0)
    assert same.low < 0 < same.high


def test_few_papers_are_compared_question_by_question() -> None:
    found = compare([1.0] * 8, [0.0] * 8, ["a", "b"] * 4)
    assert found.unit == "questions"
    assert found.p == pytest.approx(2 / 2**8, abs=1e-5)
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.025 ** (1 / 8), abs=1e-4)


def test_only_what_both_answered_is_compared() -> None:
    found = compare([1.0, None, 1.0], [None, 0.0, 0.0], ["a", "b", "c"])
    assert (found.value, found.n) == (1.0, 1)
    assert compare([None], [1.0], ["a"]).p is None


def test_the_p_value_is_flat_where_nothing_differs() -> None:
    rng = np.random.default_rng(1)
    small = sum(compare(list(rng.normal(size=12)), list(rng.normal(size=12)), ["a"] * 12).p <= 0.1 for _ in range(200))
    assert 8 <= small <= 34


def test_many_questions_are_flipped_at_random() -> None:
    found = compare([1.0] * 30, [0.0] * 25 + [1.0] * 5, ["a"] * 30)
    assert 0 < found.p < 0.001


def test_the_share_of_the_gap() -> None:
    papers = list("aabb")
    closed = gap_closed([1.0, 0.0, 1.0, 0.0], [0.0] * 4, [1.0, 1.0, 1.0, 0.0], papers)
    assert closed.value == pytest.approx(0.5 / 0.75, abs=1e-4)
    assert closed.low <= closed.value <= closed.high
    assert gap_closed([1.0], [0.5], [0.5], ["a"]).value is None
    assert gap_closed([None], [0.5], [0.9], ["a"]).n == 0


def test_seeds_are_pooled_by_question() -> None:
    assert pooled([[1.0, 0.0, None], [0.0, None, None]]) == [0.5, 0.0, None]


def test_what_few_questions_can_show() -> None:
    assert "above 0.48" in power(5)
    assert "nothing" in power(0)


def test_equal_values_are_no_certainty() -> None:
    half = mean([0.5] * 4, ["a", "a", "b", "b"])
    assert half.low == 0.0
    assert half.high == 1.0
    bits = mean([2.5], [""])
    assert (bits.value, bits.low, bits.high, bits.method) == (2.5, None, None, "")


@pytest.mark.parametrize("sizes", [[1, 1], [3, 9], [8, 1, 5], [4, 4, 4, 4], [1, 20, 2, 7, 3]])
def test_questions_are_drawn_from_the_papers_that_were_drawn(sizes: list[int]) -> None:
    """Row by row, in plain words: put the questions of the drawn papers together, draw as many as there are."""
    papers = np.random.default_rng(1).integers(0, len(sizes), size=(50, len(sizes)))
    of = np.split(np.arange(sum(sizes)), np.cumsum(sizes)[:-1])
    rng = np.random.default_rng(2)
    wanted = [rng.choice(np.concatenate([of[k] for k in row]), sum(sizes)) for row in papers]
    assert (_from_drawn(papers, sizes, np.random.default_rng(2)) == wanted).all()
