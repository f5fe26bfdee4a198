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

# Textbook chapters that tell one general fact that their paper hasn't got. The alarm is right: a reader can't check the fact.
ADDED = {
    "corrosion-inhibitor/textbook": "the number 20 isn't in the text",  # kJ/mol: where physisorption is said to end
    "magnesium-alloy/textbook": "isn't in the text",  # the law of Hall and Petch
}
NEW = ("corrosion-inhibitor", "nuclear-glass", "flow-battery", "magnesium-alloy")


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
    damaged, good = [r for r in rows if r[1]], [r for r in rows if not r[1] and r[0] not in ADDED]
    missed = [f"{key} ({damage})" for key, damage, found in damaged if not found]
    alarms = [f"{key}: {[f.what for f in found]}" for key, _, found in good if found]
    assert share(damaged) >= 0.95, missed
    assert share(good) <= 0.05, alarms


def test_good_tellings_of_papers_without_damaged_ones_pass():
    good = [row for row in judged() if not row[1] and row[0].startswith(NEW) and row[0] not in ADDED]
    assert len(good) >= 30
    assert share(good) <= 0.05, [f"{key}: {[f.what for f in found]}" for key, _, found in good if found]


@pytest.mark.parametrize("key", ADDED)
def test_a_fact_that_was_added_is_found(key):
    (found,) = [found for row, damage, found in judged() if row == key and not damage]
    assert any(ADDED[key] in fault.what for fault in found)


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


def alarms(source, text, check, language="en"):
    return [f.what for f in faults(Pair(Told(source, "en"), Told(text, language), language), (check,))]


@pytest.mark.parametrize("gap", [" ", "\u00a0"])
def test_a_number_after_a_term_that_ends_in_digits(gap):
    source = f"Toxicity is low (LC50{gap}310 mg/L)."
    assert alarms(source, "The LC50 is 310 mg/L.", "numbers") == []
    assert alarms(source, "The LC50 is 130 mg/L.", "numbers")
    assert alarms("The LC50 is 310 mg/L.", f"Toxicity: LC50{gap}130 mg/L.", "numbers")
    assert alarms("It ran for 1 250 h.", "It ran for 250 h.", "numbers")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pro Tag gehen 0,021 % verloren, bei der anderen 0,35 %.", "de"),
        ("The one loses 0.021% per day, whereas the other loses 0.35%.", "en"),
        ("損失は 1 日あたり 0.35% であった。", "ja"),
    ],
)
def test_a_rate_that_is_said_before_the_number(text, language):
    source = "The one loses 0.021% per day. The other loses 0.35% per day."
    assert [a for a in alarms(source, text, "units", language) if "0.35" in a] == []


def test_a_rate_that_was_lost():
    source = "The one loses 0.021% per day. The other loses 0.35% per day."
    assert alarms(source, "The one loses 0.021% per day. In all the other loses 0.35%.", "units")
    assert alarms(source, "その損失は 0.35% であった。", "units", "ja")
    assert alarms("It holds 3.1 wt% of zinc.", "It holds 3.1% of zinc.", "units")


def test_an_acid_may_be_called_by_its_class():
    source = "The flask holds 6-aminohexanoic acid in water."
    assert alarms(source, "The carboxylic acid in the flask is 6-aminohexanoic acid.", "chemicals") == []
    assert alarms(source, "The sulfonic acid in the flask is 6-aminohexanoic acid.", "chemicals")
    assert alarms("The flask holds water.", "The flask holds a carboxylic acid.", "chemicals")


@pytest.mark.parametrize(
    ("source", "good", "bad"),
    [
        (  # the noun after 'neither does' isn't denied
            "Tanks stand behind the dairy on the island and store power for it.",
            "The island's cows do not notice the tanks, and neither does the dairy.",
            "Tanks behind the dairy on the island do not store power for it.",
        ),
        (  # said to happen, and taken back in the next sentence
            "A complexing agent keeps zirconium from precipitating in the feed.",
            "In the feed zirconium may precipitate. A complexing agent prevents it.",
            "A complexing agent makes zirconium in the feed precipitate.",
        ),
        (
            "A complexing agent keeps zirconium from precipitating in the feed.",
            "When the feed dries, zirconium tends to precipitate. The complexing agent stops this.",
            "With a complexing agent zirconium precipitates in the feed.",
        ),
        (  # 'taken' is no 'takes place'
            "Screws of magnesium need not be taken out.",
            "Nobody has to fetch the screws of magnesium.",
            "Screws of magnesium must be taken out.",
        ),
        (  # 'from' and a noun in '-ing' deny nothing where nothing is kept from it
            "Its strength rises by slow pressing of the billets in a rotating die.",
            "Its strength comes from pressing billets in a rotating die.",
            "Its strength does not rise by pressing the billets in a rotating die.",
        ),
        (  # what isn't left was there
            "After 15 months the last screw had disappeared from the bone.",
            "After 15 months there was no screw left in the bone.",
            "After 15 months the last screw had not disappeared from the bone.",
        ),
    ],
)
def test_denials_in_flowing_prose(source, good, bad):
    assert alarms(source, good, "negations") == []
    assert alarms(source, bad, "negations")


@pytest.mark.parametrize("text", ["", " ", "🧪" * 50, "5 5 5", "a\x00b", "°C °C", "(" * 300, "not " * 200])
def test_odd_texts_do_no_harm(text):
    for language in ("en", "de", "ja", "sw"):
        faults(Pair(Told(text, "en"), Told(text, language), language))
        faults(Pair(Told(SOURCE, "en"), Told(text, language), language))
