"""The query parameters of the insights list: filters and order (contract 12.5)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, cast

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.queries.dates import moment
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.errors import invalid
from dashwidgets.embedded.storage import Row, Storage

LONGEST_SEARCH = 200

_SOURCES = {
    "TRENDS": "TrendsQuery",
    "FUNNELS": "FunnelsQuery",
    "RETENTION": "RetentionQuery",
    "PATHS": "PathsQuery",
    "STICKINESS": "StickinessQuery",
    "LIFECYCLE": "LifecycleQuery",
    "SQL": "HogQLQuery",
}
_DATES = {
    "date": "last_modified_at",
    "created_date": "created_at",
    "last_viewed_date": "last_viewed_at",
}
_ORDERS = {
    "name", "created_at", "last_modified_at", "last_viewed_at", "created_by", "updated_at", "id",
}  # fmt: skip


_NARROW = {
    *("search", "short_id", "saved", "favorited", "user", "insight", "dashboards", "tags"),
    *("created_by", "order", *(f"{name}_{side}" for name in _DATES for side in ("from", "to"))),
}


def is_narrowed(call: Call) -> bool:
    """Whether any parameter leaves rows out or orders them."""
    return not _NARROW.isdisjoint(call.query)


def narrowed(call: Call, rows: list[Row]) -> list[Row]:
    """The rows that every parameter lets through."""
    query = call.query
    words = query.get("search", "").lower()
    if len(words) > LONGEST_SEARCH:
        raise invalid(f"Search query must be {LONGEST_SEARCH} characters or fewer.", "search")
    if words:
        rows = [row for row in rows if words in _searched(row)]
    if query.get("short_id"):
        rows = [row for row in rows if row["short_id"] == query["short_id"]]
    for name in ("saved", "favorited"):
        if name in query:
            # ``?saved`` without a value means true.
            wanted = query[name].lower() in ("true", "1", "")
            rows = [row for row in rows if bool(row[name]) == wanted]
    if "user" in query:
        rows = [row for row in rows if row["created_by"] == call.actor.id]
    if query.get("insight"):
        rows = [row for row in rows if _is_a(row, query["insight"].upper())]
    for board in _listed(query.get("dashboards")):
        on_it = _shown_on(call.context.storage, board)
        rows = [row for row in rows if row["id"] in on_it]
    # A JSON array here, repeated parameters on the list of dashboards (contract 12.5, 8.1).
    if tags := _listed(query.get("tags")):
        rows = [row for row in rows if any(tag in json.loads(row["tags"]) for tag in tags)]
    if authors := _listed(query.get("created_by")):
        rows = [row for row in rows if row["created_by"] in authors]
    for prefix, column in _DATES.items():
        since = _date(query.get(f"{prefix}_from"), end=False)
        until = _date(query.get(f"{prefix}_to"), end=True)
        if since or until:
            rows = [row for row in rows if _is_between(row.get(column), since, until)]
    order = query.get("order", "")
    if (column := order.removeprefix("-")) in _ORDERS:
        rows = sorted(rows, key=lambda row: _rank(row.get(column)), reverse=order.startswith("-"))
    return rows


def _rank(value: Any) -> tuple[bool, Any]:
    # None sorts first, as in SQLite; comparing it with text would raise.
    return value is not None, value


def _is_a(row: Row, wanted: str) -> bool:
    query: dict[str, Any] = json.loads(row["query"] or "{}")
    source = query.get("source")
    kind = cast("dict[str, Any]", source if isinstance(source, dict) else query).get("kind")
    if wanted == "JSON":
        return bool(query) and kind not in _SOURCES.values()
    return kind is not None and kind == _SOURCES.get(wanted)


def _shown_on(storage: Storage, dashboard: Any) -> set[int]:
    """Insights of a dashboard that is not deleted; a value that is no id names none."""
    if not isinstance(dashboard, int):
        return set()
    rows = storage.all(
        "SELECT insight_id FROM tile JOIN dashboard ON dashboard.id = dashboard_id "
        "WHERE dashboard_id = ? AND NOT coalesce(tile.deleted, 0) AND NOT dashboard.deleted",
        dashboard,
    )
    return {row["insight_id"] for row in rows}


def _is_between(text: str | None, since: datetime | None, until: datetime | None) -> bool:
    if text is None:
        return False
    at = datetime.fromisoformat(text).replace(tzinfo=None)
    return (since is None or at >= since) and (until is None or at <= until)


def _date(text: str | None, *, end: bool) -> datetime | None:
    """One end of a range; text that is not a date leaves it open."""
    try:
        return moment(text, now().replace(tzinfo=None), end=end) if text else None
    except (InvalidQuery, OverflowError, ValueError):
        return None


def _searched(row: Row) -> str:
    texts = (row["name"], row["derived_name"], row["description"], row["tags"])
    return "\n".join(text or "" for text in texts).lower()


def _listed(text: str | None) -> list[Any]:
    """A JSON array in a query parameter; a single value counts as an array of one."""
    if not text:
        return []
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return [text]
    return value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]
