"""The three ways in which a request fails: try again, give this one up, stop altogether."""

from wellread.errors import WellreadError

Paid = tuple[int, int]
"""Tokens read and written."""


class TryAgainError(Exception):
    """A fault that may pass. `after` is how long the provider asks us to wait, in seconds.

    `paid` are the tokens read and written of a reply that came but is of no use: the provider bills them all the same.
    """

    def __init__(self, reason: str, *, after: float | None = None, paid: Paid | None = None) -> None:
        """`reason` is what the user reads where no attempt helped."""
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.paid = paid


class BusyError(TryAgainError):
    """Too many requests (429): everyone waits, and fewer go out at once from then on."""


class GiveUpError(Exception):
    """This request can't be answered; others may. `paid` as in TryAgainError."""

    def __init__(self, reason: str, *, paid: Paid | None = None) -> None:
        """`reason` is what the user reads."""
        super().__init__(reason)
        self.reason = reason
        self.paid = paid


class ProviderError(WellreadError):
    """No request can succeed: the account is empty, the server is gone."""


class WrongProviderError(ProviderError):
    """What was named can't be used: a wrong key, an unknown model, an address where nobody answers."""


class BudgetReachedError(WellreadError):
    """The next request might cost more than is left. What is paid for is kept."""

    exit_code = 3
