"""How to examine."""

from pydantic import Field

from wellread.records import Frozen
from wellread.runs.fingerprint import runtime


class ExamineConfig(Frozen):
    """Greedy answers to the examination questions."""

    max_new_tokens: int = Field(64, ge=1, description="the longest answer, in tokens")
    context_tokens: int = Field(2048, ge=16, description="in-context: the most tokens of the paper's text shown")
    batch_size: int = runtime(32, ge=1, description="questions answered at a time")
