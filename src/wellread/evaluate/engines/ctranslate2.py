"""ctranslate2: weights in 8 bits on the CPU, converted once into the cache; about twice as fast, and not the same answers.

Source: OpenNMT's CTranslate2. Use it to look quickly, not to compare with the full weights: of
24 long answers of the untrained bundled model one was the same word by word. Likelihoods still come from the full weights. A
sample of the questions is put to the full weights too, and the share of equal answers is told.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError
from wellread.evaluate.examinee import Examinee, Local, Reply
from wellread.models import ctranslate
from wellread.models.device import DeviceName
from wellread.models.resolve import Model
from wellread.runs.fingerprint import fingerprint

#: So many of the prompts are put to the full weights as well.
SAMPLE = 12


def ready(model: Model, device: DeviceName) -> tuple[str, Examinee]:
    """The converted model. Raises ConfigError for a device that isn't the CPU, and without the library."""
    if device not in ("auto", "cpu"):
        raise ConfigError(f"--engine ctranslate2 works on the CPU, not on {device}", "Leave --device out.")
    ctranslate.library()
    made_of = {"model": model.revision, "engine": "ctranslate2", "form": ctranslate.FORM}
    return fingerprint(made_of), Eighths(model.path, model.revision)


class Eighths(Local):
    """A model whose answers come from 8-bit weights."""

    def __init__(self, path: Path, revision: str) -> None:
        """Nothing is converted or loaded yet."""
        super().__init__(path, "cpu")
        self._revision = revision
        self._generator: Any = None

    @property
    def context(self) -> int:
        """The longest sequence that the model was made for, read without loading its weights."""
        return ctranslate.context(self._path)

    def answers(self, prompts: Sequence[str], most: int, batch_size: int, chat: bool) -> Iterator[list[Reply]]:
        """Greedy answers, batched."""
        self._generator = self._generator or ctranslate.load(self._path, self._revision)
        fit, refused = self.fitting(prompts, most, chat)
        yield refused
        wanted = [prompts[i] for i in fit]
        for batch in ctranslate.generate(
            self._generator, self.tokenizer, self._path, wanted, max_new_tokens=most, batch_size=batch_size, chat=chat
        ):
            yield [Reply(fit[g.index], g.text, g.finish) for g in batch]

    def parity(self, told: Sequence[tuple[str, str]], most: int, batch_size: int, chat: bool) -> list[str]:
        """How many answers of a sample are the full weights' own."""
        sample = told[:: max(1, len(told) // SAMPLE)][:SAMPLE]
        full = super().answers([prompt for prompt, _ in sample], most, batch_size, chat)
        equal = sum(sample[r.index][1] == r.text for batch in full for r in batch)
        said = f"ctranslate2, 8-bit weights: {equal} of {len(sample)} answers of a sample are the full weights' own"
        return [f"{self._path.name}: {said}"] if sample else []
