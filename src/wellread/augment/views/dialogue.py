"""Questions and answers that the text already has become prompts and answers.

For texts written as Q&A or as an interview: the writer's own questions are the best there are. Works in any language.

Source: Cheng et al. 2024, "Instruction pre-training" (pairs that the text itself holds).
"""

import random
import re
from collections.abc import Iterator

from wellread.augment.analysis import Analysed
from wellread.augment.drafts import Draft
from wellread.augment.speakers import exchanges
from wellread.records import Frozen


class Params(Frozen):
    """Nothing to set."""


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """One draft for each question that is followed by an answer, without the speakers' labels."""
    for asked, answered in exchanges(list(analysed.turns)):
        prompt, text = (re.sub(r"\s+", " ", turn.text).strip() for turn in (asked, answered))
        yield Draft(prompt, text)
