"""Ask, check, ask again with the faults named, and in the end reject with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wellread.augment.instructions import mended
from wellread.augment.pairs import Fault, faults
from wellread.augment.rewriting.jobs import Job
from wellread.providers.asking import Tally, ask
from wellread.providers.provider import Provider


@dataclass
class Written:
    """How the jobs ended. `rejected` holds the last try of each (None where nothing came) and why it can't be used."""

    kept: list[tuple[Job, str]] = field(default_factory=list)
    rejected: list[tuple[Job, str | None, list[Fault]]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


def write(jobs: Sequence[Job], provider: Provider, retries: int) -> Written:
    """See all `jobs` through. Raises the provider's errors when it stops; the same call then continues."""
    done = Written()
    waiting = [(job, job.prompt) for job in jobs]
    for attempt in range(1, retries + 2):
        if not waiting:
            break
        waiting = _round(waiting, provider, attempt, attempt > retries, done)
    return done


def _round(
    waiting: Sequence[tuple[Job, str]], provider: Provider, attempt: int, last: bool, done: Written
) -> list[tuple[Job, str]]:
    """One request for each job; gives those for the next round, with their prompts."""
    following: list[tuple[Job, str]] = []
    label = "writing" if attempt == 1 else f"again, with the faults named ({attempt - 1})"
    wanted = ((job.request(prompt, provider.config.temperature), job) for job, prompt in waiting)
    for job, reply, reason in ask(provider, wanted, done.tally, label, lambda: f"{len(done.kept)} good"):
        if reply is None:
            done.rejected.append((job, None, [Fault("provider", reason)]))
            continue
        text = reply.text.strip()
        wrong = faults(job.pair(text, reply.finish == "length"))
        if not wrong:
            done.kept.append((job, text))
        elif last:
            done.rejected.append((job, text, wrong))
        else:
            following.append((job, mended(job.prompt, [f.what for f in wrong], attempt)))
    return following
