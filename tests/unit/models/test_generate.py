from pathlib import Path

import pytest
from tokenizers.processors import TemplateProcessing

from wellread.errors import ModelError
from wellread.models import prefill
from wellread.models.generate import end_ids, generate
from wellread.models.load import chat_prompt, is_plain, load_model, load_tokenizer, save_model
from wellread.testing import tiny

QUESTIONS = [
    "What is Quor?",
    "Q?",
    "At what temperature does the polymer called Quor melt, if at all?",
    "Why is it so?",
]


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_batched_answers_equal_those_given_one_by_one(family: str) -> None:
    model, tokenizer = tiny.model(family, tied=False), tiny.tokenizer()  # tied ones say nothing but <|start|>

    def answers(batch_size: int) -> dict[int, str]:
        done = generate(model, tokenizer, QUESTIONS, max_new_tokens=12, batch_size=batch_size)
        return {g.index: g.text for batch in done for g in batch}

    assert answers(1) == answers(4) == answers(3)
    assert all(answers(4).values())
    assert sorted(answers(2)) == [0, 1, 2, 3]


def test_long_prompts_come_first() -> None:
    batches = list(generate(tiny.model(), tiny.tokenizer(), QUESTIONS, max_new_tokens=2, batch_size=1))
    assert [b[0].index for b in batches] == sorted(range(4), key=lambda i: -len(QUESTIONS[i]))


def test_an_answer_ends_at_the_end_of_text() -> None:
    import torch

    model, tokenizer = tiny.model(tied=False), tiny.tokenizer()
    with torch.no_grad():  # a model that always says the end
        model.lm_head.weight.zero_()
        hidden = model.model(torch.tensor([chat_prompt(tokenizer, "Q?")])).last_hidden_state[0, -1]
        model.lm_head.weight[tokenizer.eos_token_id] = hidden
    [[said]] = list(generate(model, tokenizer, ["Q?"], max_new_tokens=5, batch_size=1))
    assert (said.text, said.finish) == ("", "stop")


def test_an_answer_that_never_ends_is_marked() -> None:
    model, tokenizer = tiny.model(), tiny.tokenizer()
    model.generation_config.eos_token_id = None
    said = [g for b in generate(model, tokenizer, ["Q?"], max_new_tokens=3, batch_size=1) for g in b]
    assert said[0].finish in ("length", "stop")
    assert len(tokenizer(said[0].text)["input_ids"]) <= 3


def test_a_prompt_without_room_for_an_answer_is_refused() -> None:
    with pytest.raises(ModelError, match="context of 512"):
        list(generate(tiny.model(), tiny.tokenizer(), ["x" * 600], max_new_tokens=5, batch_size=1))


def test_ends_named_by_the_model_count_too() -> None:
    model = tiny.model()
    model.generation_config.eos_token_id = [7, 2]
    assert end_ids(model, tiny.tokenizer()) == [2, 7]


def test_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    import torch

    model = tiny.model("qwen2")
    save_model(model, tiny.tokenizer(), tmp_path)
    again, tokenizer = load_model(tmp_path), load_tokenizer(tmp_path)
    ids = torch.tensor([chat_prompt(tokenizer, "Q?")])
    assert torch.equal(model(ids).logits, again(ids).logits)


def test_a_tokenizer_without_chat_template_gets_a_plain_one(tmp_path: Path) -> None:
    tokenizer = tiny.tokenizer()
    tokenizer.chat_template = None
    tokenizer.save_pretrained(tmp_path)
    loaded = load_tokenizer(tmp_path)
    assert loaded.decode(chat_prompt(loaded, "What?")) == "user: What?\nassistant: "


def test_a_tokenizer_without_an_end_is_refused(tmp_path: Path) -> None:
    tokenizer = tiny.tokenizer()
    tokenizer.eos_token = None
    tokenizer.save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="end-of-text"):
        load_tokenizer(tmp_path)


def test_an_answer_ends_where_it_is_enough() -> None:
    def answers(enough: int | None) -> dict[int, tuple[str, str]]:
        done = generate(
            tiny.model(tied=False),
            tiny.tokenizer(),
            QUESTIONS,
            max_new_tokens=12,
            batch_size=4,
            enough=None if enough is None else lambda text: len(text) >= enough,
        )
        return {g.index: (g.text, g.finish) for batch in done for g in batch}

    whole, cut = answers(None), answers(5)
    assert answers(10_000) == whole
    assert any(len(cut[i][0]) < len(whole[i][0]) for i in whole)
    assert all(whole[i][0].startswith(cut[i][0]) for i in whole)
    assert all(len(cut[i][0]) >= 5 or cut[i] == whole[i] for i in whole)


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_what_is_held_at_a_time_follows_the_model_s_size(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model, tokenizer = tiny.model(family, tied=False), tiny.tokenizer()
    heads = 4 if family == "gpt2" else 2
    assert prefill.room(model) == prefill.HELD // (2 * 2 * heads * 16 * 4)

    def batches() -> list[list[tuple[int, str]]]:
        done = generate(model, tokenizer, QUESTIONS, max_new_tokens=4, batch_size=4)
        return [[(g.index, g.text) for g in batch] for batch in done]

    plenty = batches()
    monkeypatch.setattr(prefill, "HELD", 1)
    assert [len(b) for b in batches()] == [1, 1, 1, 1]
    assert sorted(g for batch in batches() for g in batch) == sorted(g for batch in plenty for g in batch)


@pytest.mark.parametrize("begins", [True, False])
def test_a_plain_chat_begins_as_the_tokenizer_begins_texts(tmp_path: Path, begins: bool) -> None:
    made = tiny.tokenizer()
    made.chat_template = None
    if begins:
        made._tokenizer.post_processor = TemplateProcessing(single="<|start|> $A", special_tokens=[("<|start|>", 1)])
    made.save_pretrained(tmp_path)
    for _ in range(2):  # and so it does when it was saved with its model
        tokenizer = load_tokenizer(tmp_path)
        assert is_plain(tokenizer)
        ids = chat_prompt(tokenizer, "Q?")
        assert ids.count(tokenizer.bos_token_id) == int(begins)
        assert tokenizer.decode(ids, skip_special_tokens=True) == "user: Q?\nassistant: "
        tokenizer.save_pretrained(tmp_path)
    assert not is_plain(tiny.tokenizer())
