"""The examination stage: one model, one condition, every question; answers, marks and scores out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wellread.evaluate import conditions
from wellread.evaluate.conditions import Condition
from wellread.evaluate.config import ExamineConfig
from wellread.evaluate.marking import mark
from wellread.evaluate.statistics import mean
from wellread.models.config import ModelConfig
from wellread.records import Answer, Passage, Question, Result
from wellread.runs import progress
from wellread.runs.jsonl import read_records, read_rows, write_records

NAME = "examine"
VERSION = 1
METRICS = ("soft", "strict")


def run(
    config: ExamineConfig, model_config: ModelConfig, condition: Condition, inputs: Mapping[str, Path], out: Path
) -> dict[str, Any]:
    """Examine the model in inputs['model'] on inputs['questions'] about inputs['corpus'].

    Answers are kept as they come (out/answers.part), so an interrupted examination continues. Returns the scores.
    """
    questions = read_records(inputs["questions"] / "data" / "questions.jsonl.zst", Question)
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    leaks = read_rows(inputs["questions"] / "data" / "leaks.jsonl.zst")
    repeated = {row["question"] for row in leaks if row["how"] == "repeated"}
    part = out / "answers.part"
    answers = _kept(part)
    left = [q for q in questions if q.id not in answers]
    notes: list[str] = []
    if left:
        notes = _answer(config, model_config, condition, inputs["model"], left, passages, part, len(answers))
        answers = _kept(part)
    results = [mark(q, answers[q.id], q.id in repeated) for q in questions]
    write_records(out / "data" / "answers.jsonl.zst", [answers[q.id] for q in questions])
    write_records(out / "data" / "results.jsonl.zst", results)
    part.unlink(missing_ok=True)
    return {"condition": condition, "notes": notes, **scores(questions, results)}


def _kept(part: Path) -> dict[str, Answer]:
    """Answers that an earlier attempt wrote; a line cut by a kill is taken off and answered again."""
    if not part.exists():
        return {}
    whole, _, cut = part.read_bytes().rpartition(b"\n")
    if cut:
        part.write_bytes(whole + b"\n" if whole else b"")
    answers = [Answer.model_validate_json(line) for line in whole.splitlines()]
    return {a.question: a for a in answers}


def _answer(
    config: ExamineConfig,
    model_config: ModelConfig,
    condition: Condition,
    model_path: Path,
    questions: list[Question],
    passages: list[Passage],
    part: Path,
    done: int,
) -> list[str]:
    """Answer `questions`, appending to `part`; returns notes on shortened texts."""
    from wellread.models.device import choose
    from wellread.models.generate import generate
    from wellread.models.load import chat_prompt, context_length, load_model, load_tokenizer

    tokenizer = load_tokenizer(model_path)
    model = load_model(model_path).to(choose(model_config.device).torch)
    shown: dict[str, str] = {}
    notes: list[str] = []
    if condition == "in_context":
        bare = max(len(chat_prompt(tokenizer, conditions.in_context(q, ""))) for q in questions)
        room = context_length(model) - config.max_new_tokens - bare - 8  # tokens may join differently beside a text
        shown, notes = conditions.texts_to_show(passages, tokenizer, min(config.context_tokens, room))
    prompts = {q.id: conditions.prompt(condition, q, shown) for q in questions}
    asked = [q for q in questions if prompts[q.id] is not None]
    label = condition.replace("_", "-")
    with part.open("a", encoding="utf-8") as f, progress.bar(label, len(questions) + done, done) as bar:
        for q in questions:
            if prompts[q.id] is None:
                _write(f, Answer(question=q.id, text=None, finish="failed", error="no text of its paper to show"))
                bar.step()
        for batch in generate(
            model,
            tokenizer,
            [str(prompts[q.id]) for q in asked],
            max_new_tokens=config.max_new_tokens,
            batch_size=config.batch_size,
        ):
            for said in batch:
                _write(f, Answer(question=asked[said.index].id, text=said.text, finish=said.finish))
            f.flush()
            bar.step(len(batch))
    return notes


def _write(f: Any, answer: Answer) -> None:
    f.write(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False) + "\n")


def scores(questions: list[Question], results: list[Result]) -> dict[str, Any]:
    """Mean soft and strict with intervals: overall, by kind and by paper."""

    def over(chosen: list[int]) -> dict[str, Any]:
        groups = [questions[i].paper or "" for i in chosen]
        return {m: mean([getattr(results[i], m) for i in chosen], groups).model_dump() for m in METRICS}

    everything = list(range(len(questions)))
    kinds = sorted({q.kind for q in questions})
    papers = sorted({q.paper or "" for q in questions})
    return {
        **over(everything),
        "by_kind": {k: over([i for i in everything if questions[i].kind == k]) for k in kinds},
        "by_paper": {p: over([i for i in everything if (questions[i].paper or "") == p]) for p in papers},
    }
