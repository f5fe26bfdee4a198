"""Every figure over a search of ours, a foreign one and a poor one: drawn, or one line that says what is missing."""

import csv
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wellread import plugins
from wellread.report.export import standalone, write_csv, write_png
from wellread.report.figures import pareto_front, trial_heatmap
from wellread.report.material import material
from wellread.report.plot import Axis, Point, Series, loggable, xy
from wellread.report.series import grouped, series
from wellread.report.study_page import draw
from wellread.studies import Parameter, Study, Trial, convert
from wellread.testing.stores import search_like

pytest.importorskip("optuna")
NAMES = plugins.names("wellread.report.figures")


def studied(**how):
    found = search_like(None, **how)
    summary = found._storage.get_all_studies()[0]
    return convert.study("here", summary, found.get_trials())


@pytest.fixture(scope="module")
def ours():
    return material(studied(objectives=("score", "kept", "cost")))


@pytest.fixture(scope="module")
def drawn(ours):
    return draw(ours)


def parsed(svg):
    root = etree.fromstring(svg)
    assert root.findtext("title")
    assert root.findtext("desc")
    for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "points"):
        for value in root.xpath(f"//@{name}"):
            assert all(math.isfinite(float(v)) for v in re.split("[ ,]+", value) if v), (name, value)
    return root


def words(root):
    return [t.text for t in root.iter("text")]


def test_a_search_of_ours_has_every_figure(drawn):
    figures, lacking = drawn
    assert not lacking
    assert set(figures) == set(NAMES)
    ids = [parsed(drawing.svg).get("id") for _, drawing in figures.values()]
    assert len(set(ids)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_has_axes_caption_and_numbers(drawn, name):
    _, drawing = drawn[0][name]
    assert drawing.caption
    assert drawing.rows
    assert all(len(row) == len(drawing.columns) for row in drawing.rows)
    assert len(words(parsed(drawing.svg))) >= 4


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("trials", [0, 1, 2])
def test_too_little_ends_in_a_drawing_or_in_one_line(name, trials):
    study = Study(
        name="s", source="s.db", directions=("maximize",), metrics=("value",),
        parameters=(Parameter(name="lr", kind="number", low=0, high=1),),
        trials=tuple(Trial(number=i, state="complete", values=(0.5,), params={"lr": 0.1}) for i in range(trials)),
    )  # fmt: skip
    figures, lacking = draw(material(study))
    title = plugins.load("wellread.report.figures", name).TITLE
    assert (name in figures) != (title in lacking)
    if title in lacking:
        assert "\n" not in lacking[title]


def test_the_front_is_told_from_the_rest(ours):
    drawing = pareto_front.draw(ours)
    on_front = [row for row in drawing.rows if row[-1]]
    assert 0 < len(on_front) <= len(drawing.rows)
    assert "score (more is better)" in words(parsed(drawing.svg))
    assert "Only the first two of 3 objectives" in drawing.caption


def test_the_heatmap_is_as_dark_as_the_value_is_high():
    rows = [(0.1 * i, {"x": float(i)}) for i in range(5)]
    study = Study(
        name="s", source="", directions=("maximize",), metrics=("value",),
        parameters=(Parameter(name="x", kind="number", low=0, high=4),),
        trials=tuple(Trial(number=i, state="complete", values=(v,), params=p) for i, (v, p) in enumerate(rows)),
    )  # fmt: skip
    root = parsed(trial_heatmap.draw(material(study)).svg)
    cells = [e for e in root.iter("rect") if e.get("class") == "heat"]
    shades = [float(e.get("fill-opacity")) for e in sorted(cells, key=lambda e: float(e.get("x")))]
    assert len(shades) == 4  # the lowest is left empty
    assert shades == sorted(shades, reverse=True)


def test_points_stand_where_their_values_are():
    one = Series("", (Point(0, 0.0), Point(5, 0.5), Point(10, 1.0)))
    root = parsed(xy("f", "t", [one], Axis("texts"), Axis("score")))
    marks = list(root.iter("circle"))
    x, y = ([float(m.get(k)) for m in marks] for k in ("cx", "cy"))
    assert x[1] - x[0] == pytest.approx(x[2] - x[1], abs=0.2)
    assert y[0] > y[1] > y[2]
    assert {"0", "5", "10", "texts", "score"} <= set(words(root))


def test_nought_has_its_place_on_a_logarithmic_axis():
    counts = [0, 1, 10, 100, 1000, 2, 3]
    assert loggable(counts)
    one = Series("", tuple(Point(n, 0.5) for n in counts))
    root = parsed(xy("f", "t", [one], Axis("unrelated texts", log=True), Axis("score")))
    assert words(root).count("0") >= 1
    x = {n: float(m.get("cx")) for n, m in zip(counts, root.iter("circle"), strict=True)}
    assert x[0] < x[1] < x[10] < x[100]
    assert x[100] - x[10] == pytest.approx(x[1000] - x[100], abs=0.2)
    assert not loggable(range(2000))  # even counts stand better on a plain axis


numbers = st.floats(-1e9, 1e9, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30), st.booleans())
def test_any_numbers_are_drawn_within_the_picture(pairs, joined):
    one = Series("a", tuple(Point(x, y, y - 1, y + 1) for x, y in pairs), joined)
    root = parsed(xy("f", "t", [one, one], Axis("x", loggable([x for x, _ in pairs])), Axis("y")))
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    for mark in root.iter("circle"):
        assert 0 <= float(mark.get("cx")) <= width
        assert 0 <= float(mark.get("cy")) <= height


def test_many_groups_become_ranges(ours):
    few = grouped(ours.rows, lambda r: r.epochs, "epoch")
    assert [name for name, _ in few] == ["5 epochs", "20 epochs"]
    many = grouped(ours.rows, lambda r: float(r.trial.number), "trial")
    assert len(many) == 4
    assert sum(len(rows) for _, rows in many) == len(ours.rows)
    assert grouped(ours.rows[:1], lambda r: 1.0, "text")[0][0] == "1 text"


def test_a_mean_over_trials_has_an_interval_within_what_scores_can_be(ours):
    for one in series(ours.rows, lambda r: r.texts, lambda r: r.score):
        for point in one.points:
            assert 0 <= point.low <= point.y <= point.high <= 1


def test_hostile_names_stay_text():
    evil = "<script>alert(1)</script>\x00\u202e\"'"
    study = Study(
        name=evil, source=evil, directions=("maximize",), metrics=(evil,),
        parameters=(Parameter(name=evil, kind="choice", choices=(evil, "b")),),
        trials=tuple(Trial(number=i, state="complete", values=(i / 9,), params={evil: (evil, "b")[i % 2]}) for i in range(9)),
    )  # fmt: skip
    figures, _ = draw(material(study))
    assert "correlation_bars" in figures
    for _, drawing in figures.values():
        assert not list(parsed(drawing.svg).iter("script"))


def test_pictures_and_tables_go_into_a_folder(drawn, tmp_path):
    pytest.importorskip("resvg_py")
    drawings = {name: drawing for name, (_, drawing) in drawn[0].items()}
    pictures, tables = write_png(tmp_path / "f", drawings), write_csv(tmp_path / "f", drawings)
    assert len(pictures) == len(tables) == len(NAMES)
    for picture in pictures:
        raw = picture.read_bytes()
        assert raw[:8] == b"\x89PNG\r\n\x1a\n"
        wide, high = int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")
        assert wide >= 1500
        assert high >= 150
    with (tmp_path / "f" / "history.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["trial", "score", "best so far"]
    assert len(rows) == 25


def test_a_drawing_of_its_own_needs_no_page(drawn):
    for _, drawing in drawn[0].values():
        alone = standalone(drawing.svg)
        etree.fromstring(alone)
        assert "var(" not in alone
        assert alone.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_trials_without_epochs_do_not_take_the_colours_from_the_others() -> None:
    """A published study varied the epochs only after its first trials."""
    whole = Parameter(name="total_texts", kind="integer", low=1, high=100)
    epochs = Parameter(name="epoch", kind="integer", low=1, high=10)
    trials = [
        Trial(number=i, state="complete", values=(i / 20,), params={"total_texts": 10 + i} | ({"epoch": i} if i > 3 else {}))
        for i in range(12)
    ]  # fmt: skip
    found = Study(
        name="s",
        source="s.db",
        directions=("maximize",),
        metrics=("score",),
        parameters=(whole, epochs),
        trials=tuple(trials),
    )
    drawing = draw(material(found))[0]["total_texts"][1]
    assert len(drawing.rows) == 8
    assert "4 trials whose epochs aren't known: left out." in drawing.caption
    assert "epoch" in drawing.svg
