"""ROUGE and its stemmer against the library that everybody counts with."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.evaluate.rouge import longest_common, shared_order, shared_runs
from wellread.evaluate.stemming import stem

rouge_scorer = pytest.importorskip("rouge_score.rouge_scorer")
KINDS = ["rouge1", "rouge2", "rougeL"]
EXAMPLES = Path(__file__).parents[3] / "examples"
ODD = [
    "",
    " ",
    "。",
    "İstanbul K ﬁne",
    "É́",
    "ポリマーは146 °Cで融ける",
    "高分子 polymer 146",
    "Ω ohm λ",
    "a\x00b\u2028c",
    "x" * 300,
]
SUFFIXES = (
    "s ies ied eed ed ing y ational tional enci anci izer bli alli entli eli ousli ization ation ator alism iveness"
)
SUFFIXES += " fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness ance able ion e ll"


def sentences() -> list[str]:
    texts = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.rglob("*.md"))]
    return [s for t in texts for s in re.split(r"(?<=[.。?!])\s+|\n", t) if s.strip()]


def pairs(n: int) -> list[tuple[str, str]]:
    """Sentences of eleven texts in five languages: with others, with themselves shaken, with oddities."""
    rng, lines = random.Random(0), [*sentences(), *ODD]
    found = []
    for _ in range(n):
        one, other = rng.choice(lines), rng.choice(lines)
        if rng.random() < 0.5:
            words = one.split()
            rng.shuffle(words)
            other = " ".join(words[: rng.randint(0, len(words))] + other.split()[:5])
        found.append((one, other))
    return found


@pytest.mark.parametrize("stemmed", [False, True])
def test_ten_thousand_pairs_are_scored_as_by_the_library(stemmed: bool) -> None:
    library = rouge_scorer.RougeScorer(KINDS, use_stemmer=stemmed)
    for one, other in pairs(10_000 if not stemmed else 4_000):
        theirs = library.score(one, other)
        ours = [shared_runs(one, other, n, stemmed=stemmed) for n in (1, 2)] + [
            shared_order(one, other, stemmed=stemmed)
        ]
        assert ours == [theirs[k].fmeasure for k in KINDS], (one, other)


def test_stems_are_those_of_the_library() -> None:
    library = pytest.importorskip("nltk.stem.porter").PorterStemmer()
    rng = random.Random(1)
    made = [
        "".join(rng.choices("aeiouybcdlmnrstwxz", k=rng.randint(1, 6))) + s
        for s in SUFFIXES.split()
        for _ in range(300)
    ]
    told = {w for s in sentences() for w in re.findall("[a-z0-9]+", s.lower())}
    made += [
        "skies",
        "sky",
        "dying",
        "lying",
        "tying",
        "news",
        "innings",
        "proceed",
        "exceed",
        "ties",
        "died",
        "spied",
        "controlling",
        "rolling",
        "fizzed",
        "radically",
    ]
    assert [(w, stem(w)) for w in [*made, *told]] == [(w, library.stem(w)) for w in [*made, *told]]


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_two_texts(one: str, other: str) -> None:
    theirs = rouge_scorer.RougeScorer(KINDS).score(one, other)
    assert shared_order(one, other) == theirs["rougeL"].fmeasure
    assert shared_runs(one, other, 2) == theirs["rouge2"].fmeasure


def test_the_longest_common_subsequence() -> None:
    assert longest_common(tuple("abcbdab"), tuple("bdcaba")) == 4
    assert longest_common((), ("a",)) == longest_common(("a",), ()) == 0
