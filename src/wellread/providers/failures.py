"""The three ways in which a request fails: try again, give this one up, stop altogether."""

from wellread.errors import WellreadError


class TryAgainError(Exception):
    """A fault that may pass. `after` is how long the provider asks us to wait, in seconds."""

    def __init__(self, reason: str, *, after: float | None = None) -> None:
        """`reason` is what the user reads where no attempt helped."""
        super().__init__(reason)
        self.reason = reason
        self.after = after


class BusyError(TryAgainError):
    """Too many requests (429): everyone waits, and fewer go out at once from then on."""


class GiveUpError(Exception):
    """This request can't be answered; others may."""

    def __init__(self, reason: str) -> None:
        """`reason` is what the user reads."""
        super().__init__(reason)
        self.reason = reason


class ProviderError(WellreadError):
    """No request can succeed: wrong key, unknown model, nobody there."""


class BudgetReachedError(WellreadError):
    """The next request might cost more than is left. What is paid for is kept."""

    exit_code = 3
