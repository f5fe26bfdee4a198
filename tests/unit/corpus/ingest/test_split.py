"""The split: drawn from the seed, never redrawn."""

from collections import Counter

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread.corpus.ingest.split import assign, draw, parse_parts
from wellread.errors import ConfigError

PAPERS = [f"10.1/{n}" for n in range(100)]


def split(sizes: str, papers: list[str], given: dict[str, str] | None = None, seed: int = 0) -> dict[str, str]:
    given = given or {}
    waiting = sorted((paper for paper in papers if paper not in given), key=lambda paper: draw(seed, paper))
    parts = parse_parts(sizes.split(","))
    return given | dict(assign(parts, Counter(given.values()), waiting, len(papers)))


def test_sizes() -> None:
    assert Counter(split("10,0.25,rest", PAPERS).values()) == {"target": 10, "irrelevant-1": 25, "irrelevant-2": 65}
    assert Counter(split("250,14000,rest", PAPERS).values()) == {"target": 100}
    assert Counter(split("rest", PAPERS).values()) == {"target": 100}


def test_seeded() -> None:
    assert split("10,20,rest", PAPERS) == split("10,20,rest", PAPERS[::-1])
    assert split("10,20,rest", PAPERS) != split("10,20,rest", PAPERS, seed=1)


@hypothesis.settings(deadline=None)
@given(st.integers(0, 100), st.integers(0, 40), st.integers(0, 40))
def test_papers_that_come_later_move_none(before: int, target: int, next_: int) -> None:
    sizes = f"{target},{next_},rest"
    first = split(sizes, PAPERS[:before])
    both = split(sizes, PAPERS, first)
    assert both.items() >= first.items()
    n = Counter(both.values())
    assert (n["target"], n["irrelevant-1"]) == (target, next_)


def test_a_place_that_falls_free_is_filled() -> None:
    first = split("10,rest", PAPERS[:50])
    gone = next(paper for paper, part in first.items() if part == "target")
    left = {paper: part for paper, part in first.items() if paper != gone}
    assert Counter(split("10,rest", [*left, "new"], left).values())["target"] == 10


@pytest.mark.parametrize(
    "sizes", ["", "10", "10,20", "rest,10", "ten,rest", "1.5,rest", "-3,rest", "0.6,0.6,rest", "nan,rest"]
)
def test_no_sizes(sizes: str) -> None:
    with pytest.raises(ConfigError):
        parse_parts(sizes.split(","))
