"""Wrong answers: by rule from the paper's other facts, or written by a language model and checked by our own rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wellread import plugins
from wellread.providers.asking import Tally, ask
from wellread.providers.provider import Provider
from wellread.providers.records import Request
from wellread.questions.altering import ALTERATIONS, changed, difference, draw, is_wrong, subject
from wellread.questions.preferring.config import PreferConfig
from wellread.records import Preference, Question

VERSION = 1
"""Of the wording below; part of every fingerprint."""
_TASK = """Question: {question}
Right answer: {answer}

Write one wrong answer that an expert would have to look up to refute: change exactly one fact (a number, a unit, a name or a
direction such as rise and fall) and keep everything else, the length and the style. Write the wrong answer alone, in one \
sentence, without any remark that it is wrong."""
_AGAIN = "\n\nAn earlier try was no use: {fault}."


@dataclass
class Paired:
    """The pairs, the questions that gave none, and what it took. A rejected row has what, reason, question and said."""

    kept: list[Preference] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def reject(self, question: Question, reason: str, said: str = "") -> None:
        """Note why a question gave no pair."""
        row = {"what": question.id, "reason": reason, "question": question.question, "answer": question.answer}
        self.rejected.append(row | ({"said": said} if said else {}))


def by_rule(questions: Sequence[Question], config: PreferConfig) -> Paired:
    """Pairs made by the alterations of `config`, each in turn; the paper's other keys are what is drawn from."""
    done = Paired()
    keys: dict[str | None, list[str]] = {}
    for question in questions:
        keys.setdefault(question.paper, []).extend(key[0] for key in question.keywords)
    for question in _usable(questions, done):
        about = subject(question, tuple(dict.fromkeys(keys[question.paper])))
        if about is None:
            done.reject(question, "the answer lacks the key")
            continue
        rng = draw(question, config.seed)
        ways = {name: plugins.load(ALTERATIONS, name).alter(about, rng) for name in config.alterations}
        wrong = {w: name for name, w in _in_turn(ways) if is_wrong(question, w) and difference(about.answer, w)}
        if not wrong:
            done.reject(question, "no fact that could be altered")
        for number, (answer, name) in enumerate(list(wrong.items())[: config.each]):
            done.kept.append(_pair(question, answer, name, number))
    return done


def _in_turn(ways: Mapping[str, Iterator[str]]) -> Iterator[tuple[str, str]]:
    """Name and first result of each way, then the second of each, until none is left."""
    left = dict(ways)
    while left:
        for name in list(left):
            found = next(left[name], None)
            if found is None:
                del left[name]
            else:
                yield name, found


def by_provider(questions: Sequence[Question], config: PreferConfig, provider: Provider) -> Paired:
    """Pairs whose wrong answer is written by `provider`; kept only where it differs from the right one in a fact.

    Raises the provider's errors when it stops; the same call then continues.
    """
    done = Paired()
    waiting = [(q, number, "") for q in _usable(questions, done) for number in range(config.each)]
    for attempt in range(config.retries + 1):
        wanted = [(_request(q, number, fault, provider), (q, number)) for q, number, fault in waiting]
        waiting = []
        replies = ask(provider, wanted, done.tally, "again" if attempt else "wrong answers")
        for (question, number), reply, reason in sorted(replies, key=lambda one: (one[0][0].id, one[0][1])):
            if reply is None:
                done.reject(question, f"provider: {reason}")
                continue
            said = " ".join(reply.text.split()).removeprefix("Wrong answer:").strip('"“” ')
            fault = "cut off" if reply.finish == "length" else _fault(question, said)
            if not fault and any(p.prompt == question.question and p.rejected == said for p in done.kept):
                fault = "written before"
            if not fault:
                done.kept.append(_pair(question, said, changed(question, said) or "", number))
            elif attempt == config.retries:
                done.reject(question, fault, said)
            else:
                waiting.append((question, number, fault))
    return done


def _request(question: Question, number: int, fault: str, provider: Provider) -> Request:
    prompt = _TASK.format(question=question.question, answer=question.answer) + (
        _AGAIN.format(fault=fault) if fault else ""
    )
    room = 64 + 4 * len((question.answer or "").split())
    return Request(prompt=prompt, max_tokens=room, temperature=provider.config.temperature, seed=number)


def _fault(question: Question, said: str) -> str:
    """Why `said` is no plausible wrong answer; empty where it is one."""
    right = question.answer or ""
    words, ours = said.casefold().split(), right.casefold().split()
    if not is_wrong(question, said):
        return "it holds the right answer's key"
    if changed(question, said) in (None, "words"):
        return "it differs in no number, unit, name or direction"
    if not len(ours) / 2 <= len(words) <= 2 * len(ours) + 3:
        return "it is much longer or shorter than the right answer"
    if len(set(words) & set(ours)) < len(set(ours)) / 2:
        return "it changes more than one fact"
    if any(word in said.casefold() for word in ("wrong", "incorrect", "as an ai", "i'm sorry", "not true")):
        return "it says itself that it is wrong"
    return ""


def _usable(questions: Sequence[Question], done: Paired) -> Iterator[Question]:
    for question in questions:
        if question.choices:
            done.reject(question, "multiple choice")
        elif not question.answer or len(question.answer.split()) < 2:
            done.reject(question, "no answer in a sentence")
        elif not question.keywords:
            done.reject(question, "no key")
        elif is_wrong(question, question.answer):
            done.reject(question, "the answer lacks the key")
        else:
            yield question


def _pair(question: Question, wrong: str, differs: str, number: int) -> Preference:
    return Preference(
        id=f"{question.id}-{number + 1}",
        paper=question.paper or "",
        passage=question.passage or question.paper or "",
        maker=f"preferences-{differs}",
        prompt=question.question,
        chosen=question.answer or "",
        rejected=wrong,
        licence=question.licence,
    )
