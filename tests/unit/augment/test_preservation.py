"""The preservation checks on rewrites with labels: what they catch, and how often they cry wolf."""

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from labelled import is_test, labelled

from wellread.augment.facts import Told
from wellread.augment.pairs import Pair, faults


@cache
def judged():
    """(key, damage, faults found) for every labelled rewrite."""
    return [(row.key, row.damage, faults(row.pair)) for row in labelled()]


def share(rows):
    return sum(bool(found) for *_, found in rows) / len(rows)


def test_there_are_enough_of_both():
    kinds = Counter(damage is None for _, damage, _ in judged())
    assert kinds[True] >= 200
    assert kinds[False] >= 200
    keys = [row[0] for row in judged() if row[1] is None]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("part", ["all", "test papers"])
def test_damage_is_found_and_good_rewrites_pass(part):
    rows = [row for row in judged() if part == "all" or is_test(row[0])]
    damaged, good = [r for r in rows if r[1]], [r for r in rows if not r[1]]
    missed = [f"{key} ({damage})" for key, damage, found in damaged if not found]
    alarms = [f"{key}: {[f.what for f in found]}" for key, _, found in good if found]
    assert share(damaged) >= 0.95, missed
    assert share(good) <= 0.05, alarms


SOURCE = (
    "Melvanite is a polyimide made from 4-(2-aminoethyl)benzonitrile in toluene. It melts at 312.5 °C and has a density of "
    "1.07 g/cm³. Its yield is 81.4%. Melvanite does not dissolve in water. The pipes were tested in the Orrin Valley for 17 months."
)
GOOD = (
    "From 4-(2-aminoethyl)benzonitrile, one makes the polyimide Melvanite in toluene. Melvanite has a density of 1.07 g/cm³ and melts "
    "at 312.5 °C. In 81.4% yield it is obtained. Water does not dissolve Melvanite. In the Orrin Valley the pipes were tested, for 17 months."
)


def found(text, language="en", **kw):
    return {f.check for f in faults(Pair(Told(SOURCE, "en"), Told(text, language), language, **kw))}


def test_a_good_rewrite_passes():
    assert found(GOOD) == set()


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("312.5", "321.5", "numbers"),
        ("312.5", "3125", "numbers"),
        ("g/cm³", "kg/cm³", "units"),
        ("312.5 °C", "312.5 K", "units"),
        ("4-(2-aminoethyl)", "4-(3-aminoethyl)", "chemicals"),
        ("toluene", "benzene", "chemicals"),
        ("Melvanite has", "Melvanine has", "names"),
        ("Orrin Valley", "Orrin Valley of Brazil", "names"),
        ("Water does not dissolve Melvanite", "Melvanite does dissolve in water", "negations"),
        ("From 4", "As an AI language model, I tell you: from 4", "refusals"),
        ("From 4", "As the text above says, from 4", "references"),
        ("From 4", "Sure! From 4", "references"),
        ("for 17 months.", "for 17 mon", "length"),
    ],
)
def test_each_check_finds_its_fault(old, new, check):
    assert old in GOOD
    assert check in found(GOOD.replace(old, new))


def test_the_rest_of_the_checks():
    assert "copies" in found(SOURCE)
    assert "omissions" in found("Melvanite is a polyimide with a fine density and a good yield in toluene.")
    assert "length" in found("Melvanite melts at 312.5 °C.")
    assert "length" in found(GOOD * 9)
    assert "length" in found(GOOD, cut=True)
    assert "language" in found(GOOD, "de")
    assert "language" in found(GOOD, "ja")
    assert "language" not in found(
        "Melvanite は 4-(2-aminoethyl)benzonitrile から作られる。312.5 °C で融解し、密度は 1.07 g/cm³ である。", "ja"
    )


@pytest.mark.parametrize("text", ["", " ", "🧪" * 50, "5 5 5", "a\x00b", "°C °C", "(" * 300, "not " * 200])
def test_odd_texts_do_no_harm(text):
    for language in ("en", "de", "ja", "sw"):
        faults(Pair(Told(text, "en"), Told(text, language), language))
        faults(Pair(Told(SOURCE, "en"), Told(text, language), language))
