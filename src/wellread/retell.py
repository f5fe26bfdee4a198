"""The way of `wellread augment`: papers -> corpus -> rewrites by a language model -> folders that `teach` reads."""

import tempfile
from pathlib import Path
from typing import NamedTuple

import wellread.augment.rewriting.stage as rewriting
from wellread import paper_inputs
from wellread.augment.rewriting.config import RewriteConfig
from wellread.augment.rewriting.jobs import jobs, versions
from wellread.corpus.config import CorpusConfig
from wellread.providers.budget import cost
from wellread.providers.config import ProviderConfig
from wellread.providers.provider import Provider, payer, rightly_named
from wellread.providers.records import tokens
from wellread.records import Frozen
from wellread.runs import run as runs
from wellread.runs.fingerprint import settings
from wellread.runs.store import Artifact

SPEED = 40.0
"""Tokens a second that one request is written at, for the estimate of time: a usual figure for hosted models."""


class RetellConfig(Frozen):
    """Papers, what to write about them, and who writes."""

    corpus: CorpusConfig
    rewrite: RewriteConfig = RewriteConfig()
    provider: ProviderConfig = ProviderConfig()


class Plan(NamedTuple):
    """What a run would take. `usd` is None where the price isn't known."""

    passages: int
    requests: int
    tokens_in: int
    tokens_out: int
    usd: float | None
    seconds: float


def augment(config: RetellConfig, out: Path, artifacts: Path | None = None) -> Artifact:
    """Rewrite the papers; the result is linked as out/texts. The same call continues what an interrupted one began."""
    there = paper_inputs.found(config.corpus)
    files = paper_inputs.files(config.corpus, there)
    recipe = {**settings(config.rewrite), "provider": settings(config.provider), "versions": versions(config.rewrite)}
    identity = {"corpus": settings(config.corpus), "rewrite": recipe, "files": files}
    provider = Provider(config.provider, run=payer(out, identity))
    recipe["provider"] = provider.identity()
    label = Path(config.corpus.papers[0]).resolve().stem
    with runs.opened(out, config.model_dump(mode="json"), identity, artifacts) as run, rightly_named(provider):
        read = paper_inputs.read(run, config.corpus, there)
        made = run.build(
            "rewrite",
            {
                "stage": rewriting.NAME,
                "version": rewriting.VERSION,
                "config": recipe,
                "inputs": {"corpus": read.fingerprint},
            },
            label,
            lambda folder: rewriting.run(config.rewrite, provider, {"corpus": read.path}, folder),
        )
        if made.stats["kept"]:
            run.link("texts", made.path / "texts")
    return made


def plan(config: RetellConfig) -> Plan:
    """What `augment` would ask for at first, before any rewrite is tried again. Sends nothing, writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        passages = paper_inputs.passages(config.corpus, Path(folder))
    todo = jobs(passages, config.rewrite)
    read = sum(tokens(job.prompt) for job in todo)
    lengths = [(job, sum(job.promise.length) / 2.5) for job in todo]
    written = sum(round(tokens(job.passage.text) * min(longer, 2.0)) for job, longer in lengths)
    usd = cost(read, written, config.provider.price) if config.provider.price else None
    seconds = written / SPEED / min(config.provider.concurrency, max(1, len(todo)))
    return Plan(len({job.passage.id for job in todo}), len(todo), read, written, usd, seconds)
