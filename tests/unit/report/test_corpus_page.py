"""The page about a corpus."""

from wellread.report.corpus_page import bars, columns, render

STATS = {
    "papers": 3, "passages": 9, "words": 9000, "policy": "private", "shareable": False, "rejected": {"empty": 1},
    "licences": {"CC-BY-4.0": 2, "unknown": 1}, "parts": {"target": 3}, "years": {"1998": 1, "2001": 1, "unknown": 1},
    "journals": {}, "languages": {"en": 3}, "lengths": {"up to 3,000": 3}, "sections": {"methods": 9000}, "asides": {},
    "boilerplate": {},
}  # fmt: skip


def test_everything_counted_is_on_the_page_and_private_is_said():
    page = render("mine", STATS)
    assert "not to be shared" in page
    for words in ("CC-BY-4.0", "2 (67%)", "unknown", "1998", "methods", "empty"):
        assert words in page
    assert "Journals" not in page  # nothing is known of them


def test_years_keep_their_distance():
    drawn = str(columns("id", "Years", "papers", STATS["years"]))
    assert [drawn.index(f">{year}<") for year in ("1998", "1999", "2000", "2001", "unknown")] == sorted(
        drawn.index(f">{year}<") for year in ("1998", "1999", "2000", "2001", "unknown")
    )
    assert drawn.count("<rect") == 5
    assert "unknown: 1" in drawn
    assert str(columns("id", "Years", "papers", {"unknown": 4})).count("<rect") == 1
    assert str(columns("id", "Years", "papers", {"1001": 1, "2020": 2})).count("<rect") == 2


def test_names_are_escaped_and_long_ones_cut():
    drawn = str(bars("id", "Journals", "papers", {"<b>" + "x" * 60: 1}))
    assert "<b>" not in drawn
    assert "…" in drawn
