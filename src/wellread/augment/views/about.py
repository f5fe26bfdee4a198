"""'Tell me about X': the sentences that name X, for the subject and for every other name and chemical.

Ties each name to all that the text says of it, wherever that stands. Use it where a text names many things.

Source: Cheng et al. 2023, "Adapting large language models via reading comprehension" (mined, not generated).
"""

import random
from collections.abc import Iterator

from pydantic import Field

from wellread.augment.analysis import Analysed, Sentence
from wellread.augment.drafts import Draft
from wellread.augment.english import framing
from wellread.records import Frozen


class Params(Frozen):
    """How much to tell."""

    wordings: int = Field(default=2, ge=1, description="requests for each name")
    sentences: int = Field(default=5, ge=1, description="the most sentences in one answer")


_REQUESTS = ("Tell me about {x}.", "What do you know about {x}?", "What is {x}, and what has it to do with {s}?", "Describe {x}.",
             "What is the part of {x} in the work on {s}?", "Give some facts about {x}.", "What should I know about {x}?")  # fmt: skip


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """For each name the sentences that hold it; where they are many, a part of them for each request."""
    for name in analysed.names if analysed.english else ():
        telling = [s for s in analysed.sentences if s.whole and framing.holds(s.text, name)]
        requests = [r for r in _REQUESTS if "{s}" not in r or (analysed.subject and name != analysed.subject)]
        rng.shuffle(requests)
        parts = [telling[i : i + params.sentences] for i in range(0, len(telling), params.sentences)]
        for n, request in enumerate(requests[: max(params.wordings, len(parts)) if telling else 0]):
            yield Draft(
                request.format(x=analysed.spoken(name), s=analysed.subject),
                _told(parts[n % len(parts)], analysed),
            )


def _told(sentences: list[Sentence], analysed: Analysed) -> str:
    first, rest = sentences[0], sentences[1:]
    if analysed.subject is None or any(analysed.subject in s.text for s in sentences):
        return " ".join(s.text for s in sentences)
    return " ".join([framing.answer(first.inner, analysed), *(s.text for s in rest)])
