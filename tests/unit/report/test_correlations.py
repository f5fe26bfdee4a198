"""Coefficients against their definitions; intervals that hold what they should."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.report.correlations import columns, correlations
from wellread.studies import Parameter

X = Parameter(name="x", kind="number", low=0, high=1)


def found(values, goals, parameter=X):
    return correlations([parameter], [({parameter.name: v}, g) for v, g in zip(values, goals, strict=True)])


def by_hand(x, y):
    return float(np.corrcoef(x, y)[0, 1])


def average_ranks(values):
    return [sum(w < v for w in values) + (sum(w == v for w in values) + 1) / 2 for v in values]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=4, max_size=25))
def test_both_coefficients_are_as_defined(pairs):
    x, y = zip(*pairs, strict=True)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert found(x, y) == []
        return
    (one,) = found(x, y)
    assert one.pearson[0] == pytest.approx(by_hand(x, y), abs=1e-9)
    assert one.spearman[0] == pytest.approx(by_hand(average_ranks(x), average_ranks(y)), abs=1e-9)
    for value, low, high in (one.pearson, one.spearman):
        assert -1 - 1e-9 <= low <= high <= 1 + 1e-9
        assert -1 - 1e-9 <= value <= 1 + 1e-9


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    rng, hits = np.random.default_rng(3), 0
    for _ in range(60):
        x = rng.normal(size=60)
        y = 0.6 * x + 0.8 * rng.normal(size=60)
        (one,) = found(x.tolist(), y.tolist())
        hits += one.pearson[1] <= 0.6 <= one.pearson[2]
    assert 51 <= hits <= 60


def test_a_logarithmic_range_enters_by_its_logarithm():
    lr = Parameter(name="lr", kind="number", log=True, low=1e-6, high=1e-3)
    (one,) = found([1e-6, 1e-5, 1e-4, 1e-3], [1, 2, 3, 4], lr)
    assert one.name == "lr (log)"
    assert one.pearson[0] == pytest.approx(1)


def test_choices_become_columns_of_zero_and_one():
    switch = Parameter(name="q", kind="choice", choices=(True, False))
    assert columns(switch, [({"q": True}, 0.0), ({}, 0.0), ({"q": False}, 0.0)]) == [("q", [1.0, None, 0.0])]
    model = Parameter(name="m", kind="choice", choices=("a", "b", "c"))
    assert [name for name, _ in columns(model, [])] == ["m = a", "m = b", "m = c"]
    two = Parameter(name="m", kind="choice", choices=("a", "b"))
    assert columns(two, [({"m": "b"}, 0.0), ({"m": "a"}, 0.0)]) == [("m = b", [1.0, 0.0])]


def test_trials_without_the_parameter_are_left_out():
    points = [({"x": float(i)}, float(i)) for i in range(5)] + [({}, 100.0), ({"x": math.nan}, 100.0)]
    (one,) = correlations([X], points)
    assert one.n == 5
    assert one.pearson[0] == pytest.approx(1)


def test_the_strongest_comes_first():
    y = Parameter(name="y", kind="number", low=0, high=1)
    points = [({"x": float(i % 3), "y": -float(i)}, float(i)) for i in range(12)]
    assert [c.name for c in correlations([X, y], points)] == ["y", "x"]
