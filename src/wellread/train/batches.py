"""The batches of a run as tensors: packed rows, with whatever was computed beforehand for their sequences."""

from collections.abc import Sequence as Seq
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.utils.data import Dataset

from wellread.train.packing import Tensors, pack
from wellread.train.schedule import Batch
from wellread.train.sequence import Sequence
from wellread.train.trunk import Trunk


@dataclass
class Rows:
    """Sequences, and what goes with each of them into a row."""

    sequences: list[Sequence]
    references: list[Tensors] = field(default_factory=list)
    """One for each sequence, or none at all; a row holds them joined along their first axis."""
    trunk: Trunk | None = None
    first: int = 0
    """The trunk's number for the first of the sequences."""

    def row(self, numbers: Seq[int]) -> Tensors:
        """The packed row of the sequences with these numbers."""
        row = pack([self.sequences[i] for i in numbers])
        if self.references:
            for name in self.references[0]:
                row[name] = torch.cat([self.references[i][name] for i in numbers])
        if self.trunk is not None:
            row["trunk"] = self.trunk.row([self.first + i for i in numbers])
        return row


class Batches(Dataset[dict[str, Any]]):
    """The laid-out batches. With `parts` processes, item k * parts + p is what process p does of batch k.

    `weight` then says how much of the batch's mean a part makes up, so that the mean over processes is the batch's own.
    """

    def __init__(
        self, rows: Rows, batches: list[Batch], *, anchors: Rows | None = None, members: int = 1, parts: int = 1
    ):
        """`anchors` are read in turn, one row of them beside each batch; `members` sequences stay together."""
        self.rows, self.batches, self.anchors, self.members, self.parts = rows, batches, anchors, members, parts

    def __len__(self) -> int:
        return len(self.batches) * self.parts

    def __getitem__(self, k: int) -> dict[str, Any]:
        number, part = divmod(k, self.parts)
        batch = self.batches[number]
        mine = _share(batch, part, self.parts, self.members)
        row: dict[str, Any] = self.rows.row(mine or batch[: self.members])
        if self.parts > 1:
            row["weight"] = torch.tensor(self.parts * self._units(mine) / self._units(batch))
        if self.anchors is not None:
            row["anchor"] = self.anchors.row([number % len(self.anchors.sequences)])
        return row

    def _units(self, numbers: Seq[int]) -> int:
        """What a loss is a mean over: learned tokens, or pairs of answers."""
        if self.members > 1:
            return len(numbers)
        return sum(self.rows.sequences[i].learned for i in numbers)


def _share(batch: Batch, part: int, parts: int, members: int) -> Batch:
    """The part of `batch` that process `part` of `parts` works on; may be empty."""
    units = [batch[i : i + members] for i in range(0, len(batch), members)]
    first, last = len(units) * part // parts, len(units) * (part + 1) // parts
    return [i for unit in units[first:last] for i in unit]
