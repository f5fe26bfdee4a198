"""A run's models, ready to be asked."""

from collections.abc import Callable
from pathlib import Path

from wellread.models.device import DeviceName, choose
from wellread.models.generate import generate
from wellread.models.load import load_model, load_tokenizer
from wellread.models.resolve import resolve
from wellread.models.sources.folder import of_run
from wellread.runs.run import look

Say = Callable[[list[str], int], list[str]]
"""Questions and the longest answer in tokens -> answers, greedy and closed-book, as in the examination."""


def speakers(folder: Path, compare: bool, device: DeviceName = "auto") -> dict[str, Say]:
    """The run's taught model, and with `compare` its base model before it.

    Raises InputError where the run doesn't exist, isn't finished, or kept no model.
    """
    run = look(folder)
    paths = {"taught": of_run(folder)}
    if compare:
        paths = {"base": resolve(run.settings["model"]["name"]).path, **paths}
    return {who: _speaker(path, device) for who, path in paths.items()}


def _speaker(path: Path, device: DeviceName) -> Say:
    tokenizer = load_tokenizer(path)
    model = load_model(path).to(choose(device).torch)

    def say(questions: list[str], max_new_tokens: int) -> list[str]:
        answers = [""] * len(questions)
        for batch in generate(model, tokenizer, questions, max_new_tokens=max_new_tokens, batch_size=16):
            for said in batch:
                answers[said.index] = said.text
        return answers

    return say
