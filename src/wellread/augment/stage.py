"""Restate every passage with the chosen views; keep the examination out of what is trained on."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from wellread import plugins
from wellread.augment.agreed import agreed
from wellread.augment.analysis import Analysed, papers
from wellread.augment.choice import Candidate, candidate, choose
from wellread.augment.config import VIEWS, AugmentConfig, settings
from wellread.augment.drafts import Draft
from wellread.matching import normalised
from wellread.records import Example, Passage, Question, part_told
from wellread.runs import progress
from wellread.runs.jsonl import read_records, write_records

NAME = "augment"
VERSION = 13
ASKED = {"own": 1.0, "written": 4.0}
"""What models asked -> what such a question is worth beside a rule's. A writer's are checked, in words of its own, and paid for."""


def run(config: AugmentConfig, inputs: Mapping[str, Path], out: Path) -> dict[str, Any]:
    """Write `data/examples.jsonl.zst` and `rejected/examples.jsonl` under `out`, and return what was counted.

    Reads the passages of `inputs["corpus"]` and, where they are given, the questions of `inputs["questions"]`, the model's
    own questions in `inputs["own"]` and a writer's in `inputs["written"]`, which take their share of the dose. The plain
    passages are not among the examples. An example that holds an examination question, or that is the same as one before, is rejected with its reason.
    """
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    forbidden = _forbidden(inputs)
    asked = _asked(inputs)
    made: list[Candidate] = []
    with progress.bar("restating", len(passages)) as bar:
        for analysed in chain.from_iterable(papers(passages)):
            made.extend(examples(analysed, config, asked.get(analysed.passage.id, ())))
            bar.step()
    parts = by_part(made, passages)
    made = [c for part in parts for c in agreed(part.candidates, part.texts)]
    kept: list[Candidate] = []
    rejected: list[dict[str, Any]] = []
    seen: set[tuple[str | None, str]] = set()
    for one in made:
        example = one.example
        reason = _reason(example, seen, forbidden)
        if reason:
            rejected.append({"what": example.id, "reason": reason, "prompt": example.prompt, "text": example.text})
        else:
            kept.append(one)
    chosen, over = within_dose(kept, passages, config)
    rejected += [
        {"what": e.id, "reason": f"over the dose of {config.dose:g}", "prompt": e.prompt, "text": e.text} for e in over
    ]
    write_records(out / "data" / "examples.jsonl.zst", chosen)
    write_records(out / "rejected" / "examples.jsonl", rejected)
    makers, reasons = Counter(e.maker for e in chosen), Counter(r["reason"] for r in rejected)
    return {
        "passages": len(passages),
        "examples": len(chosen),
        "by_maker": {**{view: makers[view] for view in config.views}, **makers},
        "rejected": dict(sorted(reasons.items())),
    }


def examples(
    analysed: Analysed, config: AugmentConfig, asked: Iterable[tuple[Example, float]] = ()
) -> Iterator[Candidate]:
    """What the views of `config` make of one passage, then what models `asked` about it, each with its worth.

    Each view has its own seed, so that they don't disturb each other.
    """
    passage = analysed.passage
    for view in config.views:
        rng = random.Random(f"{config.seed}:{view}:{passage.id}")
        drafts = plugins.load(VIEWS, view).view(analysed, settings(view, config.params.get(view, {})), rng)
        for n, draft in enumerate(drafts):
            example = Example(
                id=f"{passage.id}/{view}/{n}",
                paper=passage.paper,
                passage=passage.id,
                maker=view,
                prompt=draft.prompt,
                text=draft.text,
                fact=draft.fact,
                section=passage.section,
                licence=passage.licence,
            )
            yield candidate(example, draft, analysed)
    for example, worth in asked:
        draft = Draft(example.prompt, example.text, example.fact, statement=example.fact is not None)
        made = candidate(example, draft, analysed)
        yield replace(made, weight=worth * made.weight)


@dataclass
class Part:
    """A paper, or one of its sections: the tellings by their passages' ids, and what was made of them."""

    name: tuple[str, str]
    texts: dict[str, str]
    candidates: list[Candidate]


def by_part(made: Iterable[Candidate], passages: Iterable[Passage]) -> list[Part]:
    """`made`, parted as `passages` are, in their order."""
    parts: dict[tuple[str, str], Part] = {}
    part_of: dict[str, Part] = {}
    for p in passages:
        name = (p.paper, part_told(p.paper, p.id, p.section))
        part_of[p.id] = parts.setdefault(name, Part(name, {}, []))
        part_of[p.id].texts[p.id] = p.text
    for one in made:
        part_of[one.example.passage].candidates.append(one)
    return list(parts.values())


def within_dose(
    made: list[Candidate], passages: list[Passage], config: AugmentConfig
) -> tuple[list[Example], list[Example]]:
    """`made`, divided into what the dose has room for and the rest; each part of each paper has its own room."""
    if config.dose is None:
        return [c.example for c in made], []
    chosen: set[str] = set()
    for part in by_part(made, passages):
        room = config.dose * max(map(_words, part.texts.values()))
        seed = ":".join(filter(None, (str(config.seed), *part.name)))
        chosen |= choose(part.candidates, part.texts, room, seed)
    every = [c.example for c in made]
    return [e for e in every if e.id in chosen], [e for e in every if e.id not in chosen]


def _asked(inputs: Mapping[str, Path]) -> dict[str, list[tuple[Example, float]]]:
    """What models asked and its worth, by the passage's id."""
    found: dict[str, list[tuple[Example, float]]] = {}
    for name, worth in ASKED.items():
        for one in read_records(inputs[name] / "data" / "examples.jsonl.zst", Example) if name in inputs else ():
            found.setdefault(one.passage, []).append((one, worth))
    return found


def _words(text: str) -> int:
    return len(text.split())


def _forbidden(inputs: Mapping[str, Path]) -> list[str]:
    """Normalised examination questions; none where no examination is given."""
    if "questions" not in inputs:
        return []
    asked = read_records(inputs["questions"] / "data" / "questions.jsonl.zst", Question)
    return [n for n in dict.fromkeys(normalised(q.question) for q in asked) if n]


def _reason(example: Example, seen: set[tuple[str | None, str]], forbidden: list[str]) -> str | None:
    """Why `example` can't be used; None where it can."""
    key = (example.prompt, example.text)
    if key in seen:
        return "duplicate"
    seen.add(key)
    said = [f" {normalised(part)} " for part in key if part]
    if any(f" {question} " in part for question in forbidden for part in said):
        return "examination question"
    return None
