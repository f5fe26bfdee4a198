"""Worked examples that show a small model how to ask for what is missing, and how to answer; it continues the text.

Source: Brown et al. 2020 (arXiv 2005.14165) for examples instead of instructions. An instruction to a chat model of this
size brings remarks, or the example itself.
"""

from wellread.augment.own.gaps import BLANK, Gap

VERSION = 1
"""Of all that is written here."""

_EXAMPLES = (
    ("Zelbrite is fired at {} in the Orrin kiln.", "412 °C", "At what temperature is Zelbrite fired?"),
    ("Corvane is spun from {}.", "2-methylpropanal", "Which compound is Corvane spun from?"),
    ("The fibres of Corvane keep {} of their strength in the sea.", "83%",
     "How much of their strength do the fibres of Corvane keep in the sea?"),
    ("In the {}, 35 sensors of Corvane watch the walls.", "Merrow tunnel", "Where do 35 sensors of Corvane watch the walls?"),
    ("Zelbrite has a hardness of {}.", "6.4 GPa", "What is the hardness of Zelbrite?"),
    ("The additive Varnol lets Zelbrite shrink within {}.", "16 weeks", "How long does it take Varnol to let Zelbrite shrink?"),
)  # fmt: skip
MADE_UP = ("Zelbrite", "Orrin", "Corvane", "2-methylpropanal", "Merrow", "Varnol")
"""Names in the examples, which have no place in a question."""


def asking(gap: Gap, opening: str) -> str:
    """Have the question for `gap` continued after `opening`. The fact isn't shown, so the question can't hold it."""
    shown = "".join(f"{text.format(BLANK)}\nQuestion: {question}\n\n" for text, _, question in _EXAMPLES)
    return f"{shown}{gap.blanked}\nQuestion: {opening}"


def answering(statement: str, question: str) -> str:
    """Have `question` answered from `statement`."""
    shown = "".join(f"{text.format(fact)}\nQuestion: {asked}\nAnswer: {fact}\n\n" for text, fact, asked in _EXAMPLES)
    return f"{shown}{statement}\nQuestion: {question}\nAnswer:"


def question(opening: str, said: str) -> str:
    """The question that the model's continuation `said` ends, up to its question mark."""
    line = said.split("\n", 1)[0]
    glue = "" if line[:1] in ("'", "’", "?", ",") else " "
    asked, mark, _ = f"{opening}{glue}{line.strip()}".partition("?")
    return asked + mark
