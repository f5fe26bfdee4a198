import pytest

from wellread.cli._values import parse
from wellread.errors import ConfigError


def test_values_are_read_as_yaml():
    assert parse(["train.epochs=20", "augment.dose=null", "augment.views=[cloze, about]"]) == {
        "train.epochs": 20, "augment.dose": None, "augment.views": ["cloze", "about"]
    }  # fmt: skip


@pytest.mark.parametrize("text", ["15:30", "15:", ":8", "-4:", "50%:"])
def test_a_range_of_layers_stays_what_was_written(text):
    assert parse([f"train.layers={text}"]) == {"train.layers": text}


@pytest.mark.parametrize("text", ["train.epochs", "=3", "a=[1"])
def test_what_is_no_assignment_is_refused(text):
    with pytest.raises(ConfigError):
        parse([text])
