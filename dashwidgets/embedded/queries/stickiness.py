"""Stickiness: on how many days people are active (contract 13.6)."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from dashwidgets.embedded.queries.dates import (
    BUCKET,
    DateRange,
    checked_interval,
    compared,
    date_range,
    intervals,
)
from dashwidgets.embedded.queries.filters.events import (
    action_of,
    event_name,
    matches_event,
    series_of,
    within,
)
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database, Outcome


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``StickinessQuery``."""
    shown: dict[str, Any] = source.get("stickinessFilter") or {}
    interval = checked_interval(source.get("interval"))
    cumulative = shown.get("computedAs") == "cumulative"
    dates = date_range(source.get("dateRange") or {}, database.now(), database.schema.first)
    spans = compared(source.get("compareFilter"), dates)
    result: list[dict[str, Any]] = []
    sql = ""
    for label, span in spans:
        # Of the current range for both periods, so that the two series have equal lengths.
        days = list(range(1, len(intervals(dates, interval)) + 1))
        for order, node in enumerate(series_of(source)):
            sql = _statement(node, source, span, interval, database)
            by_count = {int(row[0]): int(row[1]) for row in database.rows(sql)}
            data = [by_count.get(day, 0) for day in days]
            if cumulative:
                data = list(accumulate(reversed(data)))[::-1]
            action = action_of(node, order, database.schema)
            made: dict[str, Any] = {
                "count": sum(data),
                "data": data,
                "days": days,
                "labels": [_label(day, interval, cumulative=cumulative) for day in days],
                "label": node.get("custom_name") or event_name(node, database.schema),
                "action": {name: action[name] for name in ("order", "type", "name", "id")},
            }
            if len(spans) > 1:
                made |= {"compare": True, "compare_label": label}
            result.append(made)
    return Outcome(result=result, hogql=sql, resolved_date_range=dates.resolved())


def _statement(
    node: dict[str, Any], source: dict[str, Any], span: DateRange, interval: Any, database: Database
) -> str:
    schema = database.schema
    bucket = BUCKET[interval].format("timestamp")
    return (
        "SELECT active, count() FROM ("
        f"SELECT person_id, uniqExact({bucket}) AS active FROM events "
        f"WHERE {within(span)} AND {matches_event(node, schema)} "
        f"AND {condition(source.get('properties'), schema)} GROUP BY person_id"
        ") AS people GROUP BY active"
    )


def _label(count: int, interval: str, *, cumulative: bool) -> str:
    text = f"{count} {interval}{'' if count == 1 else 's'}"
    return f"{text} or more" if cumulative else text
