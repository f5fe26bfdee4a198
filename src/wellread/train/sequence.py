"""What the loop trains on: token ids, and which of them are learned."""

from collections.abc import Sequence as Seq
from dataclasses import dataclass

IGNORED = -100


@dataclass(frozen=True)
class Sequence:
    """One text in tokens. `labels` equals `ids` where the token is learned and IGNORED elsewhere."""

    ids: list[int]
    labels: list[int]
    example: str
    """id of the Example that it was made from."""
    shared: int = 0
    """How many first tokens (the chat template's opening, never learned) it has in common with all other pairs."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def learned(self) -> int:
        """How many tokens count in the loss: the first one has nothing before it."""
        return sum(label != IGNORED for label in self.labels[1:])


def shared_opening(sequences: Seq[Sequence]) -> list[int]:
    """The tokens that the pairs among `sequences` begin with; empty where there is no pair."""
    return next((s.ids[: s.shared] for s in sequences if s.shared), [])


def packed_length(sequences: Seq[Sequence]) -> int:
    """How many tokens the sequences take in one row, their shared opening counted once."""
    return len(shared_opening(sequences)) + sum(len(s) - s.shared for s in sequences)
