"""The way of `wellread questions`: papers -> corpus -> questions by a language model -> files to examine and to train with."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

import wellread.questions.writing.stage as writing
from wellread import paper_inputs
from wellread.corpus.config import CorpusConfig
from wellread.errors import ConfigError
from wellread.providers.budget import cost
from wellread.providers.config import ProviderConfig
from wellread.providers.provider import Provider, payer, rightly_named
from wellread.providers.records import tokens
from wellread.questions.instructions import round_trip
from wellread.questions.leakage import Text
from wellread.questions.writing.config import WriteConfig
from wellread.questions.writing.jobs import jobs, versions
from wellread.records import Example, Frozen, Preference
from wellread.runs import run as runs
from wellread.runs.fingerprint import runtime, settings
from wellread.runs.jsonl import read_records
from wellread.runs.store import Artifact
from wellread.training.data import gather, hashes

SPEED = 40.0
"""Tokens a second that one request is written at, for the estimate of time: a usual figure for hosted models."""
_QUESTION, _ANSWER = 60, 25
"""Tokens of a question with its answer and key, and of an answer of a round trip, as they usually are."""
FILES = ("examination.jsonl", "training.jsonl")


class AskConfig(Frozen):
    """Papers, what to ask about them, who writes, and who must not know the answers."""

    corpus: CorpusConfig
    write: WriteConfig = WriteConfig()
    provider: ProviderConfig = ProviderConfig()
    check: ProviderConfig | None = Field(None, description="a model that must not know the answers without the passage")
    against: tuple[str, ...] = runtime(
        (), description="data that examination questions must not stand in, as for train"
    )


class Plan(NamedTuple):
    """What a run would take. `usd` is None where the price isn't known."""

    passages: int
    questions: int
    requests: int
    tokens_in: int
    tokens_out: int
    usd: float | None
    seconds: float


def write_questions(config: AskConfig, out: Path, artifacts: Path | None = None) -> Artifact:
    """Write questions on the papers; out/examination.jsonl and out/training.jsonl lead to them.

    The same call continues what an interrupted one began.
    """
    there = paper_inputs.found(config.corpus)
    identity = {
        "corpus": settings(config.corpus),
        "write": settings(config.write),
        "provider": settings(config.provider),
        "check": config.check and settings(config.check),
        "versions": versions(config.write.kinds),
        "files": paper_inputs.files(config.corpus, there),
        "against": hashes(config.against),
    }
    provider, check = _who(config, payer(out, identity))
    identity |= {"provider": provider.identity(), "check": check.identity() if check else None}
    recipe = {key: identity[key] for key in ("write", "provider", "check", "versions")}
    label = Path(config.corpus.papers[0]).resolve().stem
    with runs.opened(out, config.model_dump(mode="json"), identity, artifacts) as run, rightly_named(provider, check):
        read = paper_inputs.read(run, config.corpus, there)
        against = _texts(config.against)
        made = run.build(
            "questions",
            {
                "stage": writing.NAME,
                "version": writing.VERSION,
                "config": recipe,
                "inputs": {"corpus": read.fingerprint, "against": identity["against"]},
            },
            label,
            lambda folder: writing.run(config.write, provider, check, against, {"corpus": read.path}, folder),
        )
        for name in FILES:
            if (made.path / name).stat().st_size:
                run.link(name, made.path / name)
    return made


def _who(config: AskConfig, run: str) -> tuple[Provider, Provider | None]:
    """Who writes, and who checks; one budget is for both."""
    provider = Provider(config.provider, run=run)
    if config.check is None:
        return provider, None
    if settings(config.check) == settings(config.provider):
        raise ConfigError("the check model is the one that writes the questions", "Name another with --check-model.")
    if config.check.budget not in (None, config.provider.budget):
        raise ConfigError("check.budget: one budget is for both models", "Set provider.budget.")
    check = Provider(config.check, run=f"{run}, check")
    check.budget = provider.budget.at(config.check.price or config.provider.price)
    check.budget.spend(*check.cache.spent(check.run))
    return provider, check


def _texts(sources: tuple[str, ...]) -> list[Text]:
    """What is trained on elsewhere."""
    if not sources:
        return []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        gather(sources, Path(folder))
        examples = read_records(data / "examples.jsonl.zst", Example)
        preferences = read_records(data / "preferences.jsonl.zst", Preference)
    texts = [Text(e.id, e.maker, f"{e.prompt or ''}\n{e.text}") for e in examples]
    return texts + [Text(p.id, p.maker, f"{p.prompt}\n{p.chosen}") for p in preferences]


def plan(config: AskConfig) -> Plan:
    """What `write_questions` would ask for at first, before it asks for others. Sends nothing, writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        todo = jobs(paper_inputs.passages(config.corpus, Path(folder)), config.write)
    questions = sum(job.count for job in todo)
    read = sum(tokens(job.prompt) for job in todo)
    written = questions * (_QUESTION + 25 * config.write.steps)
    trips = questions if config.write.round_trip else 0
    read += sum(job.count * tokens(round_trip("?" * 60, job.passage.text)) for job in todo) if trips else 0
    checks = questions if config.check else 0
    written += trips * _ANSWER
    usd = cost(read, written, config.provider.price) if config.provider.price else None
    read_to_check, written_to_check = checks * tokens(round_trip("?" * 60, None)), checks * _ANSWER
    if config.check and usd is not None:
        usd += cost(read_to_check, written_to_check, config.check.price or config.provider.price)
    read, written, requests = read + read_to_check, written + written_to_check, len(todo) + trips + checks
    seconds = written / SPEED / min(config.provider.concurrency, max(1, requests))
    return Plan(len({job.passage.id for job in todo}), questions, requests, read, written, usd, seconds)
