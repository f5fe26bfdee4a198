import itertools
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wellread.report.data import GridCell, LossPoint
from wellread.report.grid import cell_means
from wellread.report.run_figures import MOST_POINTS, grid_lines, loss_curve, score_bars
from wellread.report.svg import SHAPES, Scale, mark, tag


def parsed(figure):
    """The figure as XML: well-formed, described in words, text only where text belongs, every number finite."""
    root = etree.fromstring(figure)
    assert root.findtext("title")
    assert root.findtext("desc")
    assert root.get("aria-labelledby").split() == [root.find(t).get("id") for t in ("title", "desc")]
    for element in root.iter():
        assert element.tag in ("text", "title", "desc") or not (element.text or "").strip()
        assert not (element.tail or "").strip()
    for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "points"):
        for value in root.xpath(f"//@{name}"):
            assert all(math.isfinite(float(v)) for v in re.split("[ ,]+", value) if v), (name, value)
    return root


def words(root):
    return [t.text for t in root.iter("text")]


def with_class(root, name):
    return [e for e in root.iter() if name in (e.get("class") or "").split()]


def test_bars_are_as_long_as_the_scores(make):
    root = parsed(score_bars([make.condition("floor", 0.25), make.condition("closed_book", 1.0)]))
    short, long = (float(e.get("width")) for e in with_class(root, "strict")[1:])  # the first is the key
    assert short == pytest.approx(long / 4, abs=0.1)
    assert "95% interval" in words(root)
    assert root.findtext("desc").startswith("Floor: strict 0.25 (0.15 to 0.29), soft 0.25")


def test_a_missing_score_has_no_bar(make):
    root = parsed(score_bars([make.condition("floor", None)]))
    assert len(with_class(root, "bar")) == 2  # the key alone
    assert "strict not known" in words(root)


def test_labels_are_escaped(make):
    root = parsed(score_bars([make.condition("floor", 0.5, label="<script>\x00</title>")]))
    assert "<script>␀</title>" in words(root)


def test_grid_has_a_line_and_a_shape_for_each_number_of_epochs(make):
    root = parsed(grid_lines(cell_means(make.grid())))
    assert [w for w in words(root) if "epoch" in w] == ["20 epochs", "5 epochs"]  # beside the ends, from the top
    strict = [e for e in with_class(root, "line") if "soft" not in e.get("class")]
    assert [len(e.get("points").split()) for e in strict] == [3, 3]
    marks = with_class(root, "mark")
    assert {(e.tag, e.get("class")) for e in marks} == {("circle", "mark c0"), ("polygon", "mark c1")}
    assert "5 epochs: 1 text 0.18 (" in root.findtext("desc")


def test_grid_leaves_out_what_is_not_known():
    runs = [GridCell(paper="a", texts=t, epochs=5, seed=0, soft=None, strict=s) for t, s in ((1, None), (2, 0.5))]
    root = parsed(grid_lines(cell_means(runs)))
    assert len(with_class(root, "mark")) == 2  # the point and its name at the end
    assert "1 text not known, 2 texts 0.50" in root.findtext("desc")


def test_names_at_line_ends_never_overlap():
    runs = [GridCell(paper="a", texts=1, epochs=e, seed=0, soft=1, strict=1.0) for e in range(1, 9)]
    ys = [float(t.get("y")) for t in parsed(grid_lines(cell_means(runs))).iter("text") if "epoch" in t.text]
    assert len(ys) == 8
    assert min(ys) > 0
    assert all(b - a >= 18 for a, b in itertools.pairwise(ys))


def test_figures_of_nothing_are_empty():
    assert score_bars([]) == grid_lines([]) == loss_curve([]) == ""
    assert loss_curve([LossPoint(step=1, loss=math.nan)]) == ""


@pytest.mark.parametrize(("last", "log"), [(2.9, False), (0.01, True), (-1.0, False), (0.0, False)])
def test_the_loss_axis_is_logarithmic_where_it_falls_far(last, log):
    root = parsed(loss_curve([LossPoint(step=1, loss=3.0), LossPoint(step=2, loss=last)]))
    assert ("loss (log axis)" in words(root)) == log


def test_a_long_curve_is_thinned_but_keeps_its_spikes():
    points = [LossPoint(step=i, loss=1.0 + (i == 7777) * 5, lr=1e-4) for i in range(20_000)]
    root = parsed(loss_curve(points))
    [raw] = with_class(root, "noise")
    ys = [float(p.split(",")[1]) for p in raw.get("points").split()]
    assert len(ys) <= MOST_POINTS
    assert min(ys) < max(ys) - 200
    assert any(w.startswith("learning rate, peak 0.0001") for w in words(root))


def test_the_strong_line_is_the_running_mean():
    root = parsed(loss_curve([LossPoint(step=i, loss=1.0 + i % 2) for i in range(1000)]))
    assert words(root)[-1] == "1.52"  # 13 twos and 12 ones


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(width=32), st.floats(0, 1)), max_size=90))
@settings(max_examples=100)
def test_any_losses_can_be_drawn(rows):
    figure = loss_curve([LossPoint(step=s, loss=loss, lr=lr) for s, loss, lr in rows])
    assert figure == "" or len(parsed(figure))


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
@settings(max_examples=100)
def test_a_scale_stays_inside_the_picture(a, b):
    scale = Scale(min(a, b), max(a, b), 10, 90)
    assert all(10 <= scale(v) <= 90 for v in (a, b, 0.0, *scale.ticks()))
    assert len(scale.ticks()) <= 12


def test_ticks_are_round():
    assert Scale(0, 50, 0, 1).ticks() == [0, 10, 20, 30, 40, 50]
    assert Scale(0.09, 3.5, 0, 1, log=True).ticks() == pytest.approx([0.1, 0.2, 0.5, 1, 2])
    assert Scale(1e-6, 10, 0, 1, log=True).ticks() == pytest.approx([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10])


def test_each_shape_is_drawn_differently():
    drawn = {shape: str(mark(shape, 0, 0, "c0")) for shape in SHAPES}
    assert len(set(drawn.values())) == len(SHAPES)


def test_attributes_are_escaped():
    assert (
        tag("g", class_='"><script>', stroke_width=1.25) == '<g class="&#34;&gt;&lt;script&gt;" stroke-width="1.2"></g>'
    )
