"""What an endpoint sent, read with suspicion: a reply, or which kind of failure it is."""

import json
import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

from wellread.providers.failures import BusyError, GiveUpError, ProviderError, TryAgainError, WrongProviderError
from wellread.providers.records import Reply, Request, tokens

_TOO_LONG = re.compile(
    r"context.?(?:length|window|size)|maximum context|too many tokens|too long|exceeds? the (?:model|limit)", re.I
)
_REFUSED = re.compile(r"content.?(?:policy|filter|management)|safety|moderation|flagged", re.I)
_QUOTA = re.compile(r"insufficient.?quota|billing|credit", re.I)
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """How long the server asks to wait, in seconds: `retry-after-ms`, or Retry-After as seconds or as a date."""
    try:
        if (ms := headers.get("retry-after-ms")) is not None:
            return max(0.0, float(ms) / 1000)
        if (value := headers.get("retry-after")) is None:
            return None
        if re.fullmatch(r"\s*\d+(\.\d+)?\s*", value):
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def as_object(raw: bytes) -> dict[str, Any] | None:
    """The JSON object in `raw`, or None."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def read(status: int, raw: bytes, request: Request, *, after: float | None, hide: Callable[[str], str]) -> Reply:
    """The reply in a response. Raises TryAgainError, BusyError, GiveUpError or ProviderError for anything else.

    `hide` blots the key out of what a server says. 401, 404, and a 403 that is no `is_refusal`, are the caller's.
    """
    if status != 200:
        _failed(status, hide(message(raw)), after)
    body = as_object(raw)
    if body is None:
        html = raw.lstrip()[:1] == b"<"
        raise TryAgainError("HTML instead of JSON: is the address right?" if html else "a body that is not whole JSON")
    if "error" in body and not body.get("choices"):
        _failed(500, hide(message(raw)), after)
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    if first is None:
        raise TryAgainError("a reply without choices")
    said = first.get("message") if isinstance(first, dict) else None
    if not isinstance(said, dict):
        raise TryAgainError("a reply that doesn't follow the protocol")
    text, cut, used = said.get("content"), first.get("finish_reason") == "length", body.get("usage")
    paid = (
        _count(used, "prompt_tokens", request.prompt),
        _count(used, "completion_tokens", text if isinstance(text, str) else ""),
    )
    if first.get("finish_reason") == "content_filter" or said.get("refusal"):
        raise GiveUpError("the provider refused the content", paid=paid)
    if not isinstance(text, str):
        raise TryAgainError("a reply that doesn't follow the protocol")
    if not text.strip():
        raise TryAgainError("an empty reply" + (": all its tokens went into reasoning" if cut else ""), paid=paid)
    if _BROKEN.search(text):
        raise TryAgainError("a reply with broken characters", paid=paid)
    return Reply(text=text, finish="length" if cut else "stop", tokens_in=paid[0], tokens_out=paid[1])


def _failed(status: int, why: str, after: float | None) -> NoReturn:
    said = f"{status}: {why}" if why else str(status)
    if status == 429:
        if _QUOTA.search(why):
            raise ProviderError(
                f"the provider says that the account has nothing left ({said})", "Top it up, or use another."
            )
        raise BusyError(said, after=after)
    if status >= 500 or status in (408, 409, 425):
        raise TryAgainError(f"the server failed ({said})", after=after)
    if status in (400, 403, 413, 422):
        if status == 413 or _TOO_LONG.search(why):
            raise GiveUpError(f"longer than the model's context ({said})")
        if _REFUSED.search(why):
            raise GiveUpError(f"the provider refused the content ({said})")
        if re.search(
            r"model.{0,40}(?:not found|does not exist|unknown|invalid)|unsupported.{0,20}parameter", why, re.I
        ):
            fix = "Check --model; a field of the request can be changed with --set provider.body.NAME=VALUE (null takes it out)."
            raise WrongProviderError(f"the provider can't use such requests ({said})", fix)
        raise GiveUpError(f"the provider rejects the request ({said})")
    if status == 402:
        raise ProviderError(f"the provider wants payment ({said})", "Top the account up, or use another.")
    raise TryAgainError(f"an answer that makes no sense here ({said})")


def is_refusal(raw: bytes) -> bool:
    """Whether the server says that it won't write about this content."""
    return bool(_REFUSED.search(message(raw)))


def message(raw: bytes) -> str:
    """What the server says went wrong, in one short line."""
    body = as_object(raw)
    if body is None:
        return "HTML instead of JSON" if raw.lstrip()[:1] == b"<" else ""
    error = body.get("error", body.get("detail", body.get("message", "")))
    parts = (
        [str(error.get(k)) for k in ("code", "message") if error.get(k)] if isinstance(error, dict) else [str(error)]
    )
    return _BROKEN.sub("?", " ".join(" ".join(parts).split()))[:200]


def _count(used: Any, name: str, text: str) -> int:
    """The provider's own count of tokens, or an estimate where it makes no sense."""
    value = used.get(name) if isinstance(used, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else tokens(text)
