"""Turn an error response into an exception (contract 3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from dashwidgets.api.errors import (
    ApiError,
    BadRequest,
    Conflict,
    Forbidden,
    NotAllowed,
    NotFound,
    PaymentRequired,
    ServerError,
    Throttled,
    Unauthorized,
)
from dashwidgets.api.request import UNREADABLE

BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    405: NotAllowed,
    409: Conflict,
    429: Throttled,
}


def refusal(
    status: int, body: bytes, *, what: str = "", retry_after: str | None = None
) -> ApiError:
    """Make the error for an answer: read ``detail``, then ``error``, else the raw text (3.2)."""
    try:
        read: Any = msgspec.json.decode(body)
    except UNREADABLE:
        read = body.decode("utf-8", "replace")
    fields: dict[str, Any] = read if isinstance(read, dict) else {}  # pyright: ignore[reportUnknownVariableType]
    # Handlers written by hand send ``error`` instead of ``detail`` (contract 3.2).
    detail = fields.get("detail") or fields.get("error") or _plain(read) or f"HTTP {status}"
    kind = BY_STATUS.get(status, ServerError if status >= 500 else ApiError)
    extra: dict[str, Any] = {}
    if kind in (Throttled, ServerError):
        extra["retry_after"] = seconds_of(retry_after)
    return kind(
        status,
        # Details of some errors span lines; a message is one sentence on one line.
        " ".join(str(detail).split()),
        code=fields.get("code"),
        attr=fields.get("attr"),
        type=fields.get("type"),
        body=read,
        what=what,
        **extra,
    )


def _plain(read: Any) -> str:
    """The body if it is a short text, not a web page."""
    text = read if isinstance(read, str) else ""
    return "" if text.lstrip().startswith("<") else text[:200]


def seconds_of(retry_after: str | None) -> float | None:
    """Seconds of a ``Retry-After``, which may also be a date."""
    text = (retry_after or "").strip()
    # Nine digits: a longer number is not a wait but a mistake, and float() would accept it.
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
