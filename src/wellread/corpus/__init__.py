"""Papers in: finds the files, parses them, writes Paper and Passage records."""

from wellread.corpus.config import CorpusConfig

__all__ = ["CorpusConfig"]
