"""Put a dashboard's filters into a query, as a tile shows it (contract 7.3, 8.10)."""

from __future__ import annotations

from typing import Any, cast

_INSIGHTS = {
    "TrendsQuery",
    "FunnelsQuery",
    "RetentionQuery",
    "PathsQuery",
    "StickinessQuery",
    "LifecycleQuery",
}


def apply_filters(
    query: dict[str, Any], filters: dict[str, Any], variables: dict[str, Any]
) -> dict[str, Any]:
    """A query with filters and variables in it; the one given is left alone."""
    source = query.get("source")
    if isinstance(source, dict):
        return query | {"source": apply_filters(cast("dict[str, Any]", source), filters, variables)}
    kind = query.get("kind")
    if kind == "HogQLQuery":
        return _sql(query, filters, variables)
    if kind in _INSIGHTS:
        return _insight(query, filters)
    return query


def _insight(query: dict[str, Any], filters: dict[str, Any]) -> dict[str, Any]:
    found = dict(query)
    dates = _dates(filters)
    if dates:
        found["dateRange"] = (query.get("dateRange") or {}) | dates
    if filters.get("properties"):
        found["properties"] = _both(query.get("properties"), filters["properties"])
    if filters.get("breakdown_filter") and query["kind"] in ("TrendsQuery", "FunnelsQuery"):
        # Replaced, while properties are added: an insight has one breakdown, but any number of
        # filters.
        found["breakdownFilter"] = filters["breakdown_filter"]
    return found


def _sql(
    query: dict[str, Any], filters: dict[str, Any], variables: dict[str, Any]
) -> dict[str, Any]:
    found = dict(query)
    dates = _dates(filters)
    if dates or filters.get("properties"):
        own: dict[str, Any] = query.get("filters") or {}
        merged: dict[str, Any] = (
            {"dateRange": (own.get("dateRange") or {}) | dates} if dates else {}
        )
        if filters.get("properties"):
            merged["properties"] = _both(own.get("properties"), filters["properties"])
        found["filters"] = own | merged
    wanted = cast("dict[str, Any]", query.get("variables") or {})
    replaced = {key: variables[key] for key in wanted if key in variables}
    if replaced:
        found["variables"] = wanted | replaced
    return found


def _dates(filters: dict[str, Any]) -> dict[str, Any]:
    """The sides of the range that are set; an override of one keeps the other."""
    if not filters.get("date_from") and not filters.get("date_to"):
        return {}
    sides = ("date_from", "date_to")
    return {side: filters[side] for side in sides if side in filters}


def _both(own: Any, given: Any) -> Any:
    """Conditions of which all must hold."""
    if not own:
        return given
    if isinstance(own, list) and isinstance(given, list):
        return [*cast("list[Any]", own), *cast("list[Any]", given)]
    # Lists are joined flat; only where one side is a group does the result need one.
    return {"type": "AND", "values": [_group(own), _group(given)]}


def _group(properties: Any) -> Any:
    is_list = isinstance(properties, list)
    return {"type": "AND", "values": cast("list[Any]", properties)} if is_list else properties
