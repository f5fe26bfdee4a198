"""Conditions of an examination: what the model is shown beside the question."""

from collections.abc import Mapping
from typing import Literal

from wellread.models.load import Tokenizer
from wellread.records import Passage, Question

Condition = Literal["closed_book", "in_context"]


def closed_book(question: Question) -> str:
    """The question alone."""
    return question.question


def in_context(question: Question, text: str) -> str:
    """The paper's text, then the question."""
    return f"Read this text, then answer the question.\n\n{text}\n\nQuestion: {question.question}"


def texts_to_show(passages: list[Passage], tokenizer: Tokenizer, most: int) -> tuple[dict[str, str], list[str]]:
    """For each paper the text that stands in the prompt, and notes on those that had to be shortened.

    It is the paper's first telling: more tellings of the same facts make the prompt long and help a small model
    little. A text of more than `most` tokens is shown up to the last paragraph that fits.
    """
    shown: dict[str, str] = {}
    notes = []
    for passage in passages:
        if passage.paper in shown:
            continue
        text = passage.text
        size = len(tokenizer(text)["input_ids"])
        if size > most:
            text = _beginning(text, tokenizer, most)
            notes.append(
                f"in-context: {passage.id} has {size} tokens; the prompt shows its first {len(text):,} characters "
                f"of {len(passage.text):,} (room for {most} tokens)"
            )
        shown[passage.paper] = text
    return shown, notes


def _beginning(text: str, tokenizer: Tokenizer, most: int) -> str:
    kept = ""
    for paragraph in text.split("\n\n"):
        longer = f"{kept}\n\n{paragraph}" if kept else paragraph
        if len(tokenizer(longer)["input_ids"]) > most:
            break
        kept = longer
    # One paragraph that is too long by itself: cut at the token.
    return kept or str(tokenizer.decode(tokenizer(text)["input_ids"][:most], skip_special_tokens=True))


def prompt(condition: Condition, question: Question, shown: Mapping[str, str]) -> str | None:
    """The user's turn, or None where in-context isn't possible: no paper of the corpus belongs to the question."""
    if condition == "closed_book":
        return closed_book(question)
    text = shown.get(question.paper or "")
    return None if text is None else in_context(question, text)
