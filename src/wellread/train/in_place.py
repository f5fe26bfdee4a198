"""A training of a model that stays in memory, for searches: the same as the stage's, with no model written or loaded."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError
from wellread.models.config import ModelConfig
from wellread.models.load import CausalLM, Tokenizer
from wellread.train.adapt import fold_of, trainable_parameters
from wellread.train.config import TrainConfig
from wellread.train.export import merge, save_adapter
from wellread.train.held import Held
from wellread.train.prepare import prepare
from wellread.train.stage import carry_out, gather, gather_preferences


@contextmanager
def taught(
    config: TrainConfig,
    model_config: ModelConfig,
    inputs: Mapping[str, Path],
    held: Held,
    scratch: Path,
    *,
    score: Callable[[CausalLM, Tokenizer], float] | None = None,
    enough: Callable[[int, float], bool] | None = None,
) -> Iterator[tuple[CausalLM, dict[str, Any]]]:
    """The model of `held`, taught as `train.stage.run` would, and what it says of it; afterwards it is untaught again.

    `score` is taken config.scores times; `enough`, told the hundredths of the steps done and that score, may end the training.
    Raises what the stage raises; the model is dropped then, and loaded anew when next needed.
    """
    if fold_of(config) is None:
        raise ConfigError(f"train.adapt: {config.adapt} leaves no plain model to examine", "Use full or lora.")
    try:
        ready = prepare(config, model_config, inputs["model"], gather(inputs), gather_preferences(inputs), held)
        if config.base == "plain":
            held.remember(ready.model)
        trained, parameters = trainable_parameters(ready.model)
        steps = len(ready.batches)
        halt = enough and (lambda step, value: enough(round(100 * step / steps), value))
        done = carry_out(ready, inputs["model"], scratch, 0, score, halt)
        if config.base == "plain":
            model = fold_of(config)(ready.model)
        else:
            save_adapter(ready.model, scratch / "adapter")
            model = merge(inputs["model"], scratch / "adapter").to(ready.device.torch)
        yield (
            model.eval(),
            {"dose": ready.dose.model_dump(), "trained_parameters": trained, "parameters": parameters, **done},
        )
        held.reset(config)
    except BaseException:
        held.drop()
        raise
