"""none: every trial goes to its end, and no development probe is taken.

Use it where trials are short, and with several objectives.
"""

from typing import Any

from wellread.records import Frozen


class Params(Frozen):
    """None."""


make: Any = None
"""Nothing is to be asked."""
