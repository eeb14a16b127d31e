"""Web analytics at a glance: ``WebOverviewQuery``."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.queries.dates import DateRange
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.trends.results import plain
from dashwidgets.embedded.queries.web.sessions import periods, sessions, views

_ITEMS = (
    ("visitors", "unit", None),
    ("views", "unit", None),
    ("sessions", "unit", None),
    ("session duration", "duration_s", None),
    ("bounce rate", "percentage", True),
)


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute five numbers, each with the one of the period before when they are compared."""
    spans = periods(source, database)
    statements = [_statement(source, span, database) for span in spans]
    numbers = [[_number(value) for value in database.rows(sql)[0]] for sql in statements]
    result: list[dict[str, Any]] = []
    for at, (key, kind, is_bad) in enumerate(_ITEMS):
        scale = 100 if kind == "percentage" else 1
        value, previous = (
            None if row is None or (one := row[at]) is None else plain(one * scale)
            for row in (numbers[0], numbers[1] if len(numbers) > 1 else None)
        )
        result.append(
            {
                "key": key,
                "kind": kind,
                "isIncreaseBad": is_bad,
                "value": value,
                "previous": previous,
                "changeFromPreviousPct": _change(value, previous),
            }
        )
    return Outcome(result=result, hogql=statements[0], resolved_date_range=spans[0].resolved())


def _statement(source: dict[str, Any], span: DateRange, database: Database) -> str:
    counted = (
        "SELECT `$session_id` AS session, any(person_id) AS person, count() AS views "
        f"FROM events WHERE {views(source, span, database)} GROUP BY session"
    )
    return (
        "SELECT uniqExact(person), sum(views), uniqExact(counted.session), avg(seconds), "
        f"avg(bounced) FROM ({counted}) AS counted JOIN ({sessions(span)}) AS sessions "
        "ON counted.session = sessions.session"
    )


def _number(value: Any) -> float | None:
    """A mean of nothing is no number."""
    return None if value is None or value != value else float(value)


def _change(value: float | None, previous: float | None) -> int | None:
    if value is None or not previous:
        return None
    return round(100 * (value - previous) / previous)
