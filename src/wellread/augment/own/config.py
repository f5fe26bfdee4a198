"""Settings of the model's own questions."""

from pydantic import Field

from wellread.records import Frozen


class OwnConfig(Frozen):
    """What the untrained model is asked to ask about the papers."""

    most: int = Field(0, ge=0, description="so many facts of statements are asked for in each paper, at most; 0: none")
    goes: int = Field(2, ge=1, description="how often the model may try to ask for one of them")
