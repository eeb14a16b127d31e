"""Time as the API writes it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The current time, UTC."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """ISO 8601 ending in Z; the fraction is absent when it is zero (contract 1)."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def stamp() -> str:
    """The current time as the API writes it."""
    return iso(now())
