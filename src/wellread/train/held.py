"""A model that stays in memory from one training to the next: trained in place, then made what it was before."""

from pathlib import Path
from typing import Any

from wellread.models.load import CausalLM, Tokenizer, load_model, load_tokenizer
from wellread.train.config import TrainConfig
from wellread.train.groups import EDGES


class Held:
    """The model in a folder, loaded once."""

    def __init__(self, path: Path) -> None:
        """Nothing is loaded yet."""
        self.path = path
        self._tokenizer: Tokenizer | None = None
        self._model: CausalLM | None = None
        self._before: list[tuple[Any, Any]] = []

    @property
    def tokenizer(self) -> Tokenizer:
        """Its tokenizer."""
        if self._tokenizer is None:
            self._tokenizer = load_tokenizer(self.path)
        return self._tokenizer

    @property
    def model(self) -> CausalLM:
        """The untrained model. Raises ModelError where it can't be loaded."""
        if self._model is None:
            self._model = load_model(self.path)
        return self._model

    def remember(self, adapted: CausalLM) -> None:
        """Keep a copy of the weights that training `adapted`, or folding its adapter in, will change."""
        changed = {id(p): p for p in self.model.parameters() if p.requires_grad}
        for module in adapted.modules():
            inner = getattr(module, "base_layer", None)
            if inner is not None:
                changed |= {id(p): p for p in inner.parameters()}
        self._before = [(p, p.detach().clone()) for p in changed.values()]

    def reset(self, config: TrainConfig) -> None:
        """Give the model its weights back, after a training by `config` that was folded in.

        Where an adapter sat on embeddings or head, which are parted for it, the model is loaded anew when next needed.
        """
        if config.adapt != "full" and set(config.lora.groups) & set(EDGES):
            self.drop()
            return
        for parameter, before in self._before:
            parameter.data.copy_(before)
        self._before = []
        self.model.zero_grad(set_to_none=True)
        self.model.requires_grad_(True)
        self.model.eval()

    def drop(self) -> None:
        """Forget the model, in whatever state it is; it is loaded anew when next needed."""
        self._model = None
        self._before = []
