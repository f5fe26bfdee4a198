"""Several sequences in one row, none of which sees another. What all pairs begin with is computed once.

Layout: [shared opening][rest of pair 1][rest of pair 2][text 3] ... The mask lets each token see the earlier ones of its
own sequence, and a pair's tokens the shared opening as well. Positions are those that each sequence has alone, so packed
and unpacked losses are equal. The mask is given whole: left to guess it from the positions, models leak between texts
when their cache is on.
"""

from collections.abc import Sequence as Seq

import torch

from wellread.train.sequence import IGNORED, Sequence, shared_opening

Tensors = dict[str, torch.Tensor]


def pack(sequences: Seq[Sequence]) -> Tensors:
    """Row tensors: input_ids, labels, position_ids, owner (1, tokens); attention_mask (1, 1, tokens, tokens), True = sees.

    `owner` is the number of the sequence that a token belongs to, from 1 on; 0 is the shared opening.
    """
    opening = shared_opening(sequences)
    ids, labels = list(opening), [IGNORED] * len(opening)
    positions, owner = list(range(len(opening))), [0] * len(opening)
    shares = [True] * len(opening)
    for number, s in enumerate(sequences, 1):
        skip = s.shared
        ids += s.ids[skip:]
        labels += [IGNORED, *s.labels[skip + 1 :]]
        positions += range(skip, len(s))
        owner += [number] * (len(s) - skip)
        shares += [skip > 0] * (len(s) - skip)
    own, pair = torch.tensor(owner), torch.tensor(shares)
    sees = (own[:, None] == own[None, :]) | (pair[:, None] & (own == 0)[None, :])
    return {
        "input_ids": torch.tensor([ids]),
        "labels": torch.tensor([labels]),
        "position_ids": torch.tensor([positions]),
        "owner": own[None],
        "attention_mask": sees.tril()[None, None],
    }
