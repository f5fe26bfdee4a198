from types import SimpleNamespace

import pytest

from wellread.report.stage import _dose

DOSE = {
    "texts": 5,
    "pairs": 2,
    "tokens": 1200,
    "learned_tokens": 800,
    "steps": 12,
    "exposures": {},
    "pair_exposures": {},
}


@pytest.mark.parametrize(("made", "steps", "speed"), [(12, "12", "120"), (6, "6 of 12", "60"), (None, "12", "120")])
def test_a_training_that_ended_early_is_told_by_the_steps_that_it_made(made, steps, speed):
    stats = {"dose": DOSE, "trained_parameters": 1, "parameters": 2, **({"steps": made} if made else {})}
    rows = dict(_dose(SimpleNamespace(stats=stats, seconds=10.0)))
    assert (rows["Optimiser steps"], rows["Tokens per second"]) == (steps, speed)
