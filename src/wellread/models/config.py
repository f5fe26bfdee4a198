"""Which model, where it runs and in which number format."""

from pydantic import Field

from wellread.models.device import DeviceName, Precision
from wellread.records import Frozen
from wellread.runs.fingerprint import runtime


class ModelConfig(Frozen):
    """The model to teach."""

    name: str = Field("bundled", description="`bundled`, a local folder, a .gguf file, or a hub id")
    device: DeviceName = runtime("auto", description="where to work; auto takes a GPU if torch sees one")
    precision: Precision = Field("auto", description="arithmetic in training; auto takes bf16 where the chip has it")
