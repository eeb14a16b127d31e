"""Retention: who comes back, and after how long (contract 13.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dashwidgets.local.queries.breakdowns import breakdown_of
from dashwidgets.local.queries.dates import (
    BUCKET,
    DateRange,
    add_months,
    checked_interval,
    floor,
    intervals,
    moment,
)
from dashwidgets.local.queries.events import matches_event, within
from dashwidgets.local.queries.outcome import Database, Outcome
from dashwidgets.local.queries.problem import InvalidQuery, refuse, unsupported
from dashwidgets.local.queries.properties import condition

DEFAULT_INTERVALS = 8
MOST_INTERVALS = 100
_REFUSED = (
    "cumulative",
    "retentionCustomBrackets",
    "aggregationProperty",
)


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``RetentionQuery``: a cohort for each interval, as wide as there is data."""
    shown: dict[str, Any] = source.get("retentionFilter") or {}
    if breakdown_of(source, database.schema):
        raise unsupported("retention with a breakdown")
    refuse(shown, _REFUSED, "retention")
    if shown.get("minimumOccurrences") not in (None, 1):
        raise unsupported("retention with minimumOccurrences")
    if shown.get("aggregationType") not in (None, "count"):
        raise unsupported(f"retention by {shown['aggregationType']}")
    if shown.get("retentionType") not in (None, "retention_first_time", "retention_recurring"):
        raise unsupported(f"retention of type {shown['retentionType']}")
    first_time = shown.get("retentionType") == "retention_first_time"
    period = checked_interval(str(shown.get("period") or "Day").lower())
    count = shown.get("totalIntervals") or DEFAULT_INTERVALS
    if not isinstance(count, int) or not 1 < count <= MOST_INTERVALS:
        raise InvalidQuery(f"totalIntervals must be between 2 and {MOST_INTERVALS}.")
    dates = _dates(source, database.now(), period, count)
    starts = intervals(dates, period)[-count:]

    schema = database.schema
    filters = condition(source.get("properties"), schema)
    target = f"({matches_event(_entity(shown, 'targetEntity'), schema)}) AND {filters}"
    returning = f"({matches_event(_entity(shown, 'returningEntity'), schema)}) AND {filters}"
    bucket = BUCKET[period].format("timestamp")
    if first_time:
        began = (
            f"SELECT person_id, {BUCKET[period].format('min(timestamp)')} AS cohort FROM events "
            f"WHERE {target} GROUP BY person_id"
        )
    else:
        began = (
            f"SELECT DISTINCT person_id, {bucket} AS cohort FROM events "
            f"WHERE {target} AND {within(dates)}"
        )
    came = (
        f"SELECT DISTINCT person_id, {bucket} AS seen FROM events "
        f"WHERE {returning} AND {within(dates)}"
    )
    sizes = f"SELECT cohort, uniqExact(person_id) FROM ({began}) AS began GROUP BY cohort"
    joined = (
        f"SELECT cohort, seen, uniqExact(began.person_id) FROM ({began}) AS began "
        f"JOIN ({came}) AS came ON began.person_id = came.person_id "
        "WHERE seen > cohort GROUP BY cohort, seen"
    )
    size = {row[0]: int(row[1]) for row in database.rows(sizes)}
    back = {(row[0], row[1]): int(row[2]) for row in database.rows(joined)}
    label = period.capitalize()
    result = [
        {
            "date": f"{cohort.isoformat()}Z",
            "label": f"{label} {at}",
            "values": [
                {
                    "count": size.get(cohort, 0) if seen == cohort else back.get((cohort, seen), 0),
                    "label": f"{label} {after}",
                }
                for after, seen in enumerate(starts[at:])
            ],
        }
        for at, cohort in enumerate(starts)
    ]
    return Outcome(result=result, hogql=joined, resolved_date_range=dates.resolved())


def _dates(source: dict[str, Any], now: datetime, period: Any, count: int) -> DateRange:
    """As many intervals as are shown, up to the end of the date range."""
    given: dict[str, Any] = source.get("dateRange") or {}
    until = given.get("date_to")
    end = moment(str(until), now, end=True) if until else now
    last = floor(end, period)
    back = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
    first = add_months(last, 1 - count) if period == "month" else last - back[period] * (count - 1)
    return DateRange(first, end)


def _entity(shown: dict[str, Any], name: str) -> dict[str, Any]:
    """The event that counts; a page view when none is named."""
    entity: dict[str, Any] = shown.get(name) or {}
    if entity.get("type") not in (None, "events"):
        raise unsupported(f"retention of {entity['type']}")
    # An id of null means every event.
    event = entity["id"] if "id" in entity else entity.get("name", "$pageview")
    return {"kind": "EventsNode", "event": event, "properties": entity.get("properties")}
