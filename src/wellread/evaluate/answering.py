"""Answers as they come, kept on disk line by line, so that nothing is ever asked twice."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from wellread import plugins
from wellread.evaluate.config import ExamineConfig, Manner
from wellread.evaluate.examinee import Examinee
from wellread.evaluate.library import Library
from wellread.evaluate.marking import by_likelihood, metrics, metrics_for
from wellread.records import Answer, Frozen, Passage, Question
from wellread.runs import progress

CONDITIONS = "wellread.evaluate.conditions"
#: Likelihoods are kept after so many prompts.
CHUNK = 64


class Likelihoods(Frozen):
    """What a model finds likely after one question's prompt: metric -> log-likelihoods; without those that don't fit."""

    question: str
    likelihoods: dict[str, tuple[float, ...]]


def kept(part: Path) -> dict[str, Answer]:
    """Answers that an earlier attempt wrote; a line cut by a kill is taken off and answered again."""
    return {a.question: a for a in map(Answer.model_validate_json, _whole_lines(part))}


def kept_likelihoods(part: Path) -> dict[str, Likelihoods]:
    """Likelihoods that an earlier attempt wrote, as `kept`."""
    return {row.question: row for row in map(Likelihoods.model_validate_json, _whole_lines(part))}


def _whole_lines(part: Path) -> list[bytes]:
    if not part.exists():
        return []
    whole, _, cut = part.read_bytes().rpartition(b"\n")
    if cut:
        part.write_bytes(whole + b"\n" if whole else b"")
    return whole.splitlines()


def ask(
    config: ExamineConfig,
    manner: Manner,
    condition: str,
    examinee: Examinee,
    questions: Sequence[Question],
    passages: Sequence[Passage],
    shots: Mapping[str, Sequence[Question]],
    part: Path,
    title: str = "",
) -> list[str]:
    """Ask all `questions` that `part` doesn't hold yet; answers, and likelihoods, are appended as they come.

    Progress is told under `title`, the condition's label where there is none.
    Returns notes for the reader, the same whether or not an earlier attempt was interrupted.
    """
    if not questions:
        return []
    have = kept(part)
    likely = _likelihood_metrics(questions) if manner.likelihoods and examinee.knows_likelihoods else {}
    likely_part = part.with_suffix(".likelihoods.part")
    have_likely = kept_likelihoods(likely_part)
    left = [q for q in questions if q.id not in have]
    unsure = [q for q in questions if q.id in likely and q.id not in have_likely]
    room = examinee.context - config.max_new_tokens
    library = Library(
        passages, shots, room, config.context_tokens, examinee.count, examinee.cut, examinee.embed, manner.chat
    )
    module = plugins.load(CONDITIONS, condition)
    settings = module.Params(**manner.conditions.get(condition, {}))
    prompts = dict(zip((q.id for q in questions), module.prompts(questions, library, settings), strict=True))
    with part.open("a", encoding="utf-8") as f, progress.bar(title or module.LABEL, len(questions), len(have)) as bar:
        for q in left:
            if prompts[q.id] is None:
                _write(f, Answer(question=q.id, text=None, finish="failed", error=module.IMPOSSIBLE))
                bar.step()
        asked = [(q.id, p) for q in left if (p := prompts[q.id]) is not None]
        batches = examinee.answers([p for _, p in asked], config.max_new_tokens, config.batch_size, manner.chat)
        for batch in batches:
            for said in batch:
                _write(f, Answer(question=asked[said.index][0], text=said.text, finish=said.finish, error=said.error))
            f.flush()
            bar.step(len(batch))
    _ask_likelihoods(config, manner, examinee, unsure, prompts, likely, likely_part, title)
    have = kept(part)
    told = [(p, text) for q, p in prompts.items() if p is not None and (text := have[q].text) is not None]
    parity = examinee.parity(told, config.max_new_tokens, config.batch_size, manner.chat)
    silent = _silent(prompts, have, likely, kept_likelihoods(likely_part), examinee.context)
    return [*examinee.notes, *(f"{module.LABEL}: {note}" for note in [*library.notes, *silent]), *parity]


def _silent(
    prompts: Mapping[str, str | None],
    answers: Mapping[str, Answer],
    likely: Mapping[str, Mapping[str, tuple[str, ...]]],
    have: Mapping[str, Likelihoods],
    context: int,
) -> list[str]:
    """Of how many questions an answer or a likelihood is missing, and why."""
    put = [q for q, p in prompts.items() if p is not None]
    failed = [answers[q] for q in put if answers[q].text is None]
    notes = [f"{len(failed)} of {len(put)} questions have no answer: {failed[0].error}"] if failed else []
    for metric in sorted({m for q in put for m in likely.get(q, ())}):
        wanted = [q for q in put if metric in likely.get(q, ())]
        if missing := sum(metric not in have[q].likelihoods for q in wanted):
            notes.append(
                f"{metric} is missing for {missing} of {len(wanted)} questions: prompt and what should follow it are "
                f"longer than the model's context of {context} tokens"
            )
    return notes


def _likelihood_metrics(questions: Sequence[Question]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Question -> metric -> the texts whose likelihood it needs."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for q in questions:
        names = [n for n in metrics_for(q) if by_likelihood(n)]
        if names:
            found[q.id] = {n: metrics()[n].continuations(q) for n in names}
    return found


def _ask_likelihoods(
    config: ExamineConfig,
    manner: Manner,
    examinee: Examinee,
    questions: Sequence[Question],
    prompts: Mapping[str, str | None],
    likely: Mapping[str, Mapping[str, tuple[str, ...]]],
    part: Path,
    title: str,
) -> None:
    asked = [(q.id, p) for q in questions if (p := prompts[q.id]) is not None]
    with part.open("a", encoding="utf-8") as f, progress.bar(f"{title} likelihoods".strip(), len(asked)) as bar:
        for start in range(0, len(asked), CHUNK):
            chunk = asked[start : start + CHUNK]
            wanted = [(p, [t for texts in likely[name].values() for t in texts]) for name, p in chunk]
            for i, values in examinee.likelihoods(wanted, config.batch_size, manner.chat):
                name = chunk[i][0]
                parts: dict[str, tuple[float, ...]] = {}
                for metric, texts in likely[name].items():
                    mine, values = values[: len(texts)], values[len(texts) :]
                    fit = tuple(v for v in mine if v is not None)
                    if len(fit) == len(texts):
                        parts[metric] = fit
                _write(f, Likelihoods(question=name, likelihoods=parts))
            f.flush()
            bar.step(len(chunk))


def _write(f: IO[str], row: Frozen) -> None:
    f.write(json.dumps(row.model_dump(mode="json"), ensure_ascii=False) + "\n")
