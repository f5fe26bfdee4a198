from itertools import pairwise
from types import SimpleNamespace

import pytest

from wellread.records import Example
from wellread.testing import tiny
from wellread.train.prepare import probes
from wellread.train.probe import collapsed, stammer
from wellread.train.watch import WINDOW, Best, CollapsedError, Evenly, Watch, scores


class NoBar:
    def step(self, n: int = 1, note: str = "") -> None:
        pass


def log(watch: Watch, losses: list[float]) -> None:
    for loss in losses:
        watch.on_log(None, SimpleNamespace(global_step=len(watch.losses) + 1), None, logs={"loss": loss})


def test_a_growing_loss_ends_training() -> None:
    log(Watch(NoBar(), 1.0), [3.0] * WINDOW + [4.0] * WINDOW)
    with pytest.raises(CollapsedError, match=f"the loss grows at step {2 * WINDOW}"):
        log(Watch(NoBar(), 1.0), [3.0] * WINDOW + [5.0] * WINDOW)


def test_a_small_loss_that_grows_a_little_is_no_divergence() -> None:
    """A divergence from a teacher begins near 0, where half as much again is nothing."""
    log(Watch(NoBar(), 1.0), [0.02] * WINDOW + [0.06] * WINDOW)
    with pytest.raises(CollapsedError):
        log(Watch(NoBar(), 1.0), [0.02] * WINDOW + [1.2] * WINDOW)


def test_questions_after_texts_are_compared_with_questions() -> None:
    """A model that knows the texts begins low; the questions that follow are new to it."""
    known, new = [0.2] * 3 * WINDOW, [4.0] * 3 * WINDOW
    with pytest.raises(CollapsedError):
        log(Watch(NoBar(), 1.0), known + new)
    log(Watch(NoBar(), 1.0, turn=3 * WINDOW), known + new)
    with pytest.raises(CollapsedError):
        log(Watch(NoBar(), 1.0, turn=3 * WINDOW), known + new + [9.0] * WINDOW)


def test_a_resumed_run_knows_how_it_began() -> None:
    watch = Watch(NoBar(), 1.0)
    history = [{"loss": 3.0}, {"learning_rate": 1.0}] * WINDOW
    watch.on_train_begin(None, SimpleNamespace(log_history=history), None)
    with pytest.raises(CollapsedError):
        log(watch, [5.0] * WINDOW)


def test_evenly_acts_at_the_end_and_between() -> None:
    at: list[int] = []
    evenly = Evenly(4, 10, lambda state, control: at.append(state.global_step))
    for step in range(1, 11):
        evenly.on_step_end(None, SimpleNamespace(global_step=step), None)
    assert at == [2, 5, 8, 10]


@pytest.mark.parametrize("tired", [True, False])
def test_a_training_that_ends_early_leaves_no_checkpoint_to_go_on_from(tired: bool) -> None:
    """Taken up from there after a kill, it would train past its end."""
    watch = Watch(NoBar(), 1.0)
    watch.saved, watch.asked = -1e9, True
    control = SimpleNamespace(should_save=False, should_training_stop=tired)
    watch.on_step_end(None, SimpleNamespace(global_step=3, max_steps=9), control)
    assert (control.should_save, watch.stop, control.should_training_stop) == (not tired, not tired, True)


def test_checkpoints_that_take_long_come_more_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0, monotonic=lambda: clock.now)
    monkeypatch.setattr("wellread.train.watch.time", clock)
    watch = Watch(NoBar(), minutes=1.0, share=0.05)

    def saved_at(steps: int, cost: float) -> list[float]:
        """When checkpoints were begun, in `steps` steps of a second each; writing one takes `cost` seconds."""
        at = []
        for step in range(steps):
            clock.now += 1
            control = SimpleNamespace(should_save=False, should_training_stop=False)
            watch.on_step_end(None, SimpleNamespace(global_step=step, max_steps=10**9), control)
            if control.should_save:
                at.append(clock.now)
                clock.now += cost
                watch.on_save()
        return at

    assert saved_at(130, cost=1.0) == [61, 123]  # 19 s would do: the minute counts
    begun = clock.now
    slow = saved_at(1500, cost=20.0)
    assert [round(b - a) for a, b in pairwise(slow)] == [20 + 381] * 3
    assert len(slow) * 20 / (clock.now - begun) < 0.06
    assert saved_at(500, cost=0.1)[1:] != []  # a quick one ends the long wait
    assert watch.took == pytest.approx(0.1)


def test_patience_waits_for_a_better_score_and_remembers_those_before_an_interruption() -> None:
    values = iter([0.2, 0.4, 0.4, 0.3, 0.9])
    stopped, history = [], [{"step": 0, "loss": 2.0}]
    for step in range(1, 6):
        best = Best(lambda: next(values), patience=2)  # each time as if the run had just been taken up again
        control = SimpleNamespace(should_training_stop=False)
        state = SimpleNamespace(global_step=step, log_history=history)
        best(state, control)
        stopped.append(control.should_training_stop)
    assert stopped == [False, False, False, True, False]
    assert [(row["step"], row["score"]) for row in scores(state)] == list(enumerate([0.2, 0.4, 0.4, 0.3, 0.9], 1))


@pytest.mark.parametrize(
    ("tokens", "is_one"),
    [([], True), ([7] * 40, True), ([7, 8, 9, 10, 11, 12] * 6, True), (list(range(40)), False), ([7, 7, 7], False)],
)
def test_a_stammer_is_told_from_speech(tokens: list[int], is_one: bool) -> None:
    assert stammer(tokens) is is_one


def test_only_a_model_that_spoke_before_can_have_collapsed() -> None:
    import torch

    tokenizer = tiny.tokenizer()
    broken = tiny.model(tied=False)
    with torch.no_grad():
        broken.lm_head.weight.zero_()
        broken.lm_head.weight[100] = 100 * broken.model.norm.weight.sign()
        broken.model.norm.weight.abs_()
        for layer in broken.model.layers:
            layer.mlp.down_proj.weight.zero_()
            layer.self_attn.o_proj.weight.zero_()
        broken.model.embed_tokens.weight.abs_()
    assert collapsed(broken, tokenizer, ["What?"], lambda: broken) is False
    spoken = []
    speaker = SimpleNamespace()
    assert collapsed(broken, tokenizer, ["What?"], lambda: spoken.append(speaker) or broken) is False
    assert spoken == [speaker]


def test_the_output_is_looked_at_from_three_sides_even_without_pairs() -> None:
    def ready(*examples: Example) -> SimpleNamespace:
        return SimpleNamespace(encoded=SimpleNamespace(examples=list(examples)))

    text = Example(id="t", paper="p", passage="p", maker="text", text="x")
    pairs = [text.model_copy(update={"prompt": f"Q{i}?"}) for i in range(7)]
    assert len(set(probes(ready(text)))) == 3
    assert probes(ready(text, *pairs)) == ["Q0?", "Q2?", "Q4?"]
    assert len(set(probes(ready(text, pairs[0])))) == 3
