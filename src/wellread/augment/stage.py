"""Restate every passage with the chosen views; keep the examination out of what is trained on."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from wellread import plugins
from wellread.augment.analysis import Analysed, papers
from wellread.augment.choice import Candidate, candidate, choose
from wellread.augment.config import VIEWS, AugmentConfig, settings
from wellread.augment.drafts import Draft
from wellread.augment.english import framing
from wellread.matching import normalised
from wellread.records import Example, Passage, Question, part_told
from wellread.runs import progress
from wellread.runs.jsonl import read_records, write_records

NAME = "augment"
VERSION = 9
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
    kept: list[Candidate] = []
    rejected: list[dict[str, Any]] = []
    seen: set[tuple[str | None, str]] = set()
    with progress.bar("restating", len(passages)) as bar:
        for analysed in chain.from_iterable(papers(passages)):
            for made in examples(analysed, config, asked.get(analysed.passage.id, ())):
                example = made.example
                reason = _reason(example, seen, forbidden)
                if reason:
                    rejected.append(
                        {"what": example.id, "reason": reason, "prompt": example.prompt, "text": example.text}
                    )
                else:
                    kept.append(made)
            bar.step()
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
        made = candidate(example, Draft(example.prompt, example.text, example.fact), analysed)
        yield replace(made, weight=worth * made.weight)


def within_dose(
    made: list[Candidate], passages: list[Passage], config: AugmentConfig
) -> tuple[list[Example], list[Example]]:
    """`made`, divided into what the dose has room for and the rest; each part of each paper has its own room."""
    if config.dose is None:
        return [c.example for c in made], []
    tellings: dict[tuple[str, str], dict[str, str]] = {}
    part_of = {p.id: (p.paper, part_told(p.paper, p.id, p.section)) for p in passages}
    for p in passages:
        tellings.setdefault(part_of[p.id], {})[p.id] = p.text
    by_part: dict[tuple[str, str], list[Candidate]] = {part: [] for part in tellings}
    for one in made:
        by_part[part_of[one.example.passage]].append(one)
    chosen: set[str] = set()
    for part, texts in tellings.items():
        room = config.dose * max(map(_words, texts.values()))
        seed = ":".join(filter(None, (str(config.seed), *part)))
        chosen |= choose(by_part[part], texts, room, seed)
    every = [c.example for c in made]
    return [e for e in every if e.id in chosen], [e for e in every if e.id not in chosen]


def _asked(inputs: Mapping[str, Path]) -> dict[str, list[tuple[Example, float]]]:
    """What models asked and its worth, by the passage's id. As in the views, the fact comes first and then what says it (docs/decisions/0003)."""
    found: dict[str, list[tuple[Example, float]]] = {}
    for name, worth in ASKED.items():
        for one in read_records(inputs[name] / "data" / "examples.jsonl.zst", Example) if name in inputs else ():
            opened = one.fact is None or one.text.casefold().startswith(one.fact.casefold())
            text = one.text if opened or one.fact is None else framing.reply(one.fact, one.text, "both")
            found.setdefault(one.passage, []).append((one.model_copy(update={"text": text}), worth))
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
