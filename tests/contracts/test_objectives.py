"""What every training objective must do."""

import pytest
import torch

from wellread import plugins
from wellread.records import Example, Frozen
from wellread.testing import tiny
from wellread.train.data import OBJECTIVES
from wellread.train.packing import pack
from wellread.train.sequence import IGNORED

TEXT = Example(id="t", paper="p", passage="p/t", maker="text", text="Quor melts at 146 °C.")
PAIR = Example(id="q", paper="p", passage="p/t", maker="cloze", prompt="At what temperature?", text="At 146 °C.")
NAMES = plugins.names(OBJECTIVES)
EXAMPLES = {"clm": TEXT, "sft": PAIR}


@pytest.fixture(scope="module", params=NAMES)
def objective(request):
    return request.param, plugins.load(OBJECTIVES, request.param)


def test_parameters_are_frozen_and_closed(objective) -> None:
    _, module = objective
    assert issubclass(module.Params, Frozen)
    with pytest.raises(ValueError, match="extra"):
        module.Params(no_such_setting=1)


def test_labels_are_tokens_or_ignored_and_the_end_is_learned(objective) -> None:
    name, module = objective
    tokenizer = tiny.tokenizer()
    sequence = module.encode(EXAMPLES[name], tokenizer)
    assert len(sequence.ids) == len(sequence.labels)
    assert all(label in (IGNORED, token) for token, label in zip(sequence.ids, sequence.labels, strict=True))
    assert sequence.labels[-1] == tokenizer.eos_token_id
    assert sequence.learned > 0


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_training_on_it_lowers_its_loss(objective, family: str) -> None:
    name, module = objective
    model = tiny.model(family)
    batch = pack([module.encode(EXAMPLES[name], tiny.tokenizer())])
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-2)
    losses = []
    for _ in range(12):
        loss = module.loss(model, batch)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]


def test_sft_without_a_prompt_is_a_bug() -> None:
    with pytest.raises(ValueError, match="needs a prompt"):
        plugins.load(OBJECTIVES, "sft").encode(TEXT, tiny.tokenizer())
