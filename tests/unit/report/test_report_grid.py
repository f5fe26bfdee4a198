import math
import statistics

import pytest

from wellread.records import Score
from wellread.report.data import GridCell, ReportData
from wellread.report.grid import cell_means
from wellread.report.page import render, render_text


def cells(*values, paper=None, texts=1, collapsed=False):
    """One run for each value: each of its own paper, or all seeds of `paper`."""
    return [
        GridCell(paper=paper or f"p{i}", texts=texts, epochs=5, seed=i, soft=v, strict=v, collapsed=collapsed)
        for i, v in enumerate(values)
    ]


def test_the_interval_is_students_over_papers():
    [mean] = cell_means(cells(0.5, 0.6, 0.4, 0.7))
    half = 3.182 * statistics.stdev([0.5, 0.6, 0.4, 0.7]) / 2
    assert mean.strict.value == pytest.approx(0.55)
    assert (mean.strict.low, mean.strict.high) == pytest.approx((0.55 - half, 0.55 + half))
    assert (mean.strict.n, mean.papers) == (4, 4)


def test_seeds_of_one_paper_are_no_independent_witnesses():
    twice = [c.model_copy(update={"seed": c.seed + 10}) for c in cells(0.5, 0.7)]
    [once], [doubled] = cell_means(cells(0.5, 0.7)), cell_means(cells(0.5, 0.7) + twice)
    assert doubled.strict.n == 4
    assert (doubled.strict.low, doubled.strict.high) == (once.strict.low, once.strict.high)


def test_a_paper_with_more_seeds_weighs_no_more():
    [mean] = cell_means([*cells(1.0, 1.0, 1.0, paper="a"), *cells(0.0, paper="b")])
    assert mean.strict.value == 0.5


def test_with_one_paper_its_seeds_make_the_interval():
    [mean] = cell_means(cells(0.5, 0.7, paper="a"))
    assert mean.strict.low is not None
    assert mean.papers == 1


@pytest.mark.parametrize("values", [[0.5], [0.5, 0.5, 0.5]])
def test_no_interval_without_spread(values):
    [mean] = cell_means(cells(*values))
    assert (mean.strict.value, mean.strict.low, mean.strict.high) == (0.5, None, None)


def test_the_interval_stays_a_score():
    [mean] = cell_means(cells(0.0, 1.0))
    assert (mean.strict.low, mean.strict.high) == (0.0, 1.0)


def test_missing_is_not_zero():
    [mean] = cell_means(cells(None, 0.8, math.nan))
    assert (mean.strict.value, mean.strict.n, mean.strict.unscored) == (0.8, 1, 2)
    [none] = cell_means(cells(None))
    assert (none.strict.value, none.strict.n, none.strict.unscored) == (None, 0, 1)


def test_cells_are_in_order_and_count_collapsed_runs():
    means = cell_means([*cells(0.9, texts=5), *cells(0.0, texts=1, collapsed=True)])
    assert [(m.texts, m.collapsed) for m in means] == [(1, 1), (5, 0)]


def test_few_papers_have_an_interval_over_their_questions():
    asked = [c.model_copy(update={"questions": 20}) for c in cells(0.6, 0.8)]
    [mean] = cell_means(asked)
    assert mean.strict.value == pytest.approx(0.7)
    assert (mean.strict.low, mean.strict.high) == pytest.approx((0.5457, 0.8193), abs=1e-3)  # Wilson's, 28 of 40
    assert mean.strict.method == "over 40 questions"
    [seeds] = cell_means(asked + [c.model_copy(update={"seed": 9}) for c in asked])
    assert seeds.strict.low == mean.strict.low, "seeds don't make more questions"
    [none] = cell_means([c.model_copy(update={"questions": 20}) for c in cells(0.0)])
    assert none.strict.low == 0
    assert none.strict.high == pytest.approx(0.161, abs=1e-3)
    [many] = cell_means([c.model_copy(update={"questions": 20}) for c in cells(*(0.5, 0.6) * 3)])
    assert many.strict.method == "over papers"


def test_what_was_kept_is_over_the_questions_however_many_runs_there_are():
    kept = [Score(value=v, n=28) for v in (0.5, 0.75)]
    pair = [c.model_copy(update={"kept": k}) for c, k in zip(cells(0.5, 0.7), kept, strict=True)]
    [once], [often] = cell_means(pair), cell_means(pair * 5)
    assert (once.kept.value, once.kept.n) == (0.625, 28)
    assert once.kept.low < 0.5 < 0.7 < once.kept.high
    assert often.kept == once.kept
    assert cell_means(cells(0.5))[0].kept is None


def test_a_grid_says_what_was_kept():
    score = Score(value=0.5, n=28)
    runs = [c.model_copy(update={"kept": score, "spilled": Score(value=0.25, n=20)}) for c in cells(0.5, 0.7)]
    data = ReportData(title="t", model="m", grid=runs, papers=[])
    page = render(data)
    assert "What was kept" in page
    assert "Spilled over" in page
    assert "of the 28 general questions that the untrained model answers are still answered with 1 text" in page
    assert "25% of 20 neighbouring questions are answered with what was taught" in render_text(data)
    assert "  kept  of" in render_text(data)
    none = render(ReportData(title="t", model="m", grid=cells(0.5)))
    assert "Spilled over" not in none
    lost = [c.model_copy(update={"kept": Score(value=None, n=0)}) for c in cells(0.5)]
    assert "Spilled over" in render(ReportData(title="t", model="m", grid=lost))
