"""Rewrites with labels: good ones, and the same ones damaged by one edit each. All of them are about our own example papers.

`rewrites/good.tsv`: key and text. The key is paper:sentence (counted from 0 in original.md) and, for a translation, :language.
The tellings of each paper (article, interview, ... and its languages) are good rewrites of the whole original too; their keys
are paper/name. `rewrites/damaged.tsv`: key of a good one, kind of damage, what to replace (once; * is all of it), by what.
"""

from pathlib import Path
from typing import NamedTuple

from wellread.augment.facts import Told
from wellread.augment.pairs import Pair
from wellread.augment.sentences import split

EXAMPLES = Path(__file__).parents[3] / "examples"
HERE = Path(__file__).parent / "rewrites"


class Labelled(NamedTuple):
    key: str
    damage: str | None
    pair: Pair


def papers():
    """Paper -> its folder."""
    return {p.parent.name: p.parent for p in sorted(EXAMPLES.glob("*/*/original.md"))}


def goods():
    """Key -> (source, rewrite, language)."""
    found = {}
    for paper, folder in papers().items():
        original = (folder / "original.md").read_text(encoding="utf-8")
        for path in sorted([*folder.glob("*.md"), *folder.glob("languages/*.md")]):
            language = path.stem if path.parent.name == "languages" else "en"
            if path.stem != "original":
                found[f"{paper}/{path.stem}"] = (original, path.read_text(encoding="utf-8"), language)
    for line in (HERE / "good.tsv").read_text(encoding="utf-8").splitlines():
        key, text = line.split("\t")
        paper, number, *language = key.split(":")
        sentences = split((papers()[paper] / "original.md").read_text(encoding="utf-8"))[1:]
        found[key] = (sentences[int(number)], text, language[0] if language else "en")
    return found


def labelled():
    """All of them, good and damaged."""
    good = goods()
    rows = [Labelled(key, None, _pair(*parts)) for key, parts in good.items()]
    for line in (HERE / "damaged.tsv").read_text(encoding="utf-8").splitlines():
        key, damage, old, new = line.split("\t")
        source, text, language = good[key]
        assert old == "*" or old in text, f"{key}: {old!r} isn't there"
        rows.append(Labelled(key, damage, _pair(source, new if old == "*" else text.replace(old, new, 1), language)))
    return rows


def is_test(key):
    """Whether the paper is one of those that nothing was tuned on."""
    paper = key.replace(":", "/").split("/")[0]
    return papers()[paper].parent.name == "test"


def _pair(source, text, language):
    return Pair(Told(source), Told(text, language), language)
