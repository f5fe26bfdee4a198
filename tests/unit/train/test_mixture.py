import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import ConfigError, InputError
from wellread.records import Example
from wellread.train.config import Part, TrainConfig
from wellread.train.mixture import check_genres, times


def example(name: str, maker: str = "text", passage: str = "") -> Example:
    return Example(
        id=name, paper="p", passage=passage or name, maker=maker, text="x", prompt=None if maker == "text" else "q"
    )


def seen(examples: list[Example], mixture: dict[str, Part], lengths: list[int] | None = None, **kw) -> list[int]:
    return times(examples, lengths or [10] * len(examples), TrainConfig(mixture=mixture, pair_epochs=1, **kw))


@pytest.mark.parametrize("others", [0, 100, 1000])
def test_exposures_hold_whatever_else_is_mixed_in(others: int) -> None:
    mine = [example("a"), example("b")]
    unrelated = [example(f"u{i}", "unrelated") for i in range(others)]
    counted = seen([*mine, *unrelated], {"text": Part(exposures=100)})
    assert counted[:2] == [100, 100]
    assert counted[2:] == [1] * others


def test_exposures_are_shared_by_the_examples_of_a_passage() -> None:
    pairs = [example(f"q{i}", "cloze", "one") for i in range(3)] + [example("r", "cloze", "two")]
    counted = seen(pairs, {"cloze": Part(exposures=10)})
    assert sorted(counted[:3]) == [3, 3, 4]
    assert counted[3] == 10


def test_rehearsals_are_seen_once() -> None:
    assert times([example("v", "cloze"), example("r", "rehearsal")], [10, 10], TrainConfig(pair_epochs=5)) == [5, 1]


def test_pieces_of_a_split_text_are_seen_equally_often() -> None:
    assert seen([example("a"), example("a"), example("b")], {"text": Part(count=5)}) in ([2, 2, 3], [3, 3, 2])


def test_epochs_and_count() -> None:
    some = [example(f"c{i}", "cloze") for i in range(4)]
    assert seen([example("t"), *some], {"cloze": Part(epochs=3)}, epochs=7) == [7, 3, 3, 3, 3]
    counted = seen([example("t"), *some], {"cloze": Part(count=6)}, epochs=7)
    assert sum(counted[1:]) == 6
    assert max(counted[1:]) - min(counted[1:]) == 1
    assert seen([example("t"), *some], {"cloze": Part(epochs=0)}, epochs=1) == [1, 0, 0, 0, 0]


@settings(max_examples=40, deadline=None)
@given(st.floats(0.05, 0.9), st.integers(1, 30), st.lists(st.integers(5, 20), min_size=3, max_size=20))
def test_a_weight_is_the_share_of_the_tokens(weight: float, epochs: int, sizes: list[int]) -> None:
    examples = [example("t"), *(example(f"g{i}", "general") for i in range(len(sizes)))]
    lengths = [100, *sizes]
    counted = seen(examples, {"text": Part(epochs=epochs), "general": Part(weight=weight)}, lengths)
    tokens = [n * size for n, size in zip(counted, lengths, strict=True)]
    wanted = tokens[0] * weight / (1 - weight)
    assert abs(sum(tokens[1:]) - wanted) <= max(sizes)


def test_a_weight_of_a_genre_that_this_stage_leaves_aside_says_nothing() -> None:
    assert seen([example("a")], {"text": Part(epochs=3), "unrelated": Part(weight=0.5)}) == [3]


def test_what_can_not_be_meant_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"no example is of the genre 'txt'.*Did you mean 'text'"):
        check_genres(["text", "cloze"], TrainConfig(mixture={"txt": Part(epochs=2)}))
    with pytest.raises(ConfigError, match="epochs and count for one genre"):
        Part(epochs=2, count=3)
    with pytest.raises(ConfigError, match="leave nothing that they are a share of"):
        seen([example("a")], {"text": Part(weight=0.5)})
    with pytest.raises(InputError, match="leaves nothing to train on"):
        seen([example("a")], {"text": Part(epochs=0)})
