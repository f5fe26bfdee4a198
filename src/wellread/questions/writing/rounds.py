"""Ask for questions, check them, have them answered again, ask for others where too few are good."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from wellread.matching import find, normalised
from wellread.providers.asking import Tally, ask
from wellread.providers.provider import Provider
from wellread.providers.records import Request
from wellread.questions.instructions import others, round_trip
from wellread.questions.keys import spellings
from wellread.questions.near import Nearest
from wellread.questions.writing.config import WriteConfig
from wellread.questions.writing.drafts import Draft, read
from wellread.questions.writing.faults import faults, means_the_paper, names_in, names_nothing
from wellread.questions.writing.jobs import Job
from wellread.records import Keyword

_ANSWER = 96
"""Tokens that an answer of a round trip may have."""
PROVIDER, CHECK = "provider: ", "check model: "
"""How the reasons begin for which one of them gave no answer."""


@dataclass(frozen=True)
class Written:
    """A question and where it comes from. `question` is what is asked, with the paper's title where it needs one."""

    job: Job
    draft: Draft
    question: str

    @property
    def keys(self) -> tuple[Keyword, ...]:
        """Each key in all its spellings."""
        return tuple(spellings(key) for key in self.draft.keys)

    def answered_by(self, text: str) -> bool:
        """Whether `text` holds every key."""
        return all(any(find(spelling, text) for spelling in key) for key in self.keys)


@dataclass
class Done:
    """How the jobs ended. A rejected row has the fields what, reason, question, answer and said."""

    kept: list[Written] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    checked: Tally = field(default_factory=Tally)
    """What the check model took."""
    read: set[tuple[str, str]] = field(default_factory=set)
    """Paper and wording of every question that was looked at."""

    def is_new(self, job: Job, draft: Draft) -> bool:
        """Whether nobody asked this of the paper before, well or badly."""
        key = (job.passage.paper, normalised(draft.question))
        new = key not in self.read
        self.read.add(key)
        return new

    def reject(self, job: Job, draft: Draft | None, reason: str, said: str = "") -> None:
        """Note why something can't be used."""
        row = {"what": job.id, "reason": reason}
        if draft is not None:
            row |= {"question": draft.question, "answer": draft.answer, "keys": "; ".join(draft.keys)}
        self.rejected.append(row | ({"said": said} if said else {}))


def write(jobs: Sequence[Job], config: WriteConfig, provider: Provider, check: Provider | None) -> Done:
    """See all `jobs` through. `check` is who must not know the answers without the text.

    Raises the provider's errors when it stops; the same call then continues.
    """
    done = Done()
    waiting = [(job, job.prompt) for job in jobs]
    for attempt in range(config.retries + 1):
        before = len(done.rejected)
        fresh = list(_written(waiting, provider, done, "writing" if not attempt else "writing others"))
        if config.round_trip:
            fresh = list(_answerable(fresh, provider, done))
        if check:
            fresh = list(_unknown(fresh, check, done))
        done.kept += _different(fresh, config.near, done)
        got = Counter(w.job.id for w in done.kept)
        reasons: dict[str, list[str]] = {}
        for row in done.rejected[before:]:
            reasons.setdefault(row["what"], []).append(row["reason"])
        waiting = [(job, _again(job, done, reasons)) for job, _ in waiting if got[job.id] < job.count]
        if not waiting:
            break
    done.kept = list(_no_more_than_wanted(done))
    return done


def _again(job: Job, done: Done, reasons: dict[str, list[str]]) -> str:
    """The prompt for further questions. That nobody answered is no fault of theirs."""
    had = [w.question for w in done.kept if w.job.passage.id == job.passage.id]
    wrong = [reason for reason in reasons.get(job.id, []) if not reason.startswith((PROVIDER, CHECK))]
    return others(job.prompt, had, list(dict.fromkeys(wrong)))


def _written(waiting: Iterable[tuple[Job, str]], provider: Provider, done: Done, label: str) -> Iterator[Written]:
    """The questions of the replies that have no fault."""
    temperature = provider.config.temperature
    wanted = ((job.request(prompt, temperature), job) for job, prompt in waiting)
    replies = sorted(ask(provider, wanted, done.tally, label), key=lambda one: one[0].id)  # they come in any order
    for job, reply, reason in replies:
        if reply is None:
            done.reject(job, None, f"{PROVIDER}{reason}")
            continue
        drafts = read(reply.text, cut=reply.finish == "length")
        if not drafts:
            done.reject(job, None, "no question in the reply", reply.text)
        for draft in drafts:
            found = next(faults(draft, job.passage.text), None) if done.is_new(job, draft) else "asked already"
            question = _within(draft.question, job)
            if not found and question != draft.question and any(find(key, question) for key in draft.keys):
                found = "the question holds the key"
            if found:
                done.reject(job, draft, found)
            else:
                yield Written(job, draft, question)


def _within(question: str, job: Job) -> str:
    """`question` as a reader without the text needs it: with the paper's title where it names nothing by itself."""
    nameless = job.kind != "reverse" and names_nothing(question, names_in(job.passage.text))
    if not (nameless or means_the_paper(question)) or not job.passage.title:
        return question
    return f"In “{job.passage.title.strip('# ')}”: {question}"


def _answerable(fresh: Sequence[Written], provider: Provider, done: Done) -> Iterator[Written]:
    """Those that are answered rightly with the passage before the question."""
    wanted = ((_request(w, w.job.passage.text), w) for w in fresh)
    for written, reply, reason in ask(provider, wanted, done.tally, "round trip"):
        if reply is None:
            done.reject(written.job, written.draft, f"{PROVIDER}{reason}")
        elif not written.answered_by(reply.text):
            done.reject(written.job, written.draft, "not answered with the passage", reply.text)
        else:
            yield written


def _unknown(fresh: Sequence[Written], check: Provider, done: Done) -> Iterator[Written]:
    """Those that the check model can't answer without the passage."""
    for written, reply, reason in ask(check, ((_request(w, None), w) for w in fresh), done.checked, "known already?"):
        if reply is None:
            done.reject(written.job, written.draft, f"{CHECK}{reason}")
        elif written.answered_by(reply.text):
            done.reject(written.job, written.draft, "answered without the passage", reply.text)
        else:
            yield written


def _request(written: Written, text: str | None) -> Request:
    return Request(prompt=round_trip(written.question, text), max_tokens=_ANSWER, temperature=0)


def _different(fresh: Sequence[Written], near: float, done: Done) -> list[Written]:
    """Those that no earlier one of the paper is much like."""
    kept: list[Written] = []
    before: dict[str, dict[str, str]] = {}
    for written in done.kept:
        asked = before.setdefault(written.job.passage.paper, {})
        asked[str(len(asked))] = written.question
    for written in sorted(fresh, key=lambda w: (w.job.id, w.question)):
        asked = before.setdefault(written.job.passage.paper, {})
        found = Nearest(asked).to(written.question)
        if found and found[1] >= near:
            done.reject(written.job, written.draft, "asked already")
            continue
        asked[str(len(asked))] = written.question
        kept.append(written)
    return kept


def _no_more_than_wanted(done: Done) -> Iterator[Written]:
    """The first of each job; a writer who sends more than was asked for gets no more weight by it."""
    taken: Counter[str] = Counter()
    for written in done.kept:
        taken[written.job.id] += 1
        if taken[written.job.id] > written.job.count:
            done.reject(written.job, written.draft, "more than was asked for")
        else:
            yield written
