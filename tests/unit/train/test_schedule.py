from hypothesis import given
from hypothesis import strategies as st

from wellread.train.schedule import exposures, lay_out
from wellread.train.sequence import Sequence


def sequences(lengths: list[int]) -> list[Sequence]:
    return [Sequence([1] * n, [1] * n, str(i)) for i, n in enumerate(lengths)]


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(1, 6)), min_size=1, max_size=12),
    st.integers(1, 80),
    st.integers(0, 5),
)
def test_every_sequence_is_seen_as_often_as_asked_and_batches_hold(rows, batch_tokens, seed) -> None:
    lengths, epochs = [r[0] for r in rows], [r[1] for r in rows]
    batches = lay_out(sequences(lengths), epochs, batch_tokens, seed)
    assert exposures(batches) == dict(enumerate(epochs))
    for batch in batches:
        assert len(set(batch)) == len(batch)
        assert len(batch) == 1 or sum(lengths[i] for i in batch) <= batch_tokens


def test_the_seed_decides_the_order() -> None:
    args = (sequences([10] * 20), [3] * 20, 30)
    assert lay_out(*args, 0) == lay_out(*args, 0)
    assert lay_out(*args, 0) != lay_out(*args, 1)


def test_fewer_epochs_are_spread_over_the_run() -> None:
    batches = lay_out(sequences([10, 10]), [8, 2], 10, 0)
    rare = [k for k, batch in enumerate(batches) if 1 in batch]
    assert len(rare) == 2
    assert rare[1] - rare[0] >= 4
