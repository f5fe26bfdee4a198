"""Settings of the corpus: which papers, which tellings of them."""

from pydantic import Field

from wellread.records import Frozen
from wellread.runs.fingerprint import runtime


class CorpusConfig(Frozen):
    """Which papers to read."""

    papers: tuple[str, ...] = runtime(
        min_length=1,
        description="files (a paper each), folders (one paper, told by each file in it), corpora made by `wellread ingest`",
    )
    texts: tuple[str, ...] | None = Field(
        default=None, min_length=1, description="tellings to use of each folder, in this order; all where not given"
    )
    recursive: bool = Field(default=False, description="read sub-folders too, as further tellings: 'languages/de'")
    unrelated: tuple[str, ...] = runtime(
        (), description="files and folders of texts about other things, trained on too, each paragraph a text"
    )
    unrelated_texts: int | None = runtime(None, ge=0, description="so many of them; all where not given")
    # What these two choose is in the hashes of what is read, as with `papers`.
    sections: tuple[str, ...] | None = runtime(
        None, min_length=1, description="of an ingested corpus: introduction, methods, ...; all where not given"
    )
    parts: tuple[str, ...] | None = runtime(
        None, min_length=1, description="of an ingested corpus's split: target, irrelevant-1, ...; all where not given"
    )
