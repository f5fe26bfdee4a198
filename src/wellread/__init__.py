"""wellread teaches a language model the papers you give it, and proves what it learned."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("wellread")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+source"

__all__ = ["__version__"]
