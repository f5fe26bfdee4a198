"""How much a run may cost, in tokens or US dollars. Never exceeded: the worst case is set aside before a request is sent."""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from wellread.errors import ConfigError
from wellread.providers.failures import BudgetReachedError
from wellread.providers.records import Request, tokens

Price = tuple[float, float]
"""US dollars for a million tokens read and for a million written."""
_BUDGET = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kM]?)\s*(usd|\$|tokens?)\s*", re.IGNORECASE)
_LENGTHS = ("max_tokens", "max_completion_tokens")
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


def cost(tokens_in: int, tokens_out: int, price: Price | None) -> float:
    """US dollars; 0 where the price isn't known."""
    return (tokens_in * price[0] + tokens_out * price[1]) / 1e6 if price else 0.0


@dataclass
class Purse:
    """What is spent, what is set aside for requests under way, and how many those are."""

    spent: float = 0.0
    aside: float = 0.0
    under_way: int = 0


class Budget:
    """What may be spent, what is spent, and what is set aside for requests under way."""

    def __init__(self, text: str | None, price: Price | None) -> None:
        """`text` is '5usd', '200000tokens', '2Mtokens' or None for no bound.

        Raises ConfigError for anything else, and for a budget in money without a price.
        """
        self.price = price
        self.limit: float | None = None
        self.unit = "tokens"
        self.purse = Purse()
        if text is None:
            return
        found = _BUDGET.fullmatch(text)
        if not found:
            raise ConfigError(f"budget {text!r}", "Write it as 5usd, 200000tokens or 2Mtokens.")
        self.limit = float(found[1]) * _TIMES[found[2].casefold()]
        self.unit = "tokens" if found[3].casefold().startswith("token") else "usd"
        if self.unit == "usd" and price is None:
            raise ConfigError(
                f"a budget of {text} needs the model's price",
                "Give --price IN/OUT, in US dollars for a million tokens read and written, or a budget in tokens.",
            )

    def at(self, price: Price | None) -> "Budget":
        """The same budget for a model of another price."""
        other = copy(self)
        other.price = price
        return other

    def amount(self, tokens_in: int, tokens_out: int) -> float:
        """What so many tokens cost, in the budget's unit."""
        return cost(tokens_in, tokens_out, self.price) if self.unit == "usd" else float(tokens_in + tokens_out)

    def worst(self, request: Request, body: Mapping[str, Any]) -> float:
        """The most that `request` can cost; `body` are fields that are sent with it and may allow longer replies."""
        longest = max([request.max_tokens, *(n for name in _LENGTHS if isinstance(n := body.get(name), int))])
        return self.amount(tokens(request.prompt) + 16, longest)

    def spend(self, tokens_in: int, tokens_out: int) -> None:
        """Count what was paid for: by the run's earlier attempts, or for a reply that is of no use."""
        self.purse.spent += self.amount(tokens_in, tokens_out)

    def fits(self, amount: float) -> bool:
        """Whether `amount` more can be set aside."""
        return self.limit is None or self.purse.spent + self.purse.aside + amount <= self.limit

    def reserve(self, amount: float) -> bool:
        """Set `amount` aside; False where it would not fit."""
        if not self.fits(amount):
            return False
        self.purse.aside += amount
        self.purse.under_way += 1
        return True

    def settle(self, reserved: float, amount: float) -> None:
        """A request that `reserved` was set aside for has ended and cost `amount`."""
        self.purse.aside -= reserved
        self.purse.under_way -= 1
        self.purse.spent += amount

    def reached(self, done: int, total: int) -> BudgetReachedError:
        """The error to raise, with how far the work has come."""
        have = (
            f"{self.purse.spent:.4g} of {self.limit:g} usd"
            if self.unit == "usd"
            else f"{self.purse.spent:,.0f} of {self.limit:,.0f} tokens"
        )
        return BudgetReachedError(
            f"budget reached: {have} spent, {done} of {total} requests done",
            "The same command with a larger --budget continues; what is done isn't paid again.",
        )
