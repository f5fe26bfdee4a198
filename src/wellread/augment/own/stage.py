"""The stage `own`: passages in, the untrained model's own questions about them out, as pairs that a dose may choose from.

Source: Alberti et al. 2019 (arXiv 1906.05416) for keeping only questions that come back: asked, answered from the statement,
and the answer is the fact that was asked for.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wellread.augment.analysis import papers
from wellread.augment.english import framing
from wellread.augment.own.config import OwnConfig
from wellread.augment.own.faults import comes_back, fault, standing_alone
from wellread.augment.own.gaps import Gap, gaps
from wellread.augment.own.prompts import VERSION as WORDING
from wellread.augment.own.prompts import answering, asking, question
from wellread.models.config import ModelConfig
from wellread.records import Example, Passage
from wellread.runs import progress
from wellread.runs.jsonl import read_records, write_records

NAME = "own"
VERSION = 10 * WORDING + 1  # the wording of the prompts, and how facts are found
BATCH = 48
LONGEST_QUESTION = 24
"""Tokens after the opening."""
LONGEST_ANSWER = 32
"""Tokens; a systematic chemical name takes about 20."""

Leaks = Callable[[str], bool]
"""Whether a text holds, or nearly asks, an examination question."""
Say = Callable[[Sequence[str], int, str], list[str]]
"""Texts, most tokens and a label -> how the model goes on."""


@dataclass
class Done:
    """How the asking ended; `rows` are the rejects."""

    kept: list[tuple[Gap, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def reject(self, gap: Gap, asked: str, reason: str, said: str = "") -> None:
        """Note why a question can't be used."""
        row = {"what": gap.analysed.passage.id, "reason": reason, "statement": gap.statement, "fact": gap.fact}
        self.rows.append(row | {"question": asked} | ({"said": said} if said else {}))


def run(
    config: OwnConfig, model_config: ModelConfig, leaks: Leaks, inputs: Mapping[str, Path], out: Path
) -> dict[str, Any]:
    """Write data/examples and rejected/questions under `out`; return the counts.

    Reads the passages of inputs["corpus"] and the model in inputs["model"]. Questions that `leaks` knows are rejected.
    """
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    wanted = [gap for told in papers(passages) for gap in gaps(told, config.most)]
    done = ask(wanted, config.goes, _speaker(inputs["model"], model_config) if wanted else _silent, leaks)
    numbers: Counter[str] = Counter()
    made = []
    for gap, asked in done.kept:
        passage = gap.analysed.passage
        made.append(
            Example(
                id=f"{passage.id}/{NAME}/{numbers[passage.id]}",
                paper=passage.paper,
                passage=passage.id,
                maker=NAME,
                prompt=asked,
                text=framing.bare(gap.fact),
                fact=gap.fact,
                section=passage.section,
                licence=passage.licence,
            )
        )
        numbers[passage.id] += 1
    write_records(out / "data" / "examples.jsonl.zst", made)
    write_records(out / "rejected" / "questions.jsonl", done.rows)
    progress.say(f"  {len(made)} of {len(wanted)} facts: the model's own question came back")
    return {
        "wanted": len(wanted),
        "facts": len({(gap.analysed.passage.paper, gap.fact) for gap in wanted}),
        "kept": len(made),
        "facts_kept": len({(e.paper, e.fact) for e in made}),
        "rejected": dict(Counter(row["reason"].partition(":")[0] for row in done.rows).most_common()),
    }


def ask(wanted: Sequence[Gap], goes: int, say: Say, leaks: Leaks) -> Done:
    """Have a question written for each gap, at most `goes` times, each time with another opening."""
    done = Done()
    seen: set[str] = set()
    for go in range(goes):
        waiting = [gap for gap in wanted if go < len(gap.openings) and all(gap is not g for g, _ in done.kept)]
        prompts = [asking(gap, gap.openings[go]) for gap in waiting]
        fresh = []
        for gap, said in zip(waiting, say(prompts, LONGEST_QUESTION, "asking"), strict=True):
            asked = standing_alone(question(gap.openings[go], said), gap)
            reason = fault(asked, gap) or ("asked already" if asked in seen else None)
            reason = reason or ("like an examination question" if leaks(asked) else None)
            if reason:
                done.reject(gap, asked, reason)
            else:
                seen.add(asked)
                fresh.append((gap, asked))
        _keep_those_that_come_back(fresh, say, done)
    return done


def _keep_those_that_come_back(fresh: Sequence[tuple[Gap, str]], say: Say, done: Done) -> None:
    prompts = [answering(gap.statement, asked) for gap, asked in fresh]
    for (gap, asked), said in zip(fresh, say(prompts, LONGEST_ANSWER, "answering"), strict=True):
        if comes_back(said, gap):
            done.kept.append((gap, asked))
        else:
            done.reject(gap, asked, "not answered from the statement", said.split("\n", 1)[0])


def _silent(texts: Sequence[str], most: int, label: str) -> list[str]:
    return []


def _speaker(path: Path, config: ModelConfig) -> Say:
    """The model in `path`, which continues texts in batches, greedily."""
    from wellread.models.device import choose
    from wellread.models.generate import generate
    from wellread.models.load import load_model, load_tokenizer

    model, tokenizer = load_model(path).to(choose(config.device).torch), load_tokenizer(path)

    def say(texts: Sequence[str], most: int, label: str) -> list[str]:
        said = [""] * len(texts)
        with progress.bar(label, len(texts)) as bar:
            for batch in generate(
                model, tokenizer, texts, max_new_tokens=most, batch_size=BATCH, chat=False, enough=_enough
            ):
                for one in batch:
                    said[one.index] = one.text
                bar.step(len(batch))
        return said

    return say


def _enough(text: str) -> bool:
    """Whether the question or the answer that is wanted has ended; after it, the model makes up further ones."""
    return "?" in text or "\n" in text
