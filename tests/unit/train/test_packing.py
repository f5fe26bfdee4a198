from dataclasses import replace

import pytest
import torch

from wellread.testing import tiny
from wellread.train.loss import next_token_loss
from wellread.train.packing import pack
from wellread.train.sequence import IGNORED, Sequence, packed_length

OPENING = [5, 6, 7, 8, 9]


def pair(prompt: list[int], answer: list[int]) -> Sequence:
    ids = OPENING + prompt + answer
    return Sequence(ids, [IGNORED] * (len(ids) - len(answer)) + answer, "pair", shared=len(OPENING))


ROW = [
    pair([11, 12, 13], [14, 15, 2]),
    Sequence([21, 22, 23, 24, 2], [21, 22, 23, 24, 2], "text"),
    pair([31], [32, 33, 2]),
    pair([41, 42, 43, 44, 45, 46], [47, 2]),
]


LONG = [
    pair([11, 12, 13, 14, 15, 16, 17], [18, 19, 20, 2]),
    Sequence(list(range(21, 40)), list(range(21, 40)), "text"),
    pair([41, 42], [43, 44, 45, 46, 47, 2]),
]


def loss_one_by_one(model, sequences: list[Sequence]) -> float:
    total, n = 0.0, 0
    for s in sequences:
        with torch.no_grad():
            logits = model(torch.tensor([s.ids]), use_cache=False).logits[0, :-1]
        after = torch.tensor(s.labels[1:])
        where = after != IGNORED
        total += torch.nn.functional.cross_entropy(logits[where], after[where], reduction="sum").item()
        n += int(where.sum())
    return total / n


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_packed_loss_equals_the_loss_of_each_alone(family: str) -> None:
    model = tiny.model(family)
    with torch.no_grad():
        packed = next_token_loss(model, pack(ROW)).item()
    assert packed == pytest.approx(loss_one_by_one(model, ROW), abs=3e-5)


@pytest.mark.parametrize("family", ["mistral", "gemma2", "gemma3_text"])
def test_a_sliding_window_is_kept_to_in_a_packed_row(family: str) -> None:
    """Texts longer than the window are trained as they will be read: layers that see six tokens back see no more."""
    model = tiny.model(family)
    wide = loss_one_by_one(model, LONG)
    model.config.sliding_window = 6
    with torch.no_grad():
        packed = next_token_loss(model, pack(LONG)).item()
    assert packed == pytest.approx(loss_one_by_one(model, LONG), abs=3e-5)
    assert packed != pytest.approx(wide, abs=1e-3)


def test_a_text_does_not_see_its_neighbour() -> None:
    model = tiny.model()
    other = replace(ROW[0], ids=[*OPENING, 90, 91, 92, 93, 94, 2])
    text = ROW[1]

    def hidden(first: Sequence) -> torch.Tensor:
        batch = pack([first, text])
        with torch.no_grad():
            out = model(
                batch["input_ids"],
                position_ids=batch["position_ids"],
                attention_mask=batch["attention_mask"],
                use_cache=False,
            )
        return out.logits[0, -len(text) :]

    assert torch.equal(hidden(ROW[0]), hidden(other))


def test_the_opening_is_computed_once() -> None:
    batch = pack(ROW)
    assert batch["input_ids"].shape[1] == packed_length(ROW) == len(OPENING) + 6 + 5 + 4 + 8
    assert batch["input_ids"][0, : len(OPENING)].tolist() == OPENING


def test_one_sequence_is_packed_as_it_is() -> None:
    text = ROW[1]
    batch = pack([text])
    assert batch["input_ids"].tolist() == [text.ids]
    assert batch["labels"].tolist() == [[IGNORED, *text.labels[1:]]]
    assert batch["position_ids"].tolist() == [[0, 1, 2, 3, 4]]
