"""The dose: how much of what is trained, how often. Counted from the schedule, so it's what really happens."""

from collections.abc import Sequence as Seq

from wellread.records import Example, Frozen
from wellread.train.schedule import Batch, exposures
from wellread.train.sequence import Sequence, packed_length


class Dose(Frozen):
    """What a run trains on."""

    texts: int
    pairs: int
    papers: int
    tokens: int
    """Tokens that pass through the model, all exposures counted, the opening that pairs share once a batch."""
    learned_tokens: int
    """Those of them that count in the loss."""
    steps: int
    exposures: dict[str, float]
    """paper -> how often its text is gone through: exposures of its texts, in units of one text."""
    pair_exposures: dict[str, int]
    """paper -> prompt/answer pairs seen, repeats counted."""

    def lines(self) -> list[str]:
        """The dose in words."""
        lines = [
            f"{self.texts} texts and {self.pairs} prompt/answer pairs about {self.papers} paper{'s' * (self.papers != 1)}: "
            f"{self.tokens:,} tokens in {self.steps} steps, {self.learned_tokens / max(1, self.tokens):.0%} of them learned"
        ]
        for paper, n in self.exposures.items():
            lines.append(f"{paper}: read {n:g} times, {self.pair_exposures.get(paper, 0)} pairs")
        return lines


def count(sequences: Seq[Sequence], examples: Seq[Example], batches: list[Batch]) -> Dose:
    """Count the dose of a laid-out run. `examples[i]` is what `sequences[i]` was made from."""
    seen = exposures(batches)
    pieces = {e.id: sum(x.id == e.id for x in examples) for e in {e.id: e for e in examples}.values()}
    texts: dict[str, float] = {e.paper: 0.0 for e in examples}
    pairs: dict[str, int] = {}
    for i, example in enumerate(examples):
        if example.prompt is None:
            texts[example.paper] += seen[i] / pieces[example.id]
        else:
            pairs[example.paper] = pairs.get(example.paper, 0) + seen[i]
    return Dose(
        texts=len({e.id for e in examples if e.prompt is None}),
        pairs=len({e.id for e in examples if e.prompt is not None}),
        papers=len(texts),
        tokens=sum(packed_length([sequences[i] for i in batch]) for batch in batches),
        learned_tokens=sum(sequences[i].learned * n for i, n in seen.items()),
        steps=len(batches),
        exposures={p: round(n, 2) for p, n in texts.items()},
        pair_exposures=pairs,
    )
