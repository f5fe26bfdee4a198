"""Everything that is decided before the first step: what is trained on, how often, in which order, and what is trained."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from wellread import plugins
from wellread.errors import ConfigError, InputError
from wellread.models.config import ModelConfig
from wellread.models.device import Device, choose
from wellread.models.load import CausalLM, Tokenizer, context_length, load_tokenizer
from wellread.records import Example, Preference
from wellread.runs import progress
from wellread.runs.files import need_room
from wellread.runs.fingerprint import fingerprint, settings
from wellread.train.activations import recompute
from wellread.train.adapt import adapt, load_base, settled
from wellread.train.attention import for_short_rows
from wellread.train.batches import Batches, Rows
from wellread.train.config import OBJECTIVES, TrainConfig, objective_settings
from wellread.train.data import Encoded, Item, encode, kind_of, objective_of, used
from wellread.train.dose import Dose, count
from wellread.train.halves import keep_halves
from wellread.train.held import Held
from wellread.train.loop import Loss, autocast, check_trackers
from wellread.train.loss import learned, predictions
from wellread.train.low_rank import add_in_place
from wellread.train.memory import running_out_is_said
from wellread.train.mixture import check_genres, times
from wellread.train.order import arrange
from wellread.train.parallel import check_sharing, processes
from wellread.train.schedule import Batch
from wellread.train.teacher import divergence, likeliest
from wellread.train.trunk import Trunk, frozen_depth

PROBES = 3
OPEN_PROMPTS = ("What do you know about {}?", "Describe {} in one sentence.", "What is water?")


@dataclass
class Prepared:
    """A training that could start."""

    config: TrainConfig
    device: Device
    tokenizer: Tokenizer
    model: CausalLM
    encoded: Encoded
    batches: list[Batch]
    anchors: Encoded
    dose: Dose

    @property
    def members(self) -> int:
        """How many sequences stand for one example: two for a preference."""
        return 2 if kind_of(self.encoded.examples[0]) == "preference" else 1

    @property
    def recipe(self) -> str:
        """Fingerprint of settings, texts and order; a checkpoint of another one can't be continued."""
        tokens = [s.ids for s in (*self.encoded.sequences, *self.anchors.sequences)]
        made = {"config": settings(self.config), "tokens": tokens, "batches": self.batches}
        if self.config.shard != "none":  # what is shared out is saved in another form
            made["shard"] = self.config.shard
        return fingerprint(made)[:16]

    @property
    def loss(self) -> Loss:
        """The objective's loss of a batch, and the anchor's where there is one."""
        objective = objective_of(self.encoded.examples[0], self.config.objective)
        params = objective.Params.model_validate(objective_settings(self.config).model_dump())
        anchor = self.config.anchor

        def loss(model: CausalLM, batch: Mapping[str, Any]) -> torch.Tensor:
            value: torch.Tensor = objective.loss(model, batch, params)
            if "anchor" in batch:
                general = batch["anchor"]
                value = value + anchor.weight * divergence(predictions(model, general, learned(general)), general)
            return value

        return loss


def prepare(
    config: TrainConfig,
    model_config: ModelConfig,
    model: Path,
    examples: list[Example],
    preferences: list[Preference],
    held: Held | None = None,
) -> Prepared:
    """Load (or take what is `held` in memory), encode, lay out and adapt.

    Raises InputError where nothing would be learned, OutOfMemoryError where the model alone is too large, and what its
    parts raise.
    """
    device = choose(model_config.device, model_config.precision)
    config = settled(config, device)
    check_sharing(config, device.name)
    check_trackers(config)
    torch.manual_seed(config.seed)
    tokenizer = held.tokenizer if held else load_tokenizer(model)
    with running_out_is_said(config):
        base = held.model if held and config.base == "plain" else load_base(model, config, device)
    taken = config.prefix.tokens if config.adapt == "prefix" else 0
    longest = min(config.longest, context_length(base) - taken)
    check_genres([*(e.maker for e in examples), *(p.maker for p in preferences)], config)
    anchoring = config.anchor.genre if config.anchor.weight else None
    general = [e for e in examples if e.maker == anchoring]
    items, notes = chosen([e for e in examples if e.maker != anchoring], preferences, config)
    share = not getattr(objective_settings(config), "learn_prompt", False)  # what is learned counts for each pair
    encoded = encode(items, tokenizer, longest, config.objective, config.mixture, share)
    encoded.notes[:0] = notes
    encoded.passages.update({e.id: e.text for e in examples if e.prompt is None})
    if not any(s.learned for s in encoded.sequences):
        raise InputError("nothing would be learned: no example has a token that counts", _why(encoded))
    seen = times(encoded.examples, [len(s) for s in encoded.sequences], config)
    batches = arrange(encoded.sequences, encoded.examples, seen, config)
    dose = count(encoded.sequences, encoded.examples, batches)
    encoded, batches = used(encoded, batches)
    anchors = encode(general, tokenizer, min(config.anchor.tokens, longest), "clm")
    if config.anchor.weight and not anchors.sequences:
        what = f"train.anchor: no text of the genre {config.anchor.genre!r} among the data"
        raise ConfigError(what, f"Give one, as in --data {config.anchor.genre}=general.md.")
    if anchors.sequences:
        tokens = sum(map(len, anchors.sequences))
        note = (
            f"anchor: one of {len(anchors.sequences)} pieces of {anchoring} text ({tokens:,} tokens) beside each step"
        )
        encoded.notes.append(note)
        encoded.rejected.extend(anchors.rejected)
    with running_out_is_said(config):
        adapted = adapt(base, config)
        if config.base == "plain":  # quantised weights are where they belong already
            adapted = adapted.to(device.torch)
    recompute(base, config.activations == "recomputed")
    keep_halves(adapted, device.name == "cpu" and device.precision == "bf16" and config.shard == "none")
    if config.adapt == "lora":
        add_in_place(adapted)
    return Prepared(config, device, tokenizer, adapted, encoded, batches, anchors, dose)


def chosen(examples: list[Example], preferences: list[Preference], config: TrainConfig) -> tuple[list[Item], list[str]]:
    """What the objective learns from, and a note on what it leaves aside.

    Raises InputError where it finds nothing that it could learn from.
    """
    every: list[Item] = [*examples, *preferences]
    by = f"{config.objective} learns" if config.objective else "clm and sft learn"
    wanted = {"text", "pair"} if config.objective is None else {plugins.load(OBJECTIVES, config.objective).TAKES}
    taken = [item for item in every if kind_of(item) in wanted]
    if not taken:
        there = ", ".join(f"{kind}s" for kind in sorted({kind_of(item) for item in every})) or "nothing"
        needs = " and ".join(f"{kind}s" for kind in sorted(wanted))
        raise InputError(f"nothing to train on: {by} from {needs}, the data hold {there}", "Give other data.")
    left = len(every) - len(taken)
    return taken, [
        f"{left} examples of other kinds are left aside: {by} from {' and '.join(sorted(wanted))}s"
    ] if left else []


def _why(encoded: Encoded) -> str:
    reasons = [row["reason"] for row in encoded.rejected[:1]]
    return f"The first was rejected: {reasons[0]}." if reasons else "Give texts, or pairs with answers."


def feed(ready: Prepared, spill: Path) -> Batches:
    """The batches as tensors, after everything that is computed once: references, anchors, the frozen trunk."""
    model, config, encoded = ready.model, ready.config, ready.encoded
    objective = objective_of(encoded.examples[0], config.objective)
    rows, anchors = Rows(encoded.sequences), Rows(ready.anchors.sequences)
    # A new LoRA adapter changes nothing, a new prefix does: what the model said before is said without it.
    before = model.get_base_model() if hasattr(model, "get_base_model") else model
    with torch.no_grad(), autocast(ready.device), for_short_rows(model, ready.device):
        if hasattr(objective, "prepare"):
            progress.say("  reading what the model says before training")
            rows.references = objective.prepare(before, encoded, ready.tokenizer, objective_settings(config))
        anchors.references = [likeliest(before, s.ids, len(s) - 1, config.anchor.top) for s in anchors.sequences]
    every = [*rows.sequences, *anchors.sequences]
    depth = 0 if config.trunk == "recomputed" or config.shard != "none" else frozen_depth(model)
    if depth:
        nbytes = 4 * sum(len(s) for s in every) * model.config.get_text_config().hidden_size
        to_disk = nbytes > config.trunk_gb * 1e9
        where = "on disk" if to_disk else "in memory"
        progress.say(f"  lower {depth} layers are frozen: computed once for each text, {nbytes / 1e6:,.0f} MB {where}")
        if to_disk:
            need_room(spill, nbytes, "the output of the frozen layers")
        trunk = Trunk(model, depth)
        with for_short_rows(model, ready.device):  # as the steps do, or bf16 would round otherwise
            trunk.fill(every, autocast(ready.device), spill if to_disk else None)
        trunk.attach()
        rows.trunk = anchors.trunk = trunk
        anchors.first = len(rows.sequences)
    return Batches(
        rows, ready.batches, anchors=anchors if anchors.sequences else None, members=ready.members, parts=processes()
    )


def probes(ready: Prepared) -> list[str]:
    """Prompts to look at the output with: three of the pairs, or as many about the papers and about anything.

    One prompt alone would not do: a model that reads plain texts may stammer at one and be sound.
    """
    asked = list(dict.fromkeys(e.prompt for e in ready.encoded.examples if e.prompt is not None))
    papers = list(dict.fromkeys(e.paper for e in ready.encoded.examples))
    if len(asked) < PROBES:
        asked += [form.format(paper) for paper in papers[:PROBES] for form in OPEN_PROMPTS]
    return asked[:: max(1, len(asked) // PROBES)][:PROBES]
