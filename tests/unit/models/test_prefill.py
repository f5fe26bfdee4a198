"""Shared openings change how fast, never what."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread.models.generate import generate, prompt_ids
from wellread.models.growing import BLOCK
from wellread.models.likelihood import bits_per_byte, loglikelihoods
from wellread.models.prefill import gather
from wellread.testing import tiny

TEXT = "Quor is a polymer. It melts at 146 °C and keeps its shape in water. " * 2
QUESTIONS = [f"{TEXT}\n\n{q}" for q in ("What is Quor?", "Why?", "At what temperature does it melt, if it does?")] + [
    "Q?",
    "Why is it so?",
]


def one_by_one(model, tokenizer, questions, most: int) -> list[str]:
    """What transformers itself says, without padding, batches or sharing."""
    import torch
    from transformers import GenerationConfig

    said = []
    greedy = GenerationConfig(max_new_tokens=most, do_sample=False, eos_token_id=[2], pad_token_id=2)
    for question in questions:
        ids = torch.tensor([prompt_ids(tokenizer, question)])
        out = model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), generation_config=greedy)
        said.append(tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True).strip())
    return said


@pytest.mark.parametrize("family", tiny.FAMILIES)
@pytest.mark.parametrize("batch_size", [1, 2, 8])
def test_answers_equal_those_of_transformers_alone(family: str, batch_size: int) -> None:
    model, tokenizer = tiny.model(family, seed=3), tiny.tokenizer()
    done = generate(model, tokenizer, QUESTIONS, max_new_tokens=10, batch_size=batch_size)
    answers = {g.index: g.text for batch in done for g in batch}
    assert [answers[i] for i in range(len(QUESTIONS))] == one_by_one(model, tokenizer, QUESTIONS, 10)


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_long_answers_outgrow_the_room_set_aside_for_them(family: str) -> None:
    model, tokenizer = tiny.model(family, seed=3), tiny.tokenizer()
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    long = 2 * BLOCK + 5
    [batch] = generate(model, tokenizer, QUESTIONS[3:], max_new_tokens=long, batch_size=2)
    answers = {g.index: g.text for g in batch}
    assert [answers[0], answers[1]] == one_by_one(model, tokenizer, QUESTIONS[3:], long)
    assert any(g.finish == "length" for g in batch)


def test_rows_that_ended_are_dropped_and_the_others_go_on() -> None:
    """Rows end at different times, some never; the answers are those of rows alone."""
    model, tokenizer = tiny.model(tied=False, seed=5), tiny.tokenizer()
    model.generation_config.eos_token_id = list(range(2, 100, 5))
    questions = [f"Question {'abcdefghijkl'[i]}?" * (i % 4 + 1) for i in range(12)]
    done = {g.index: g for b in generate(model, tokenizer, questions, max_new_tokens=24, batch_size=12) for g in b}
    lengths = {len(g.text) for g in done.values()}
    assert {g.finish for g in done.values()} == {"stop", "length"}
    assert len(lengths) > 3
    for i, question in enumerate(questions):
        [[alone]] = list(generate(model, tokenizer, [question], max_new_tokens=24, batch_size=1))
        assert (done[i].text, done[i].finish) == (alone.text, alone.finish)


def test_a_question_that_comes_twice_is_answered_once() -> None:
    batches = list(generate(tiny.model(), tiny.tokenizer(), ["Q?", "R?", "Q?"], max_new_tokens=3, batch_size=2))
    assert len(batches) == 1
    answers = {g.index: g.text for b in batches for g in b}
    assert sorted(answers) == [0, 1, 2]
    assert answers[0] == answers[2]


@given(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=8), max_size=12), st.integers(0, 3))
def test_groups_hold_every_prompt_once_and_share_what_they_say(prompts: list[list[int]], steps: int) -> None:
    groups = gather(prompts, steps)
    assert sorted(i for g in groups for i in g.members) == list(range(len(prompts)))
    for group in groups:
        first = prompts[group.members[0]]
        for i in group.members:
            assert group.opening < len(prompts[i])
            assert prompts[i][: group.opening] == first[: group.opening]
            assert len(prompts[i]) <= len(first)


def test_questions_on_one_text_share_it_and_other_texts_stand_apart() -> None:
    one, other = [1] * 500, [2] * 500
    prompts = [[0, *one, 5], [0, *one, 6, 7], [0, *other, 5], [0, *other, 9]]
    assert [g.opening for g in gather(prompts, 10)] == [501, 501]
    [whole] = gather(prompts, 100)
    assert whole.opening == 1


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_likelihoods_are_those_of_each_text_alone(family: str) -> None:
    import torch

    model, tokenizer = tiny.model(family, seed=1), tiny.tokenizer()
    asked = [(prompt_ids(tokenizer, q), tokenizer(c)["input_ids"]) for q in QUESTIONS for c in ("A", "B", "no way")]
    found = loglikelihoods(model, tokenizer, asked, 4)
    for (prompt, continuation), value in zip(asked, found, strict=True):
        with torch.no_grad():
            table = model(torch.tensor([[*prompt, *continuation]])).logits[0].log_softmax(-1)
        alone = sum(table[len(prompt) - 1 + k, t].item() for k, t in enumerate(continuation))
        assert value == pytest.approx(alone, abs=1e-3)


def test_bits_per_byte_of_a_model_that_knows_nothing() -> None:
    model, tokenizer = tiny.model(), tiny.tokenizer()
    bits = bits_per_byte(model, tokenizer, "Any text. " * 120)
    assert bits == pytest.approx(math.log2(len(tokenizer)), rel=0.05)
