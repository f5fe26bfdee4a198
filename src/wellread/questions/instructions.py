"""What every writer of questions is told, whatever their kind: the form of the reply, and what makes a question usable."""

from wellread.records import Passage

VERSION = 1
"""Of the wording below; part of every fingerprint, as each kind's own."""

_FORM = """Write each question as three lines and put an empty line after them:
Q: the question, at most {words} words
A: the answer, one whole sentence that names what was asked about
K: the few words of the answer that make it right, copied from the text letter by letter: a number with its unit, a name, \
or one to four words; several are parted by semicolons"""
_STEPS = """
Before the line A, add a line "S:" with at most {steps} short steps that lead from what the text says to the answer."""
_RULES = """Rules:
- The reader sees the question alone: name the material, method or thing that you ask about. Never write "this study", \
"the text", "the authors", "it" or "Figure 1".
- Exactly one answer is right, and the text says it.
- The question must not hold the words of its line K, and must not be answered by yes or no.
- Ask for facts that nobody could guess: numbers, names, causes.
- Write nothing but the questions."""
_EXAMPLE = """For a text that says "Zelbrite is fired in the Orrin kiln at 412 °C", a good one is:
Q: {question}
A: {answer}
K: {key}"""


def instructed(task: str, example: tuple[str, str, str], passage: Passage, words: int, steps: int) -> str:
    """The whole prompt: the task, the form, the rules, an example (question, answer, key), the text."""
    form = _FORM.format(words=words) + (_STEPS.format(steps=steps) if steps else "")
    question, answer, key = example
    shown = _EXAMPLE.format(question=question, answer=answer, key=key)
    title = f"{passage.title}\n\n" if passage.title and passage.title not in passage.text[:200] else ""
    return f"{task}\n\n{form}\n\n{_RULES}\n\n{shown}\n\nText:\n<<<\n{title}{passage.text}\n>>>"


def others(prompt: str, had: list[str], wrong: list[str]) -> str:
    """The prompt for another go: the same, with the questions that are there already and what was wrong with the rest."""
    parts = [prompt]
    if had:
        parts.append("These questions are there already; ask for other facts:\n" + "\n".join(f"- {q}" for q in had))
    if wrong:
        parts.append("Earlier questions had these faults; avoid them:\n" + "\n".join(f"- {w}" for w in wrong))
    return "\n\n".join(parts)


def round_trip(question: str, text: str | None) -> str:
    """Have a question answered: from `text`, or from memory where it is None."""
    task = f"Answer in one short sentence.\n\nQuestion: {question}"
    if text is None:
        return task
    return f"Read the text, then answer the question from it alone.\n\nText:\n<<<\n{text}\n>>>\n\n{task}"
