"""Trends drawn as a calendar: one series, counted by weekday and hour.

The contract leaves the shape open (doubt 12). PostHog's own runner gives a single object like those
of 13.2 with the counts in ``calendar_heatmap_data``: days from Monday, 1, hours from 0, and over
each of them a number of its own, because people are not the sum of people.
"""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.queries.dates import date_range
from dashwidgets.embedded.queries.filters.events import (
    action_of,
    event_name,
    matches_event,
    series_of,
    within,
)
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.maths import aggregate
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.trends.results import plain

DAY = "toDayOfWeek(timestamp)"
HOUR = "toHour(timestamp)"


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``TrendsQuery`` whose display is ``CalendarHeatmap``."""
    schema = database.schema
    node = series_of(source)[0]
    dates = date_range(source.get("dateRange") or {}, database.now(), schema.first)
    over = (
        f"FROM events WHERE {within(dates)} AND {matches_event(node, schema)} "
        f"AND {condition(source.get('properties'), schema)}"
    )
    number = f"{aggregate(node, schema)} AS number"
    by_both = (
        f"SELECT {DAY} AS day, {HOUR} AS hour, {number} {over} GROUP BY day, hour ORDER BY 1, 2"
    )
    # Counted anew, not summed: a person active in two hours of a day is one person of that day.
    by_day = f"SELECT {DAY} AS day, {number} {over} GROUP BY day ORDER BY 1"
    by_hour = f"SELECT {HOUR} AS hour, {number} {over} GROUP BY hour ORDER BY 1"
    total = plain(database.rows(f"SELECT {number} {over}")[0][0] or 0)
    counted = {
        "data": [
            {"row": int(day), "column": int(hour), "value": plain(value)}
            for day, hour, value in database.rows(by_both)
            if value is not None
        ],
        "rowAggregations": [
            {"row": int(day), "value": plain(value)}
            for day, value in database.rows(by_day)
            if value is not None
        ],
        "columnAggregations": [
            {"column": int(hour), "value": plain(value)}
            for hour, value in database.rows(by_hour)
            if value is not None
        ],
        "allAggregations": total,
    }
    action = action_of(node, 0, schema)
    one: dict[str, Any] = {
        "action": {name: action[name] for name in ("id", "type", "order", "name", "math")},
        "label": node.get("custom_name") or event_name(node, schema),
        "data": [],
        "days": [],
        "count": total,
        "aggregated_value": total,
        "calendar_heatmap_data": counted,
    }
    return Outcome(result=[one], hogql=by_both, resolved_date_range=dates.resolved())
