from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.records import Example, Preference
from wellread.train.config import TrainConfig
from wellread.train.order import arrange, turn
from wellread.train.schedule import exposures, lay_out
from wellread.train.sequence import Sequence

ORDERS = ("shuffled", "texts_then_questions", "interleaved", "curriculum")


def material(lengths: list[int], questions: int = 0) -> tuple[list[Sequence], list[Example]]:
    sequences = [Sequence([1] * n, [1] * n, str(i)) for i, n in enumerate(lengths)]
    kinds = [None] * (len(lengths) - questions) + ["q"] * questions
    return sequences, [
        Example(id=str(i), paper="p", passage="p", maker="m", prompt=k, text="x") for i, k in enumerate(kinds)
    ]


def order(kind: str, sequences, items, times, tokens: int = 40) -> list[list[int]]:
    return arrange(sequences, items, times, TrainConfig(order=kind, batch_tokens=tokens))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(ORDERS),
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 5)), min_size=2, max_size=12),
    st.integers(0, 6),
)
def test_every_order_keeps_the_dose_and_the_size_of_batches(kind, rows, questions) -> None:
    lengths, times = [r[0] for r in rows], [r[1] for r in rows]
    sequences, items = material(lengths, min(questions, len(rows)))
    batches = order(kind, sequences, items, times)
    assert exposures(batches) == {i: n for i, n in enumerate(times) if n}
    assert all(len(b) == 1 or sum(lengths[i] for i in b) <= 40 for b in batches)


def test_shuffled_is_the_plain_layout() -> None:
    sequences, items = material([10] * 9)
    assert order("shuffled", sequences, items, [3] * 9) == lay_out(sequences, [3] * 9, 40, 0)


def test_texts_come_before_questions() -> None:
    sequences, items = material([10] * 8, questions=4)
    flat = [i for batch in order("texts_then_questions", sequences, items, [3] * 8) for i in batch]
    assert max(k for k, i in enumerate(flat) if i < 4) < min(k for k, i in enumerate(flat) if i >= 4)


def test_the_step_is_known_at_which_questions_follow() -> None:
    sequences, items = material([10] * 8, questions=4)
    batches = order("texts_then_questions", sequences, items, [3] * 8, tokens=20)
    k = turn(batches, items, TrainConfig(order="texts_then_questions"))
    assert {i < 4 for batch in batches[:k] for i in batch} == {True}
    assert {i < 4 for batch in batches[k:] for i in batch} == {False}
    assert turn(batches, items, TrainConfig()) == 0


def test_interleaved_spreads_the_questions() -> None:
    sequences, items = material([10] * 12, questions=2)
    batches = order("interleaved", sequences, items, [1] * 12, tokens=10)
    where = [k for k, batch in enumerate(batches) if batch[0] >= 10]
    assert where == [2, 8] or where == [3, 9]


def test_a_curriculum_begins_short_each_time_through() -> None:
    sequences, items = material([30, 10, 20])
    assert order("curriculum", sequences, items, [2] * 3, tokens=10) == [[1], [2], [0]] * 2


def test_chosen_and_rejected_stay_together() -> None:
    sequences, _ = material([10, 12, 7, 9, 30, 30])
    kind = Preference(id="a", paper="p", passage="p", maker="m", prompt="q", chosen="x", rejected="y")
    for how in ORDERS:
        batches = order(how, sequences, [kind] * 6, [3] * 6)
        for batch in batches:
            assert all(batch[k + 1] == batch[k] + 1 and batch[k] % 2 == 0 for k in range(0, len(batch), 2))
        assert set(exposures(batches).values()) == {3}
