"""Attention over short rows: what PyTorch's kernel gives, only sooner; everything else goes to transformers' own."""

import json
from types import SimpleNamespace

import pytest
import torch
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from wellread.models.device import Device
from wellread.models.load import load_model
from wellread.train import attention
from wellread.train.attention import attend, for_short_rows

BF16, FP32 = Device("cpu", "bf16", "as asked"), Device("cpu", "fp32", "as asked")


def row(n, heads=6, shared=2, width=16, texts=2):
    """Queries, keys, values of `n` tokens in some texts after an opening that all see, and who sees whom."""
    torch.manual_seed(n)
    made = [torch.randn(1, h, n, width, requires_grad=True) for h in (heads, shared, shared)]
    text, place = torch.arange(n) // (n // texts + 1), torch.arange(n)
    alike = (text[:, None] == text) | (place < n // 20)
    return made, (alike & (place[:, None] >= place))[None, None]


def passed(function, n, autocast, **more):
    """Output and gradients."""
    given, mask = row(n, texts=more.pop("texts", 2))
    module = SimpleNamespace(num_key_value_groups=3, is_causal=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
        out = function(module, *given, more.pop("mask", mask), scaling=0.25, **more)[0]
    out.float().square().sum().backward()
    return [out.float(), *(x.grad for x in given)]


@pytest.fixture
def kernel(monkeypatch):
    """How often transformers' own was asked."""
    calls = []

    def counted(*args, **more):
        calls.append(args)
        return sdpa_attention_forward(*args, **more)

    monkeypatch.setattr(attention, "sdpa_attention_forward", counted)
    return calls


@pytest.mark.parametrize(("n", "texts"), [(2, 2), (17, 2), (128, 2), (300, 7), (900, 9)])
def test_it_is_the_kernel_s_within_what_bf16_can_tell(n, texts, kernel):
    ours = passed(attend, n, True, texts=texts)
    assert not kernel
    exact = passed(sdpa_attention_forward, n, False, texts=texts)
    theirs = passed(sdpa_attention_forward, n, True, texts=texts)
    for mine, other, true in zip(ours, theirs, exact, strict=True):
        assert mine.shape == true.shape
        scale = true.abs().max()
        assert (mine - true).abs().max() <= max(2 * (other - true).abs().max(), 0.02 * scale)


@pytest.mark.parametrize(
    ("n", "autocast", "more"),
    [
        (128, False, {}),
        (1200, True, {"texts": 1}),
        (16, True, {"mask": None}),
        (16, True, {"dropout": 0.1}),
        (16, True, {"position_bias": 1}),
    ],
)
def test_anything_else_is_transformers_own(n, autocast, more, kernel, monkeypatch):
    if "position_bias" in more:
        monkeypatch.setattr(
            attention, "sdpa_attention_forward", lambda *a, **k: kernel.append(a) or (row(n)[0][0], None)
        )
    passed(attend, n, autocast, **more)
    assert len(kernel) == 1


@pytest.mark.parametrize(("n", "texts", "parts"), [(60, 4, 1), (300, 7, 8), (300, 1, 1)])
def test_texts_are_told_apart_where_that_saves_enough(n, texts, parts):
    mask = row(n, texts=texts)[1]
    found = attention._parts(mask)
    assert len(found) == parts
    assert attention._parts(mask) is found
    assert torch.equal(laid_out(found, n), mask[0, 0])


def laid_out(parts, n):
    """Who sees whom, as the parts say."""
    seen, start = torch.zeros(n, n, dtype=torch.bool), 0
    for part in parts:
        rows = torch.arange(start, start + part.tokens)
        columns = torch.cat((torch.arange(parts[0].tokens), rows)) if part.opened else rows
        seen[rows[:, None], columns] = ~part.hidden
        start += part.tokens
    return seen


def test_texts_beside_pairs_do_not_see_the_opening():
    pairs = row(300, texts=7)[1]
    alone = pairs.clone()
    alone[0, 0, -43:, :15] = False
    found = attention._parts(alone)
    assert [part.opened for part in found] == [False, *[True] * 6, False]
    assert torch.equal(laid_out(found, 300), alone[0, 0])


def test_a_mask_of_another_kind_is_left_whole():
    mask = row(300, texts=7)[1]
    mask[0, 0, 290, 100] = True
    assert [part.tokens for part in attention._parts(mask)] == [300]


def test_only_while_it_trains_on_a_processor_in_bf16(tiny_folder, tmp_path):
    model = load_model(tiny_folder)
    for device, name in ((BF16, attention.NAME), (FP32, "sdpa"), (Device("cuda", "bf16", ""), "sdpa")):
        with for_short_rows(model, device):
            assert model.config._attn_implementation == name
            model.save_pretrained(tmp_path / name)
        assert model.config._attn_implementation == "sdpa"
    assert attention.NAME not in json.dumps(json.loads((tmp_path / attention.NAME / "config.json").read_text()))


def test_batches_with_padding_answer_alike(tiny_folder):
    model = load_model(tiny_folder).eval()
    ids = torch.randint(5, 50, (3, 9))
    mask = torch.ones_like(ids)
    mask[0, :4] = 0
    with torch.no_grad():
        before = model(input_ids=ids, attention_mask=mask).logits
        with for_short_rows(model, BF16):
            after = model(input_ids=ids, attention_mask=mask).logits
    assert torch.equal(before, after)
