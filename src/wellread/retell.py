"""The way of `wellread augment`: papers -> corpus -> rewrites by a language model -> folders that `teach` reads."""

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import wellread.augment.rewriting.stage as rewriting
import wellread.corpus.stage as corpus
from wellread.augment.rewriting.config import RewriteConfig
from wellread.augment.rewriting.jobs import jobs, versions
from wellread.config import overlaid
from wellread.corpus.config import CorpusConfig
from wellread.errors import InputError
from wellread.providers.budget import cost
from wellread.providers.config import ProviderConfig
from wellread.providers.provider import Provider
from wellread.providers.records import tokens
from wellread.records import Frozen, Passage
from wellread.runs import run as runs
from wellread.runs.fingerprint import fingerprint, settings
from wellread.runs.jsonl import read_records
from wellread.runs.progress import say
from wellread.runs.store import MANIFEST, Artifact, open_artifact

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
    provider = Provider(config.provider, run=str(out.resolve()))
    found = _artefact(config.corpus)
    files = {"corpus": found.fingerprint} if found else corpus.sources(config.corpus)
    recipe = {**settings(config.rewrite), "provider": settings(config.provider), "versions": versions(config.rewrite)}
    identity = {"corpus": settings(config.corpus), "rewrite": recipe, "files": files}
    label = Path(config.corpus.papers[0]).resolve().stem
    with runs.opened(out, config.model_dump(mode="json"), identity, artifacts) as run:
        read = found or run.build(
            "corpus",
            {
                "stage": corpus.NAME,
                "version": corpus.VERSION,
                "config": settings(config.corpus),
                "inputs": {"files": fingerprint(files)},
            },
            label,
            lambda folder: corpus.run(config.corpus, {}, folder),
        )
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
        link = out / "texts"
        if not link.is_symlink() and made.stats["kept"]:
            link.symlink_to(runs.seen_from(made.path / "texts", out), target_is_directory=True)
    return made


def plan(config: RetellConfig) -> Plan:
    """What `augment` would ask for at first, before any rewrite is tried again. Sends nothing, writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        found = _artefact(config.corpus)
        if found is None:
            corpus.run(config.corpus, {}, Path(folder))
        passages = read_records((found.path if found else Path(folder)) / "data" / "passages.jsonl.zst", Passage)
    todo = jobs(passages, config.rewrite)
    read = sum(tokens(job.prompt) for job in todo)
    lengths = [(job, sum(job.promise.length) / 2.5) for job in todo]
    written = sum(round(tokens(job.passage.text) * min(longer, 2.0)) for job, longer in lengths)
    usd = cost(read, written, config.provider.price) if config.provider.price else None
    seconds = written / SPEED / min(config.provider.concurrency, max(1, len(todo)))
    return Plan(len({job.passage.id for job in todo}), len(todo), read, written, usd, seconds)


def from_values(values: dict[str, Any], overrides: dict[str, Any]) -> RetellConfig:
    """Settings from nested `values` with dotted `overrides` on top. Raises ConfigError in one line."""
    from pydantic import ValidationError

    from wellread.config import _one_line

    try:
        return RetellConfig.model_validate(overlaid(values, overrides))
    except ValidationError as error:
        raise _one_line(error) from None


def _artefact(config: CorpusConfig) -> Artifact | None:
    """The finished corpus that a single name may point to: its artefact, or a run that holds one."""
    path = Path(config.papers[0]).expanduser()
    if len(config.papers) > 1 or not path.is_dir():
        return None
    if (path / runs.INDEX).is_file():
        return runs.look(path).artifact("corpus")
    if not (path / MANIFEST).is_file():
        return None
    made = open_artifact(path)
    if not (path / "data" / "passages.jsonl.zst").is_file():
        raise InputError(
            f"{path} is an artefact of stage {made.manifest.get('stage')!r}", "Name a corpus, or folders of texts."
        )
    say(f"{path}: {made.manifest['stage']} read as it is")
    return made
