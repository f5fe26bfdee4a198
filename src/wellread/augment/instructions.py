"""What every writer is told, whatever the style: keep the facts, add none, and write something that stands alone."""

from dataclasses import dataclass

from wellread.records import Passage

VERSION = 1
"""Of the wording below; part of every fingerprint, as each style's own."""

_RULES = """Rules:
- Keep every number with its unit, every chemical name and formula, and every proper name exactly as it is written.
- Tell all the facts that the task can use. Say nothing that the text doesn't say, and keep what is denied denied.
- Name what you speak of in each sentence instead of writing "it" or "this material".
- Your reader has never seen the text: do not mention a text, a passage, a study or these rules.
- Write only the result, without any remark before or after it."""


@dataclass(frozen=True)
class Promise:
    """What a telling has to fulfil: the share of facts it keeps, its length in words for each word of the passage."""

    keeps: float
    length: tuple[float, float]
    words: frozenset[str] = frozenset()
    """Words of its own, such as speakers' labels, in small letters."""


def instructed(task: str, passage: Passage) -> str:
    """The whole prompt: the task, the rules, the text."""
    title = f"{passage.title}\n\n" if passage.title and passage.title not in passage.text[:200] else ""
    return f"{task}\n\n{_RULES}\n\nText:\n<<<\n{title}{passage.text}\n>>>"


def mended(prompt: str, wrong: list[str], attempt: int) -> str:
    """The prompt for another go: the same, and what was wrong with the last."""
    faults = "\n".join(f"- {fault}" for fault in wrong)
    return f"{prompt}\n\nAn earlier version (number {attempt}) had these faults:\n{faults}\nWrite it anew without them."
