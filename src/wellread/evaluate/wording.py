"""How a question is put to a model."""

from collections.abc import Sequence

from wellread.evaluate.choices import listed
from wellread.records import Question

LETTER = "Answer with the letter of the right option only."


def asked(question: Question, examples: Sequence[Question] = (), chat: bool = True) -> str:
    """The question as it stands, or with its options, after worked `examples` if there are any.

    With examples, and where it isn't the user's turn of a `chat`, options are put as MMLU puts them (Hendrycks et al. 2020,
    arXiv 2009.03300), so that the letter is what follows.
    """
    if examples or (question.choices and not chat):
        subject = (question.topic or "").replace("_", " ")
        heading = f"The following are multiple choice questions (with answers){' about ' if subject else ''}{subject}."
        return "\n\n".join([heading, *(f"{_with_options(e)} {e.correct}" for e in examples), _with_options(question)])
    if question.choices:
        return f"{question.question}\n{listed(question.choices)}\n{LETTER}"
    return question.question


def after_text(text: str, wording: str) -> str:
    """A text to read, then the question."""
    return f"Read this text, then answer the question.\n\n{text}\n\nQuestion: {wording}"


def options_alone(question: Question) -> str:
    """The options of a question that isn't shown."""
    return f"One of these options is the right answer to a question.\n{listed(question.choices)}\n{LETTER}"


def _with_options(question: Question) -> str:
    return f"{question.question}\n{listed(question.choices)}\nAnswer:"
