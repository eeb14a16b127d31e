"""Lifecycle: new, returning, resurrecting and dormant people (contract 13.7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dashwidgets.embedded.queries.dates import (
    BUCKET,
    DateRange,
    add_months,
    checked_interval,
    date_range,
    day_text,
    floor,
    intervals,
    label_text,
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

STATUSES = ("new", "returning", "resurrecting", "dormant")


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``LifecycleQuery``: four series, the dormant below zero."""
    schema = database.schema
    node = series_of(source)[0]
    interval = checked_interval(source.get("interval"))
    dates = date_range(source.get("dateRange") or {}, database.now(), schema.first)
    starts = intervals(dates, interval)
    step = f"toInterval{interval.capitalize()}(1)"
    # One interval earlier, or nobody could return on the first.
    early = DateRange(_before(starts[0], interval), dates.end)
    bucket = BUCKET[interval].format("timestamp")
    active = (
        f"SELECT DISTINCT person_id, {bucket} AS bucket FROM events WHERE {within(early)} "
        f"AND {matches_event(node, schema)} AND {condition(source.get('properties'), schema)}"
    )
    window = "OVER (PARTITION BY person_id ORDER BY bucket ROWS BETWEEN"
    around = (
        f"SELECT person_id, bucket, min(bucket) {window} 1 PRECEDING AND 1 PRECEDING) AS earlier, "
        f"min(bucket) {window} 1 FOLLOWING AND 1 FOLLOWING) AS later FROM ({active}) AS active"
    )
    known = (
        f"SELECT person_id, {BUCKET[interval].format('min(timestamp)')} AS born "
        "FROM events GROUP BY person_id"
    )
    returned = f"ifNull(earlier = bucket - {step}, false)"
    stayed = f"ifNull(later = bucket + {step}, false)"
    sql = (
        "SELECT bucket, multiIf(bucket = born, 'new', "
        f"{returned}, 'returning', 'resurrecting') AS status, count() "
        f"FROM ({around}) AS around JOIN ({known}) AS known "
        "ON around.person_id = known.person_id GROUP BY bucket, status "
        # In the interval after the last activity, and below zero, as the chart stacks it.
        f"UNION ALL SELECT bucket + {step} AS bucket, 'dormant' AS status, -count() "
        f"FROM ({around}) AS around WHERE NOT {stayed} GROUP BY bucket"
    )
    found: dict[tuple[str, datetime], float] = {}
    for at, status, count in database.rows(sql):
        found[(status, at)] = found.get((status, at), 0.0) + float(count)
    shown: dict[str, Any] = source.get("lifecycleFilter") or {}
    toggled = shown.get("toggledLifecycles")
    # None is all of them; an empty list is none.
    wanted = STATUSES if toggled is None else toggled
    action = {
        name: action_of(node, 0, schema)[name] for name in ("id", "name", "type", "order", "math")
    }
    result: list[dict[str, Any]] = []
    for status in STATUSES:
        if status not in wanted:
            continue
        data = [found.get((status, start), 0.0) for start in starts]
        result.append(
            {
                "action": action,
                "data": data,
                "count": sum(data),
                "labels": [label_text(start, interval) for start in starts],
                "days": [day_text(start, interval) for start in starts],
                "label": f"{event_name(node, schema)} - {status}",
                "status": status,
            }
        )
    return Outcome(result=result, hogql=sql, resolved_date_range=dates.resolved())


def _before(start: datetime, interval: Any) -> datetime:
    """The start of the interval before."""
    if interval == "month":
        return add_months(start, -1)
    return floor(start - timedelta(microseconds=1), interval)
