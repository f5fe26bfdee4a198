"""Twins of papers: consistent in every text and language, and keyed by what they say."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import InputError, RunConflictError
from wellread.matching import find_tokens, tokens
from wellread.questions.load import load
from wellread.runs.jsonl import read_rows
from wellread.twinning.paper import twin
from wellread.twinning.replacing import Twin

EXAMPLES = Path(__file__).parents[3] / "examples"
PAPERS = sorted(path for part in ("development", "test") for path in (EXAMPLES / part).glob("*") if path.is_dir())
TEXT = (
    "# Zorvelane\n\nThe polymer Zorvelane melts at 146 °C; its yield is 94.3%, after 1,250 s at 10⁵ Pa. Its monomer is "
    "2-methoxy-3-ethyloxirane. A 19-day test with Zorvelane-7 (see Figure 2) used Li3YCl6 in the year 2019."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("twins")
    return {paper.name: (paper, root / paper.name, twin(paper, root / paper.name)) for paper in PAPERS}


def texts(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.md"))}


def holds(read, keyword: str) -> bool:
    return bool(find_tokens(tokens(keyword), read[1], read[0]))


@pytest.mark.parametrize("name", [p.name for p in PAPERS])
class TestExamples:
    def test_most_questions_can_be_asked(self, made, name):
        _, out, result = made[name]
        assert result.questions >= 11
        assert result.questions + len(result.refused) == 20
        assert len(load([str(out / "questions.jsonl")])) == result.questions

    def test_every_altered_key_is_in_the_altered_texts_and_no_original_key_is_left(self, made, name):
        paper, out, _ = made[name]
        new, old = ({n: (t, tokens(t)) for n, t in texts(at).items()} for at in (out, paper))
        questions = {p.question.id: p.question for p in load([str(out / "questions.jsonl")])}
        for row in read_rows(out / "twin.jsonl"):
            twins, original = questions[row["question"]], row["original"]
            pairs = [(b, a) for b, a in zip(original["keywords"], twins.keywords, strict=True) if tuple(b) != a]
            assert pairs
            for before, after in pairs:
                holders = [n for n, text in old.items() if holds(text, before[0])]
                assert len(holders) >= 5
                assert all(holds(new[n], after[0]) for n in holders), (after, holders)
                commas = before[0].replace(".", ",")
                assert not [n for n, text in new.items() if holds(text, before[0]) or holds(text, commas)], before

    def test_languages_stay_in_step(self, made, name):
        _, out, _ = made[name]
        number = re.compile(r"\d+(?:\.\d+)?")
        plain = {n: re.sub(r"(?<=\d),(?=\d)", ".", unicodedata.normalize("NFKC", t)) for n, t in texts(out).items()}
        wanted = set(number.findall(plain["original.md"]))
        for language in ("de", "es", "it", "ja"):
            assert wanted - set(number.findall(plain[f"languages/{language}.md"])) == set()


def test_the_same_seed_makes_the_same_twin(made, tmp_path):
    paper, out, _ = made[PAPERS[0].name]
    twin(paper, tmp_path / paper.name)
    assert texts(tmp_path / paper.name) == texts(out)
    twin(paper, tmp_path / "other", seed=1)
    assert texts(tmp_path / "other") != texts(out)


def test_what_is_altered_and_what_is_not():
    made = Twin({"a.md": TEXT})
    new = made.alter(TEXT)
    for gone in ("Zorvelane", "146", "94.3", "1,250", "2-methoxy-3-ethyl", "19-day", "2019"):
        assert gone not in new, gone
    for kept in ("Figure 2", "10⁵ Pa", "Li3YCl6", "°C; its yield is", "oxirane", "-day test with"):
        assert kept in new, kept
    assert re.search(r"\b\d,\d{3} s\b", new)
    assert re.search(r"\b\d\d\.\d%", new)
    name = made.names["Zorvelane"]
    assert new.count(name) == 3
    assert re.search(rf"{name}-[1-68-9] ", new)
    assert made.alter("Zorvelanes Schmelzpunkt: 146°C") == f"{name}s Schmelzpunkt: {made.numbers['146']}°C"
    assert made.alter("Quarks at 5 °C and 3 of them") == "Quarks at 5 °C and 3 of them"


@given(st.lists(st.integers(0, 99_999).map(str) | st.decimals(0, 1000, places=2).map(str), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_different_numbers_stay_different(numbers):
    text = "; ".join(f"{n} mm" for n in numbers)
    made = Twin({"a.md": text})
    new = re.findall(r"[\d.]+(?= mm)", made.alter(text))
    assert len(new) == len(numbers)
    assert len({re.sub(r"\D", "", n) for n in new}) == len({re.sub(r"\D", "", n) for n in numbers})
    assert [re.sub(r"\d", "0", n) for n in new] == [re.sub(r"\d", "0", n) for n in numbers]
    assert not set(made.numbers.values()) & set(made.numbers)


def test_a_number_that_the_texts_dont_hold_as_it_is_written_is_refused(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "original.md").write_text("It melts at 419 K and boils at 612 K.")
    rows = [("a", "146 °C"), ("b", "612 K")]
    lines = [f'{{"id": "{i}", "question": "How hot?", "number": "{n}"}}' for i, n in rows]
    (tmp_path / "p" / "questions.jsonl").write_text("\n".join(lines))
    made = twin(tmp_path / "p", tmp_path / "out")
    assert [r.question for r in made.refused] == ["a"]
    assert made.questions == 1


def test_bad_folders_are_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        twin(tmp_path / "none", tmp_path / "out")
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "original.md").write_text("Salt is white.")
    with pytest.raises(InputError, match="questions"):
        twin(tmp_path / "p", tmp_path / "out")
    (tmp_path / "p" / "questions.jsonl").write_text('{"id": "a", "question": "What is salt?", "keywords": ["white"]}\n')
    with pytest.raises(InputError, match="no question has a key that a twin could alter"):
        twin(tmp_path / "p", tmp_path / "out")
    (tmp_path / "p" / "figure.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError, match="Markdown and plain text only"):
        twin(tmp_path / "p", tmp_path / "out")
    with pytest.raises(RunConflictError, match="lies in the paper's folder"):
        twin(PAPERS[0], PAPERS[0] / "twin")
    with pytest.raises(RunConflictError, match="is a file"):
        twin(PAPERS[0], tmp_path / "p" / "figure.pdf")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(RunConflictError, match="isn't empty"):
        twin(PAPERS[0], tmp_path / "full")
