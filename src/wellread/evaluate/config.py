"""How to examine."""

from typing import Any

from pydantic import Field

from wellread.records import Frozen
from wellread.runs.fingerprint import runtime


class ExamineConfig(Frozen):
    """Greedy answers to the examination questions."""

    max_new_tokens: int = Field(64, ge=1, description="the longest answer, in tokens")
    context_tokens: int = Field(2048, ge=16, description="in-context: the most tokens of the paper's text shown")
    batch_size: int = runtime(80, ge=1, description="questions answered at a time")


class RetentionConfig(Frozen):
    """What is asked before and after training beside the examination, to see what was forgotten."""

    questions: int = Field(48, ge=0, description="so many general questions; 0: what was forgotten isn't examined")
    neighbours: int = Field(20, ge=0, description="so many questions on things near to what papers teach")
    max_new_tokens: int = Field(24, ge=1, description="the longest answer, in tokens")


class Manner(Frozen):
    """How a condition is put, and what is measured beside the text of the answers."""

    shots: int = Field(0, ge=0, description="multiple choice: worked examples before each question")
    chat: bool = Field(True, description="as the user's turn of a chat; else as a text to be continued")
    likelihoods: bool = Field(
        False, description="score by likelihood too: multiple choice, bits per byte of the reference"
    )
    conditions: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="settings of a condition, by its name: {retrieval: {paragraphs: 5}}"
    )
