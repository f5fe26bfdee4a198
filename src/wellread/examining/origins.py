"""What taught an answer: how many of a run's training examples hold a question's key, by the style or view that made them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from wellread.evaluate.metrics import strict
from wellread.matching import find_tokens, tokens
from wellread.records import Example, Passage, Question
from wellread.runs.jsonl import read_records
from wellread.runs.run import INDEX, Run, look


def taught_by(model: str, questions: Sequence[Question]) -> dict[str, Mapping[str, int]]:
    """Question -> maker -> how many of its examples hold all that a right answer must bring; `text` are the texts themselves.

    Empty where `model` is no run that `wellread teach` made, or a question has no keywords.
    """
    run = teaching(model)
    if run is None:
        return {}
    passages, made = trained_on(run)
    told = [("text", p.text) for p in passages]
    told += [(e.maker, e.text) for e in made]
    read = [(maker, text, tokens(text)) for maker, text in told]
    found: dict[str, Mapping[str, int]] = {}
    for question in questions:
        wanted = [[tokens(v) for v in keyword] for keyword in strict.wanted(question)]
        holds = Counter(
            maker
            for maker, text, have in read
            if wanted and all(any(find_tokens(v, have, text) for v in k) for k in wanted)
        )
        found[question.id] = dict(holds.most_common())
    return found


def teaching(model: str) -> Run | None:
    """The run of `wellread teach` that lies at `model`; None where there is none, or one that taught several models."""
    folder = Path(model).expanduser()
    run = look(folder) if (folder / INDEX).is_file() else None
    return run if run and {"corpus", "augment"} <= set(run.stages) else None


def trained_on(run: Run) -> tuple[list[Passage], list[Example]]:
    """The texts and the pairs that the run's model was trained on."""
    passages = read_records(run.texts().path / "data" / "passages.jsonl.zst", Passage)
    return passages, read_records(run.artifact("augment").path / "data" / "examples.jsonl.zst", Example)
