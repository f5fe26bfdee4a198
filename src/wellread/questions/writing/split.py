"""Which papers examine and which train: whole papers, never parts of one."""

import hashlib
from collections.abc import Iterable


def examined(papers: Iterable[str], share: float, seed: int) -> set[str]:
    """The papers whose questions examine: `share` of all, drawn by `seed`.

    Where there are several papers and the share is neither 0 nor 1, there is at least one of each; a single one examines.
    """
    ids = sorted(set(papers), key=lambda paper: hashlib.sha256(f"{seed}:{paper}".encode()).hexdigest())
    n = round(len(ids) * share)
    if 0 < share < 1:
        n = min(max(n, 1), max(len(ids) - 1, 1))
    return set(ids[:n])
