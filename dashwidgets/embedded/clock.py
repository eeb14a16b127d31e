"""Time as the API writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_set_back = timedelta()


def set_back(days: int) -> None:
    """Let this process live so many days ago, so that a sample can be seen to move on."""
    global _set_back
    _set_back = timedelta(days=days)


def now() -> datetime:
    """The present, UTC; an earlier one once the clock was set back."""
    return datetime.now(UTC) - _set_back


def iso(moment: datetime) -> str:
    """ISO 8601 ending in Z; the fraction is absent when it is zero (contract 1)."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def stamp() -> str:
    """The current time as the API writes it."""
    return iso(now())
