"""What every training objective must do."""

import json
from pathlib import Path

import pytest
import torch

from wellread import plugins
from wellread.records import Example, Frozen, Preference
from wellread.testing import tiny
from wellread.train.batches import Rows
from wellread.train.config import OBJECTIVES
from wellread.train.data import encode
from wellread.train.sequence import IGNORED

TEXT = Example(id="t", paper="p", passage="t", maker="text", text="Quor melts at 146 °C.")
PAIRS = [
    Example(id="q", paper="p", passage="t", maker="cloze", prompt="At what temperature?", text="At 146 °C."),
    Example(id="r", paper="p", passage="t", maker="cloze", prompt="What melts there?", text="It is Quor that melts."),
]
PREFERENCES = [
    Preference(
        id="a", paper="p", passage="t", maker="m", prompt="When does it melt?", chosen="At 146 °C.", rejected="Never."
    ),
    Preference(
        id="b", paper="p", passage="t", maker="m", prompt="And what?", chosen="Quor does.", rejected="No idea, sorry."
    ),
]
NAMES = plugins.names(OBJECTIVES)
EXAMPLES = {"text": [TEXT], "pair": PAIRS, "preference": PREFERENCES}
GOLDEN = Path(__file__).parents[1] / "golden" / "trl.json"


def rows(name: str, reference, *, shared: bool = True, params=None) -> Rows:
    """The examples of an objective, encoded, with what it wants to know of the model `reference`."""
    module = plugins.load(OBJECTIVES, name)
    encoded = encode(EXAMPLES[module.TAKES], tiny.tokenizer(), 400, name)
    if not shared:
        encoded.sequences[:] = [s.__class__(s.ids, s.labels, s.example) for s in encoded.sequences]
    encoded.passages["t"] = TEXT.text
    made = Rows(encoded.sequences)
    if hasattr(module, "prepare"):
        with torch.no_grad():
            made.references = module.prepare(reference, encoded, tiny.tokenizer(), params or module.Params())
    return made


def batch(name: str, reference, **kw):
    made = rows(name, reference, **kw)
    return made.row(range(len(made.sequences)))


@pytest.fixture(scope="module", params=NAMES)
def objective(request):
    return request.param, plugins.load(OBJECTIVES, request.param)


def test_parameters_are_frozen_and_closed(objective) -> None:
    _, module = objective
    assert issubclass(module.Params, Frozen)
    with pytest.raises(ValueError, match="extra"):
        module.Params(no_such_setting=1)


def test_labels_are_tokens_or_ignored_and_the_end_is_learned(objective) -> None:
    _, module = objective
    tokenizer = tiny.tokenizer()
    for example in EXAMPLES[module.TAKES]:
        made = module.encode(example, tokenizer)
        for sequence in made if isinstance(made, list) else [made]:
            assert len(sequence.ids) == len(sequence.labels)
            assert all(label in (IGNORED, token) for token, label in zip(sequence.ids, sequence.labels, strict=True))
            assert sequence.labels[-1] == tokenizer.eos_token_id
            assert sequence.learned > 0


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_training_on_it_lowers_its_loss(objective, family: str) -> None:
    name, module = objective
    model = tiny.model(family)
    row = batch(name, tiny.model(family, seed=1))
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-2)
    losses = []
    for _ in range(12):
        loss = module.loss(model, row, module.Params())
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.85 * losses[0]


def test_the_shared_opening_changes_nothing(objective) -> None:
    name, module = objective
    model, reference = tiny.model(), tiny.model(seed=1)
    both = [module.loss(model, batch(name, reference, shared=s), module.Params()).item() for s in (True, False)]
    assert both[0] == pytest.approx(both[1], rel=1e-5)


def test_a_batch_is_the_mean_of_its_parts() -> None:
    """Two processes that each work on half a batch must learn what one process learns from all of it."""
    from wellread.train.batches import Batches

    model = tiny.model()
    for name in ("sft", "dpo", "distill"):
        module = plugins.load(OBJECTIVES, name)
        made = rows(name, tiny.model(seed=1))
        members = 2 if module.TAKES == "preference" else 1
        order = [list(range(len(made.sequences)))]
        whole = Batches(made, order, members=members)[0]
        parts = Batches(made, order, members=members, parts=2)
        halves = [module.loss(model, parts[k], module.Params()) * parts[k]["weight"] for k in (0, 1)]
        assert (sum(halves) / 2).item() == pytest.approx(module.loss(model, whole, module.Params()).item(), rel=1e-5)


def test_sft_without_a_prompt_is_a_bug() -> None:
    with pytest.raises(ValueError, match="needs a prompt"):
        plugins.load(OBJECTIVES, "sft").encode(TEXT, tiny.tokenizer())


def test_dpo_starts_at_log_two_and_a_flipped_label_costs() -> None:
    module = plugins.load(OBJECTIVES, "dpo")
    model = tiny.model()
    row = batch("dpo", model)
    assert module.loss(model, row, module.Params()).item() == pytest.approx(0.6931, abs=1e-4)
    other = tiny.model(seed=2)
    smooth, plain = (module.loss(other, row, module.Params(label_smoothing=s)).item() for s in (0.3, 0.0))
    assert smooth != plain


def test_distill_from_all_tokens_is_the_whole_divergence_and_few_are_a_lower_bound() -> None:
    module = plugins.load(OBJECTIVES, "distill")
    student, teacher = tiny.model(), tiny.model(seed=1)
    values = [
        module.loss(student, batch("distill", teacher, params=module.Params(top=top)), module.Params()).item()
        for top in (4, 64, 10_000)
    ]
    assert values[0] < values[1] < values[2]
    row = batch("distill", teacher, params=module.Params(top=10_000))
    logits = torch.randn(len(row["teacher_ids"]), len(tiny.tokenizer()))
    from wellread.train.teacher import divergence

    full = torch.zeros_like(logits).scatter(1, row["teacher_ids"], row["teacher_logprobs"])
    expected = torch.nn.functional.kl_div(logits.log_softmax(-1), full, log_target=True, reduction="batchmean")
    assert divergence(logits, row).item() == pytest.approx(expected.item(), rel=1e-5)


def test_distill_teaches_what_the_passage_says() -> None:
    """The teacher has the passage in its prompt: another passage is another lesson."""
    module = plugins.load(OBJECTIVES, "distill")
    encoded = encode(PAIRS, tiny.tokenizer(), 400, "distill")
    lessons = []
    for text in (TEXT.text, "Quor melts at 12 °C, they say."):
        encoded.passages["t"] = text
        lessons.append(module.prepare(tiny.model(), encoded, tiny.tokenizer(), module.Params())[0]["teacher_logprobs"])
    assert not torch.allclose(*lessons)


CASES = {"sft": {}, "dpo": {"beta": 0.3}, "orpo": {"beta": 0.3, "learn_prompt": True}}


def digest(model) -> dict[str, list[float]]:
    """Each gradient, seen from six fixed random directions."""
    seen = {}
    for name, p in model.named_parameters():
        directions = torch.randn(6, p.numel(), generator=torch.Generator().manual_seed(p.numel()))
        seen[name] = (directions @ p.grad.flatten()).tolist()
    return seen


@pytest.mark.parametrize("name", CASES)
def test_loss_and_gradients_equal_those_of_trl(name: str) -> None:
    """The figures come from TRL's own trainers on the same tensors: tests/golden/make_trl.py."""
    golden = json.loads(GOLDEN.read_text())[name]
    module = plugins.load(OBJECTIVES, name)
    model, reference = tiny.model(), tiny.model(seed=1)
    loss = module.loss(model, batch(name, reference, shared=False), module.Params(**CASES[name]))
    assert loss.item() == pytest.approx(golden["loss"], rel=1e-5)
    loss.backward()
    ours = digest(model)
    assert ours.keys() == golden["gradients"].keys()
    for parameter, values in golden["gradients"].items():
        assert ours[parameter] == pytest.approx(values, rel=1e-3, abs=2e-5), parameter
