"""Ask, check, ask again with the faults named, and in the end reject with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wellread.augment.instructions import mended
from wellread.augment.pairs import Fault, faults
from wellread.augment.rewriting.jobs import Job
from wellread.providers.provider import Provider
from wellread.providers.records import Request
from wellread.runs import progress


@dataclass
class Written:
    """How the jobs ended. `rejected` holds the last try of each (None where nothing came) and why it can't be used."""

    kept: list[tuple[Job, str]] = field(default_factory=list)
    rejected: list[tuple[Job, str | None, list[Fault]]] = field(default_factory=list)
    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


def write(jobs: Sequence[Job], provider: Provider, other: str, retries: int) -> Written:
    """See all `jobs` through; `other` is the language of the passages. Raises the provider's errors when it stops."""
    done = Written()
    temperature = provider.config.temperature
    waiting = {job.request(job.prompt, temperature): job for job in jobs}
    for attempt in range(1, retries + 2):
        if not waiting:
            break
        label = "writing" if attempt == 1 else f"again, with the faults named ({attempt - 1})"
        waiting = _round(waiting, provider, other, attempt, attempt > retries, done, label)
    return done


def _round(
    waiting: dict[Request, Job], provider: Provider, other: str, attempt: int, last: bool, done: Written, label: str
) -> dict[Request, Job]:
    """One request for each job; gives those for the next round."""
    following: dict[Request, Job] = {}
    with progress.bar(label, len(waiting)) as bar:
        for outcome in provider.complete(waiting):
            job, reply = waiting[outcome.request], outcome.reply
            done.requests += 1
            if reply is None:
                done.rejected.append((job, None, [Fault("provider", outcome.reason or "")]))
            else:
                done.cached += outcome.cached
                done.tokens_in += reply.tokens_in
                done.tokens_out += reply.tokens_out
                text = reply.text.strip()
                wrong = faults(job.pair(text, other, reply.finish == "length"))
                if not wrong:
                    done.kept.append((job, text))
                elif last:
                    done.rejected.append((job, text, wrong))
                else:
                    again = mended(job.prompt, [f.what for f in wrong], attempt)
                    following[job.request(again, provider.config.temperature)] = job
            bar.step(note=f"{len(done.kept)} good")
    return following
