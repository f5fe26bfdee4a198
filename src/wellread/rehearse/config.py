"""Settings of the rehearsal: what the untrained model is asked, and which of its answers are kept."""

from pydantic import Field

from wellread.records import Frozen


class RehearseConfig(Frozen):
    """General prompts, answered by the untrained model, that training mixes in against forgetting."""

    most: int = Field(200, ge=0, description="so many prompts at most, drawn evenly from the list; 0: no rehearsal")
    words: int = Field(22, ge=1, description="an answer is its first sentence; a longer one is left out")
    prompts: str | None = Field(None, description="a file of prompts, one in each line; null: those of wellread")
