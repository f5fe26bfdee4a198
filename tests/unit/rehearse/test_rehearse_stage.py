import json
from pathlib import Path

import pytest

from wellread.errors import WellreadError
from wellread.evaluate import general
from wellread.matching import tokens
from wellread.models.config import ModelConfig
from wellread.records import REHEARSAL, Example
from wellread.rehearse.config import RehearseConfig
from wellread.rehearse.stage import OURS, prompts, run, shortened
from wellread.runs.jsonl import read_records, read_rows

EXAMPLES = Path(__file__).parents[3] / "examples"


def told(text: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens(text))


def test_no_prompt_is_examined() -> None:
    examined = [q.question for q in (*general.questions(), *general.neighbours())]
    examined += [i.prompt for i in general.instructions()]
    examined += [json.loads(line)["question"] for f in EXAMPLES.rglob("questions.jsonl") for line in f.open()]
    assert len(examined) > 500
    assert not {told(q) for q in examined} & {told(p) for p in prompts(RehearseConfig())}


def test_fewer_prompts_are_drawn_from_the_whole_list() -> None:
    every = prompts(RehearseConfig())
    assert every == OURS.read_text().splitlines()
    some = prompts(RehearseConfig(most=10))
    assert len(some) == 10
    assert every.index(some[-1]) > len(every) * 0.8


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [
        ("It is Paris.", True, ("It is Paris.", "")),
        ("It is Paris. It lies on the Seine and", False, ("It is Paris.", "")),
        ("It is 3.5 km.", True, ("It is 3.5 km.", "")),
        ("Paris", True, ("Paris", "")),
        ("It lies on the", False, ("It lies on the", "first sentence not finished")),
        ("", True, ("", "empty answer")),
        ("one two three four five six", True, ("one two three four five six", "first sentence longer than 5 words")),
    ],
)
def test_an_answer_is_its_first_sentence(text: str, whole: bool, expected: tuple[str, str]) -> None:
    assert shortened(text, whole, 5) == expected


def test_every_prompt_is_kept_or_rejected(tmp_path: Path, tiny_folder: Path) -> None:
    (tmp_path / "prompts.txt").write_text("What is air?\n\nWhat is air?\nWhat is fire?\n")
    config = RehearseConfig(prompts=str(tmp_path / "prompts.txt"), words=3)
    stats = run(config, ModelConfig(), {"model": tiny_folder}, tmp_path / "out")
    kept = read_records(tmp_path / "out/data/examples.jsonl.zst", Example)
    rejected = list(read_rows(tmp_path / "out/rejected/examples.jsonl"))
    assert stats["asked"] == len(kept) + len(rejected) == 2
    assert {e.prompt for e in kept} | {r["prompt"] for r in rejected} == {"What is air?", "What is fire?"}
    assert all(e.maker == REHEARSAL for e in kept)
    assert all(r["reason"] for r in rejected)


def test_a_file_without_prompts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.txt").write_text("\n \n")
    (tmp_path / "latin.txt").write_bytes("für".encode("latin-1"))
    for name, says in (("none.txt", "no prompt"), ("latin.txt", "UTF-8"), ("nowhere.txt", "can't read")):
        with pytest.raises(WellreadError, match=says):
            prompts(RehearseConfig(prompts=str(tmp_path / name)))
