"""What every metric must do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread import plugins
from wellread.records import Frozen, Question

METRICS = "wellread.evaluate.metrics"
Q = Question(id="q", question="At what temperature does Quor melt?", keywords=("146 °C", ["fluorobenzene", "C6H5F"]))


@pytest.fixture(scope="module", params=plugins.names(METRICS))
def metric(request):
    return plugins.load(METRICS, request.param)


def test_parameters_are_frozen_and_closed(metric) -> None:
    assert issubclass(metric.Params, Frozen)
    with pytest.raises(ValueError, match="extra"):
        metric.Params(no_such_setting=1)


def test_a_full_answer_is_1_and_an_empty_one_0(metric) -> None:
    assert metric.score(Q, "At 146 °C in fluorobenzene.") == 1
    assert metric.score(Q, "") == 0
    assert metric.score(Q, "I do not know.") == 0


def test_keywords_may_come_in_any_order_and_case(metric) -> None:
    assert metric.score(Q, "FLUOROBENZENE, then 146 °C") == 1


def test_a_score_lies_between_0_and_1(metric) -> None:
    @given(st.text(max_size=200))
    @settings(max_examples=100, deadline=None)
    def check(answer: str) -> None:
        value = metric.score(Q, answer)
        assert value is None or 0 <= value <= 1

    check()
