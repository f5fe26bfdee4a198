"""The dose: how much of what is trained, how often. Counted from the schedule, so it's what really happens."""

from collections import Counter
from collections.abc import Sequence as Seq

from pydantic import Field

from wellread.records import REHEARSAL, Example, Frozen
from wellread.train.data import Item, kind_of, told_of
from wellread.train.schedule import Batch, exposures
from wellread.train.sequence import Sequence, packed_length

LISTED = 20
"""So many papers have a line each; of more, there is one line for all."""


class Genre(Frozen):
    """What one genre of examples contributes."""

    examples: int
    unused: int
    """Examples that the mixture gives no exposure."""
    tokens: int
    """All exposures counted, each sequence whole."""
    share: float
    """Of the tokens of all genres."""
    exposures: float
    """How often each passage is seen, on average, in all its examples of the genre."""
    steps: int
    """Steps in which the genre takes part."""


class Dose(Frozen):
    """What a run trains on."""

    texts: int
    pairs: int
    preferences: int = 0
    papers: int
    tokens: int
    """Tokens that pass through the model, all exposures counted, the opening that pairs share once a batch."""
    learned_tokens: int
    """Those of them that count in the loss."""
    steps: int
    exposures: dict[str, float]
    """paper -> how often it is gone through: exposures of its texts, in units of one telling of it or of a section."""
    pair_exposures: dict[str, int]
    """paper -> prompt/answer pairs and preferences seen, repeats counted."""
    genres: dict[str, Genre] = Field(default_factory=dict)

    def lines(self) -> list[str]:
        """The dose in words."""
        asked = [f"{self.pairs} prompt/answer pairs"] if self.pairs or not self.preferences else []
        asked += [f"{self.preferences} preferences"] if self.preferences else []
        lines = [
            f"{self.texts} texts and {' and '.join(asked)} about {self.papers} paper{'s' * (self.papers != 1)}: "
            f"{self.tokens:,} tokens in {self.steps} steps, {self.learned_tokens / max(1, self.tokens):.0%} of them learned"
        ]
        if len(self.exposures) > LISTED:
            read = self.exposures.values()
            pairs = sum(self.pair_exposures.values())
            lines.append(f"{len(read)} papers: read {min(read):g} to {max(read):g} times, {pairs} pairs in all")
        else:
            lines += [
                f"{paper}: read {n:g} times, {self.pair_exposures.get(paper, 0)} pairs"
                for paper, n in self.exposures.items()
            ]
        lines += [
            f"{name}: {g.examples} examples{f' ({g.unused} of them unused)' if g.unused else ''}, {g.tokens:,} tokens "
            f"({g.share:.0%}), each passage seen {g.exposures:g} times, in {g.steps} steps"
            for name, g in self.genres.items()
        ]
        return lines


def count(sequences: Seq[Sequence], examples: Seq[Item], batches: list[Batch]) -> Dose:
    """Count the dose of a laid-out run. `examples[i]` is what `sequences[i]` was made from."""
    seen = exposures(batches)
    pieces = Counter(e.id for e in examples)
    about = [(i, e) for i, e in enumerate(examples) if not (isinstance(e, Example) and e.maker == REHEARSAL)]
    texts: dict[str, float] = {e.paper: 0.0 for _, e in about}
    pairs: dict[str, float] = {}
    for i, example in about:
        into = texts if kind_of(example) == "text" else pairs
        into[example.paper] = into.get(example.paper, 0) + seen[i] / pieces[example.id]
    parts = Counter(paper for paper, _ in {told_of(e) for e in examples if isinstance(e, Example) and not e.prompt})
    kinds = Counter(kind_of(e) for e in {e.id: e for _, e in about}.values())
    return Dose(
        texts=kinds["text"],
        pairs=kinds["pair"],
        preferences=kinds["preference"],
        papers=len(texts),
        tokens=sum(packed_length([sequences[i] for i in batch]) for batch in batches),
        learned_tokens=sum(sequences[i].learned * n for i, n in seen.items()),
        steps=len(batches),
        exposures={p: round(n / max(1, parts[p]), 2) for p, n in texts.items()},
        pair_exposures={p: round(n) for p, n in pairs.items()},
        genres=_genres(sequences, examples, batches),
    )


def _genres(sequences: Seq[Sequence], examples: Seq[Item], batches: list[Batch]) -> dict[str, Genre]:
    seen = exposures(batches)
    pieces = Counter(e.id for e in examples)
    steps = Counter(genre for batch in batches for genre in {examples[i].maker for i in batch})
    whole = sum(len(sequences[i]) * n for i, n in seen.items())
    done = {}
    for genre in dict.fromkeys(e.maker for e in examples):
        mine = [i for i, e in enumerate(examples) if e.maker == genre]
        tokens = sum(len(sequences[i]) * seen[i] for i in mine)
        times = sum(seen[i] / pieces[examples[i].id] for i in mine)
        done[genre] = Genre(
            examples=len({examples[i].id for i in mine}),
            unused=len({examples[i].id for i in mine} - {examples[i].id for i in mine if seen[i]}),
            tokens=tokens,
            share=round(tokens / max(1, whole), 4),
            exposures=round(times / len({examples[i].passage for i in mine}), 2),
            steps=steps[genre],
        )
    return done
