"""Settings of the corpus: which papers, which tellings of them."""

from pydantic import Field

from wellread.records import Frozen
from wellread.runs.fingerprint import runtime


class CorpusConfig(Frozen):
    """Which papers to read."""

    papers: tuple[str, ...] = runtime(
        min_length=1, description="files (a paper each) and folders (one paper, told by each file in it)"
    )
    texts: tuple[str, ...] | None = Field(
        default=None, min_length=1, description="tellings to use of each folder, in this order; all where not given"
    )
    recursive: bool = Field(default=False, description="read sub-folders too, as further tellings: 'languages/de'")
