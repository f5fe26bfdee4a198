import pytest

from wellread.records import Frozen
from wellread.runs.fingerprint import differences, fingerprint, runtime, settings


class Inner(Frozen):
    rate: float = 0.1
    workers: int = runtime(2)


class Outer(Frozen):
    inner: Inner = Inner()
    names: tuple[str, ...] = ("a",)
    place: str = runtime("here")


def test_runtime_knobs_do_not_count() -> None:
    assert settings(Outer(place="there", inner=Inner(workers=9))) == settings(Outer())
    assert settings(Outer(inner=Inner(rate=0.2))) != settings(Outer())
    assert settings(Outer()) == {"inner": {"rate": 0.1}, "names": ["a"]}


def test_the_order_of_keys_does_not_count() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
    assert fingerprint({"a": [1, 2]}) != fingerprint({"a": [2, 1]})


def test_a_value_without_a_stable_form_is_refused() -> None:
    with pytest.raises(TypeError, match="fingerprint"):
        fingerprint({"a": object()})


def test_differences_name_the_place() -> None:
    old = {"train": {"epochs": 10, "seed": 0}, "gone": 1}
    new = {"train": {"epochs": 20, "seed": 0}, "come": 2}
    assert differences(old, new) == ["train.epochs: 10 -> 20", "gone: 1 -> null", "come: null -> 2"]
    assert differences(old, old) == []
