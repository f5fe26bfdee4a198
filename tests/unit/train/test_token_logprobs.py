"""Log-probabilities of tokens: torch's own values and derivatives, in 32 bits and in 16."""

import pytest
import torch

from wellread.testing import tiny
from wellread.train.loss import learned, next_token_loss, predictions
from wellread.train.packing import pack
from wellread.train.sequence import Sequence
from wellread.train.token_logprobs import ROWS_AT_ONCE, token_logprobs


def plainly(logits: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
    return logits.float().log_softmax(-1).gather(1, tokens[:, None])[:, 0]


def both(logits: torch.Tensor, tokens: torch.Tensor, above: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Values, and what `above` makes of them in `logits`, by ours and by torch's."""
    told = []
    for method in (token_logprobs, plainly):
        given = logits.clone().requires_grad_()
        found = method(given * 1, tokens)
        found.backward(above)
        assert given.grad is not None
        told.append((found.detach(), given.grad))
    return told


@pytest.mark.parametrize("rows", [0, 1, ROWS_AT_ONCE["cpu"], 3 * ROWS_AT_ONCE["cpu"] + 1])
@pytest.mark.parametrize(("precision", "close"), [(torch.float32, 1e-6), (torch.bfloat16, 1e-2)])
def test_values_and_derivatives_are_torchs(rows: int, precision: torch.dtype, close: float) -> None:
    torch.manual_seed(rows)
    logits, tokens = (3 * torch.randn(rows, 211)).to(precision), torch.randint(211, (rows,))
    (ours, our_slopes), (theirs, their_slopes) = both(logits, tokens, torch.randn(rows))
    torch.testing.assert_close(ours, theirs, rtol=1e-6, atol=2e-6)
    assert ours.dtype == torch.float32
    assert our_slopes.dtype == precision
    torch.testing.assert_close(our_slopes.float(), their_slopes.float(), rtol=close, atol=1e-6)


def test_a_known_token_keeps_its_small_slope_in_16_bits() -> None:
    logits, tokens = torch.zeros(1, 100, dtype=torch.bfloat16), torch.tensor([7])
    logits[0, 7] = 15
    (ours, our_slopes), (theirs, their_slopes) = both(logits, tokens, torch.ones(1))
    assert 0 > float(ours) > -1e-4  # 1 in 16 bits, were it rounded
    assert 0 < float(our_slopes[0, 7]) == pytest.approx(float(their_slopes[0, 7]), rel=1e-2)
    torch.testing.assert_close(ours, theirs, rtol=1e-2, atol=1e-7)


def test_what_the_model_thinks_impossible_has_a_finite_loss_and_a_slope() -> None:
    logits = torch.zeros(1, 5)
    logits[0, 0] = 500
    given = logits.requires_grad_()
    found = token_logprobs(given * 1, torch.tensor([3]))
    found.sum().backward()
    assert torch.isfinite(found).all()
    assert float(found) < -80
    assert given.grad is not None
    assert given.grad[0].tolist() == [-1, 0, 0, 1, 0]


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_nothing_else_in_a_model_needed_the_logits(family: str) -> None:
    """Some models do more after their head, such as capping; what they keep for the backward pass must stay as it was."""
    batch = pack([Sequence([5, 6, 7, 8], [5, 6, 7, 8], "a"), Sequence([9, 10, 11], [9, 10, 11], "b")])
    model, where = tiny.model(family).eval(), learned(batch)
    next_token_loss(model, batch).backward()
    ours = {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    torch.nn.functional.cross_entropy(predictions(model, batch, where), batch["labels"][0, 1:][where]).backward()
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            torch.testing.assert_close(ours[name], parameter.grad, rtol=1e-4, atol=2e-6)
