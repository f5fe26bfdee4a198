"""Where an answer ends: as the model's own chat template ends it."""

from pathlib import Path
from typing import Any

import pytest
import torch

from wellread.models.generate import end_ids, generate, name_ends, turn_end
from wellread.models.load import PLAIN_TEMPLATE, chat_prompt, load_model, load_tokenizer, save_model
from wellread.records import Example
from wellread.testing import tiny
from wellread.train.objectives import sft

CHATML = (
    "{% for m in messages %}{% if loop.first and m.role != 'system' %}<|im_start|>system\nYou help.<|im_end|>\n{% endif %}"
    "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
GEMMA = (
    "{{ bos_token }}{% for m in messages %}<start_of_turn>{{ 'model' if m.role == 'assistant' else m.role }}\n"
    "{{ m.content | trim }}<end_of_turn>\n{% endfor %}{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)
TWICE = "{% for m in messages %}<start_of_turn>{{ m.content }}<end_of_turn>\n{% endfor %}{{ eos_token }}"
SPACED = "{% for m in messages %}[{{ m.role }}] {{ m.content }} {% if m.role == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
BARE = "{% for m in messages %}### {{ m.role }}:\n{{ m.content }}\n{% endfor %}"
DEAF = (
    "{% for m in messages %}{% if m.role == 'user' %}<start_of_turn>{{ m.content }}<end_of_turn>{% endif %}{% endfor %}"
)
STRICT = (
    "{% for m in messages %}{% if m.role != 'user' %}{{ raise_exception('users only') }}{% endif %}{{ m.content }}"
    "{% endfor %}"
)
PAIR = Example(id="q", paper="p", passage="t", maker="cloze", prompt="When does Quor melt?", text="At 146 °C.")


def speaking(template: str, *marks: str, eos: str = "<|end|>") -> Any:
    """The tiny tokenizer with special tokens of its own."""
    tokenizer = tiny.tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": list(marks)})
    tokenizer.eos_token, tokenizer.chat_template = eos, template
    return tokenizer


def gemma(template: str = GEMMA) -> Any:
    return speaking(template, "<start_of_turn>", "<end_of_turn>")


@pytest.mark.parametrize(
    ("template", "end"),
    [
        (GEMMA, "<end_of_turn>"),
        (TWICE, "<end_of_turn>"),
        (SPACED, "<|end|>"),
        (PLAIN_TEMPLATE, "<|end|>"),
        (BARE, "<|end|>"),
        (DEAF, "<|end|>"),
        (STRICT, "<|end|>"),
        (None, "<|end|>"),
    ],
    ids=["gemma", "turn and text", "a blank before", "plain", "no mark", "no answers", "refused", "no template"],
)
def test_it_is_read_off_the_template(template: str | None, end: str, tmp_path: Path) -> None:
    tokenizer = gemma(template)
    assert tokenizer.convert_ids_to_tokens(turn_end(tokenizer)) == end
    tokenizer.save_pretrained(tmp_path)  # and so it is when the mark is only known as an added token
    assert turn_end(load_tokenizer(tmp_path)) == turn_end(tokenizer)


def test_a_pair_ends_as_the_chat_does() -> None:
    tokenizer = gemma()
    said = tokenizer.apply_chat_template(
        [{"role": "user", "content": PAIR.prompt}, {"role": "assistant", "content": PAIR.text}], tokenize=False
    )
    assert tokenizer.decode(sft.encode(PAIR, tokenizer).ids) == said.rstrip("\n")


@pytest.mark.parametrize("text", ["At 146 °C.", "", " It melts.\n"])
@pytest.mark.parametrize(
    "tokenizer",
    [speaking(CHATML, "<|im_start|>", "<|im_end|>", eos="<|im_end|>"), tiny.tokenizer()],
    ids=["chatml", "tiny"],
)
def test_in_chatml_a_pair_is_the_prompt_the_answer_and_the_end_of_text(tokenizer, text: str) -> None:
    """As it was before the template was asked: models of this kind, the bundled one among them, learn the same tokens."""
    made = sft.encode(PAIR.model_copy(update={"text": text}), tokenizer)
    answer = [*tokenizer(text, add_special_tokens=False)["input_ids"], tokenizer.eos_token_id]
    assert made.ids == chat_prompt(tokenizer, PAIR.prompt) + answer
    assert [label for label in made.labels if label >= 0] == answer


def test_an_answer_stops_there_and_elsewhere_too(tmp_path: Path) -> None:
    tokenizer, model = gemma(), tiny.model(tied=False)
    model.resize_token_embeddings(len(tokenizer))
    with torch.no_grad():  # a model that always says the end of its turn
        model.lm_head.weight.zero_()
        hidden = model.model(torch.tensor([chat_prompt(tokenizer, "Q?")])).last_hidden_state[0, -1]
        model.lm_head.weight[turn_end(tokenizer)] = hidden
    [[said]] = list(generate(model, tokenizer, ["Q?"], max_new_tokens=5, batch_size=1))
    assert (said.text, said.finish) == ("", "stop")
    name_ends(model, tokenizer)
    save_model(model, tokenizer, tmp_path)
    again = load_model(tmp_path)  # as plain transformers loads it
    told = again.generate(torch.tensor([chat_prompt(tokenizer, "Q?")]), max_new_tokens=5, do_sample=False)
    assert told[0, -1] == turn_end(tokenizer)
    assert again.generation_config.eos_token_id == end_ids(model, tokenizer) == [2, turn_end(tokenizer)]


def test_settings_that_name_the_end_stay_as_they_are() -> None:
    model = tiny.model()
    name_ends(model, tiny.tokenizer())
    assert model.generation_config.eos_token_id == 2
