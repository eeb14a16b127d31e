"""The envelope of every paginated list (contract 4)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dashwidgets.embedded.server.call import Call

DEFAULT_LIMIT = 100


def window(call: Call) -> tuple[int, int]:
    """``limit`` and ``offset`` of a call; what can't be read means the default."""
    return _positive(call.query.get("limit"), DEFAULT_LIMIT), _positive(call.query.get("offset"), 0)


def envelope(call: Call, count: int, results: list[Any]) -> dict[str, Any]:
    """A page with links to the next and previous one, other parameters kept."""
    limit, offset = window(call)
    following = offset + limit
    return {
        "count": count,
        "next": _address(call, limit, following) if following < count else None,
        "previous": _address(call, limit, max(0, offset - limit)) if offset > 0 else None,
        "results": results,
    }


def _address(call: Call, limit: int, offset: int) -> str:
    # Filters go along, or page two would be of another list.
    query = [pair for pair in call.query.multi_items() if pair[0] not in ("limit", "offset")]
    query += [("limit", str(limit)), *([("offset", str(offset))] if offset else [])]
    return f"{call.url}?{urlencode(sorted(query))}"


def _positive(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    if not digits.isdecimal() or len(digits) > 18:
        return default
    # A limit of 0 means the default too, not an empty page.
    return int(digits) or default
