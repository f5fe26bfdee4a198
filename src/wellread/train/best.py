"""The weights at the best development score so far: one file, whole or not there, beside the checkpoints.

It holds what is trained and nothing else, and tells its own step and score. So it outlives any kill, whichever checkpoint the
run goes on from: steps that are done again bring the same weights back, or at any rate weights of this training.
"""

import json
from pathlib import Path
from typing import Any

from wellread.models.load import CausalLM
from wellread.runs.files import need_room
from wellread.runs.progress import say
from wellread.train.parallel import agreed, lead, whole

FILE = "best.safetensors"


class Keeper:
    """Keeps the weights of a model whenever its score is better than any before; of equal ones the first stay."""

    def __init__(self, model: CausalLM, home: Path) -> None:
        """Nothing is read or written yet; `home` is where checkpoints go."""
        self.model, self.home = model, home

    def __call__(self, step: int, score: float) -> None:
        """Write the weights down if `score`, taken after `step`, is the best. Raises DiskFullError where they don't fit."""
        known = kept(self.home) if lead() else None
        [better] = agreed(lead() and (known is None or score > known["score"]))
        if not better:
            return
        trained = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        need_room(self.home, sum(4 * p.numel() for p in trained.values()), "the best weights")
        # A parameter that is shared out is brought together by all processes.
        weights = {name: whole(p).cpu().contiguous() for name, p in trained.items()}
        if lead():
            _write(weights, self.home / FILE, {"step": step, "score": score})


def kept(home: Path) -> dict[str, Any] | None:
    """{step, score} of the weights kept in `home`; None where there are none. A damaged file is removed, which is said."""
    from safetensors import SafetensorError, safe_open

    file = home / FILE
    if not file.is_file():
        return None
    try:
        with safe_open(file, "pt") as held:
            about: dict[str, Any] = json.loads(held.metadata()["best"])
        return about
    except (SafetensorError, OSError, TypeError, KeyError, ValueError):
        say(f"{file.name} is damaged and not used: the best of the scores to come is kept")
        file.unlink(missing_ok=True)
        return None


def give_back(model: CausalLM, home: Path) -> dict[str, Any] | None:
    """Put the weights kept in `home` into `model`. Returns their {step, score}, or None where there are none."""
    from safetensors.torch import load_file

    about = kept(home)
    if about is not None:
        own = dict(model.named_parameters())
        for name, weights in load_file(home / FILE).items():
            own[name].data.copy_(weights)
    return about


def forget(home: Path) -> None:
    """Remove what is kept in `home`: a training begins from its first step."""
    (home / FILE).unlink(missing_ok=True)


def _write(weights: dict[str, Any], file: Path, about: dict[str, Any]) -> None:
    from safetensors.torch import save_file

    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(file.name + ".half")
    save_file(weights, half, {"best": json.dumps(about)})
    half.replace(file)
