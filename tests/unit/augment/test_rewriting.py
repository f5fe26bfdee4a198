"""Rewriting from passages to tellings, over HTTP: faults named and mended, rejects with reasons, coverage, resume."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "providers"))

from server import Server

from wellread.augment.rewriting import stage
from wellread.augment.rewriting.config import RewriteConfig
from wellread.augment.rewriting.jobs import jobs, pieces
from wellread.errors import ConfigError, InputError, UnknownNameError
from wellread.providers.config import ProviderConfig
from wellread.providers.failures import BudgetReachedError
from wellread.providers.provider import Provider
from wellread.records import Paper, Passage
from wellread.runs.jsonl import read_rows, write_records

TEXT = "Melvanite melts at 312.5 °C. The yield of Melvanite is 81.4%. Melvanite is stored in the Orrin Valley for 17 months."
GOOD = "At 312.5 °C Melvanite melts. In a yield of 81.4% Melvanite is made. For 17 months Melvanite lies in the Orrin Valley."
GERMAN = "Melvanite schmilzt bei 312,5 °C. Die Ausbeute an Melvanite beträgt 81,4 %. Melvanite wird 17 Monate lang im Orrin Valley gelagert."


def passage(text=TEXT, telling="original", paper="melvanite"):
    return Passage(
        id=f"{paper}/{telling}",
        paper=paper,
        telling=telling,
        title="On Melvanite",
        text=text,
        source="x",
        sha256="0" * 64,
        licence="CC-BY-4.0",
    )


def write_corpus(folder, passages, languages=None):
    write_records(folder / "data" / "passages.jsonl.zst", passages)
    papers = [
        Paper(id=p, title="On Melvanite", source="x", sha256="0" * 64, language=(languages or {}).get(p))
        for p in dict.fromkeys(x.paper for x in passages)
    ]
    write_records(folder / "data" / "papers.jsonl.zst", papers)
    return {"corpus": folder}


def answer(prompt):
    """A writer that translates, mends an article when told to, and never learns how to interview."""
    if "into German" in prompt:
        return GERMAN
    if "interview" in prompt:
        return GOOD.replace("Melvanite", "Melvanine")
    if "newspaper" in prompt and "isn't in the text (the text has 81.4)" not in prompt:
        return GOOD.replace("81.4", "84.1")
    return GOOD


@pytest.fixture
def retold(tmp_path):
    def run(config, passages=None, budget=None, say=answer, cache="cache.sqlite", languages=None):
        inputs = write_corpus(tmp_path / "corpus", passages or [passage()], languages)
        with Server(answer=say, tokens=(100, 50)) as server:
            settings = ProviderConfig(name=server.url, model="good-model", budget=budget, concurrency=1)
            provider = Provider(settings, "run", tmp_path / cache)
            return stage.run(config, provider, inputs, tmp_path / "out"), tmp_path / "out", server

    return run


def test_good_ones_are_kept_mended_ones_too_and_the_rest_is_rejected_with_its_reason(retold):
    stats, out, server = retold(RewriteConfig(styles=("qa", "article", "interview"), languages=("de",), retries=2))
    assert stats["kept"] == 3
    assert stats["wanted"] == 4
    assert stats["by_maker"]["article"] == {"kept": 1, "wanted": 1}
    assert stats["rejected"] == {"names": 1}
    assert stats["requests"] == 4 + 2 + 1
    tellings = {row["telling"]: row for row in read_rows(out / "data" / "passages.jsonl.zst")}
    assert set(tellings) == {"qa", "article", "languages/de"}
    assert tellings["article"]["text"] == GOOD
    (rejected,) = read_rows(out / "rejected" / "rewrites.jsonl")
    assert rejected["what"] == "melvanite/original/interview/0"
    assert "Melvanine looks like Melvanite" in rejected["reason"]
    texts = {p.relative_to(out / "texts").as_posix() for p in (out / "texts").rglob("*.md")}
    assert texts == {f"melvanite/{n}.md" for n in ("original", "qa", "article", "languages/de")}
    assert (out / "texts/melvanite/qa.md").read_text().startswith("---\nlicence: CC-BY-4.0\n---\n\n# ")
    assert max(server.paid.values()) == 1


def test_coverage_counts_tellings_and_names_thin_facts(retold):
    stats, out, _ = retold(
        RewriteConfig(styles=("qa", "entity_pairs"), threshold=2),
        say=lambda p: GOOD if "questions" in p else GOOD.rpartition(" For")[0],
    )
    rows = {row["fact"]: row for row in read_rows(out / "data" / "coverage.jsonl.zst")}
    assert rows["312.5 °C"]["tellings"] == 2
    assert rows["17 months"]["tellings"] == 1
    assert any("17 months (1 of 2)" in line for line in stats["thinnest"])
    assert stats["thin"] == sum(row["tellings"] < 2 for row in rows.values()) == 2


def test_the_budget_stops_before_it_is_exceeded(retold):
    config = RewriteConfig(styles=("qa", "textbook", "study_notes"))
    with pytest.raises(BudgetReachedError, match=r"[12] of 3 requests done"):
        retold(config, budget="720tokens")


def test_a_passage_without_facts_is_told_and_said(retold):
    plain = "A soft thing is warm. Nobody knows why it is warm, and people like to hold it in the hand for long."
    stats, *_ = retold(
        RewriteConfig(styles=("qa",)),
        [passage(plain)],
        say=lambda p: "What is warm is the soft thing. People like it in the hand. Why it is so, no one knows.",
    )
    assert stats["without_facts"] == 1
    assert stats["facts"] == 0


def test_an_empty_corpus(retold, tmp_path):
    inputs = write_corpus(tmp_path / "none", [])
    with pytest.raises(InputError, match="no passages"):
        stage.run(RewriteConfig(), None, inputs, tmp_path / "out")


def test_two_passages_that_say_the_same_are_both_told_and_paid_once(retold):
    two = [passage(), passage(paper="copy")]
    stats, out, server = retold(RewriteConfig(styles=("qa", "interview"), retries=1), two)
    assert stats["wanted"] == 4
    assert stats["by_maker"] == {"qa": {"kept": 2, "wanted": 2}, "interview": {"kept": 0, "wanted": 2}}
    assert [row["what"] for row in read_rows(out / "rejected" / "rewrites.jsonl")] == [
        "copy/original/interview/0",
        "melvanite/original/interview/0",
    ]
    assert sum(server.paid.values()) == 3


def test_papers_in_another_language_are_not_paid_for(retold):
    two = [passage(), passage(GERMAN, paper="deutsch")]
    stats, out, server = retold(RewriteConfig(styles=("qa",)), two, languages={"melvanite": "en", "deutsch": "de"})
    assert (stats["passages"], stats["other_language"], stats["kept"]) == (1, 1, 1)
    assert sum(server.asked.values()) == 1
    (row,) = read_rows(out / "rejected" / "rewrites.jsonl")
    assert row["what"] == "deutsch/original"
    assert "the paper is in de, not in en" in row["reason"]
    with pytest.raises(InputError, match=r"rewrite\.source"):
        retold(RewriteConfig(styles=("qa",)), two[1:], languages={"deutsch": "de"})


def test_texts_without_spaces_are_measured_by_their_characters():
    text = "\n\n".join("この膜の伝導率は室温で高く、水の中でも長く保たれることが分かった。" * 10 for _ in range(6))
    found = jobs([passage(text)], RewriteConfig(styles=("article",), source="ja", longest=400))
    assert len(found) == 3
    assert all(job.request(job.prompt, 0.7).max_tokens > 1000 for job in found)


def test_the_first_telling_or_all():
    two = [passage(), passage(telling="qa")]
    assert len(jobs(two, RewriteConfig(styles=("qa",)))) == 1
    assert len(jobs(two, RewriteConfig(styles=("qa",), tellings="all"))) == 2


def test_every_section_of_an_ingested_paper_is_told_anew_and_of_its_rewrites_none():
    sections = [passage(telling=s).model_copy(update={"section": s}) for s in ("introduction", "methods")]
    rewrite = passage(telling="methods/qa").model_copy(update={"section": "methods"})
    found = jobs([*sections, rewrite], RewriteConfig(styles=("qa",)))
    assert [job.passage.telling for job in found] == ["introduction", "methods"]
    assert len(jobs([*sections, rewrite], RewriteConfig(styles=("qa",), tellings="all"))) == 3


def test_long_texts_are_cut_between_paragraphs_and_nothing_is_lost():
    text = "\n\n".join(f"Paragraph {i} " + "word " * 40 for i in range(30))
    cut = pieces(text, 100)
    assert all(len(p.split()) <= 100 for p in cut)
    assert "\n\n".join(cut).split() == text.split()
    assert pieces("word " * 500, 100) == [("word " * 500).strip()]


@pytest.mark.parametrize(
    ("values", "error", "says"),
    [
        ({"styles": ("qaa",)}, UnknownNameError, "qa"),
        ({"languages": ("xx",)}, UnknownNameError, "language"),
        ({"languages": ("en",)}, ConfigError, "already"),
        ({"styles": ("qa", "qa")}, ConfigError, "twice"),
        ({"styles": ()}, ConfigError, "no styles"),
        ({"params": {"qa": {"pears": 3}}}, UnknownNameError, "pairs"),
        ({"params": {"qa": {"pairs": 0}}}, ConfigError, "greater"),
    ],
)
def test_slips_show_before_anything_is_paid(values, error, says):
    with pytest.raises(error, match=says):
        RewriteConfig(**values)
