"""Papers that are there twice."""

import random

from wellread.corpus.ingest.duplicates import Entry, Finder, signature
from wellread.testing.papers import sentences


def finder(entries: list[Entry], threshold: float | None = 0.8) -> list[str | None]:
    by_number = {entry.number: (entry.source, entry.minhash) for entry in entries}
    found = Finder(threshold, by_number.__getitem__)
    return [clash and clash.reason for clash in (found.clash(entry) for entry in entries)]


def entry(number: int, text: str, doi: str | None = None, sha: int | None = None) -> Entry:
    return Entry(number, f"{number}.xml", f"{sha or number:064x}", doi, signature(text))


def changed(text: str, share: float, seed: int = 0) -> str:
    rng = random.Random(seed)
    return " ".join(f"other{rng.random()}" if rng.random() < share else word for word in text.split())


TEXT = sentences(random.Random(0), 120)


def test_contents_doi_text() -> None:
    other = sentences(random.Random(1), 120)
    entries = [
        entry(1, TEXT, "10.1/a"),
        entry(2, other, "10.1/a"),
        entry(3, other),
        entry(4, TEXT),
        entry(5, other, sha=3),
    ]
    assert finder(entries) == [None, "same DOI", None, "near-duplicate", "same contents"]


def test_only_the_beginning_counts_and_case_and_space_do_not() -> None:
    assert signature(TEXT) == signature(TEXT.upper().replace(" ", "\n"))
    long = sentences(random.Random(2), 400)
    assert signature(long) == signature(long + " and more")


def test_near_means_near() -> None:
    near = [changed(TEXT, 0.01, seed) for seed in range(20)]
    far = [changed(TEXT, 0.2, seed) for seed in range(20)]
    assert sum(finder([entry(1, TEXT), entry(2, text)])[1] is not None for text in near) >= 19
    assert not any(finder([entry(1, TEXT), entry(2, text)])[1] for text in far)


def test_a_low_threshold_finds_what_is_less_near() -> None:
    less = [changed(TEXT, 0.1, seed) for seed in range(20)]  # about half of the sequences stay
    assert sum(finder([entry(1, TEXT), entry(2, text)], 0.4)[1] is not None for text in less) >= 19


def test_short_texts_and_switched_off() -> None:
    assert signature("Too short to compare.") == b""
    assert finder([entry(1, "A b."), entry(2, "A b.")]) == [None, None]
    assert finder([entry(1, TEXT), entry(2, TEXT)], None) == [None, None]


def test_a_faulty_doi_is_a_fault_of_the_input() -> None:
    found = Finder(0.8, {1: ("1.xml", b"")}.__getitem__)
    assert found.clash(Entry(1, "1.xml", "00", "10.1/a", b"")) is None
    clash = found.clash(Entry(2, "2.xml", "01", "10.1/a", b""))
    assert clash is not None
    assert clash.fault
    assert clash.detail == "DOI 10.1/a is that of 1.xml"
