"""Statement: one question about one sentence, answered by a piece of it; for writers that can't do more.

Source: Alberti et al. 2019 (question, span, and whether it comes back: round-trip consistency). Use it with a small writer,
such as the model that will be taught: it is shown three worked examples and one statement at a time.
"""

from pydantic import Field

from wellread.records import Frozen, Passage

VERSION = 1
KIND = "direct"
PER = "statement"

_EXAMPLES = (
    ("Zelbrite is fired at 412 °C in the Orrin kiln.", "At what temperature is Zelbrite fired?", "412 °C"),
    ("The additive Varnol doubles the yield of Zelbrite.", "Which additive doubles the yield of Zelbrite?", "Varnol"),
    ("Zelbrite resists acid because its pores are closed.", "Why does Zelbrite resist acid?", "its pores are closed"),
)


class Params(Frozen):
    """The shape of a question."""

    words: int = Field(25, ge=1, description="the longest question, in words")


def prompt(passage: Passage, count: int, steps: int, params: Params) -> str:
    """What to ask for; `passage` holds one statement. An answer is a piece of it, so that `steps` say nothing."""
    shown = "\n\n".join(f"Statement: {s}\nQ: {q}\nA: {a}" for s, q, a in _EXAMPLES)
    times = f"{count} examination questions" if count > 1 else "one examination question"
    return (
        f"Write {times} of at most {params.words} words that the last statement answers, and the answer, copied from that "
        f"statement.\n\n{shown}\n\nStatement: {passage.text}"
    )
