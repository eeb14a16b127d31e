"""Web analytics at a glance: ``WebOverviewQuery``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashwidgets.embedded.queries.dates import DateRange
from dashwidgets.embedded.queries.filters.events import matches_event, within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.trends.results import plain
from dashwidgets.embedded.queries.web.sessions import VIEW, periods, sessions, views

Statement = Callable[[dict[str, Any], DateRange, Database], str]
_ITEMS = (
    ("visitors", "unit", None),
    ("views", "unit", None),
    ("sessions", "unit", None),
    ("session duration", "duration_s", None),
    ("bounce rate", "percentage", True),
)


_GOAL_ITEMS = (
    ("visitors", "unit", None),
    ("total conversions", "unit", None),
    ("unique conversions", "unit", None),
    ("conversion rate", "percentage", None),
)


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute the figures, each with the one of the period before when they are compared."""
    spans = periods(source, database)
    goal = _goal(source, database)
    items, statement = (_ITEMS, _statement) if goal is None else (_GOAL_ITEMS, _conversions(goal))
    statements = [statement(source, span, database) for span in spans]
    numbers = [[_number(value) for value in database.rows(sql)[0]] for sql in statements]
    result: list[dict[str, Any]] = []
    for at, (key, kind, is_bad) in enumerate(items):
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
        "SELECT uniqExact(person), coalesce(sum(views), 0), uniqExact(counted.session), "
        "avg(seconds), "
        f"avg(bounced) FROM ({counted}) AS counted JOIN ({sessions(span)}) AS sessions "
        "ON counted.session = sessions.session"
    )


def _goal(source: dict[str, Any], database: Database) -> str | None:
    """The condition that an event is a conversion; None where no goal is set."""
    goal = source.get("conversionGoal")
    if not goal:
        return None
    action = goal.get("actionId")
    node = {"kind": "EventsNode", "event": goal.get("customEventName")}
    if action is not None:
        node = {"kind": "ActionsNode", "id": action}
    elif not node["event"]:
        raise InvalidQuery("A conversion goal names an action or an event.", "invalid_input")
    return matches_event(node, database.schema)


def _conversions(goal: str) -> Statement:
    """Sessions with a view or a conversion: who came, and who of them converted."""

    def statement(source: dict[str, Any], span: DateRange, database: Database) -> str:
        filters = condition(source.get("properties"), database.schema)
        counted = (
            "SELECT `$session_id` AS session, any(person_id) AS person, "
            f"sum(if({goal}, 1, 0)) AS conversions, "
            f"any(if({goal}, person_id, NULL)) AS converted FROM events "
            f"WHERE ({VIEW} OR {goal}) AND {within(span)} AND {filters} GROUP BY session"
        )
        return (
            "SELECT uniqExact(person) AS people, coalesce(sum(conversions), 0), "
            "uniqExact(converted), "
            "uniqExact(converted) / nullIf(uniqExact(person), 0) "
            f"FROM ({counted}) AS counted JOIN ({sessions(span)}) AS sessions "
            "ON counted.session = sessions.session"
        )

    return statement


def _number(value: Any) -> float | None:
    """A mean of nothing is no number."""
    # ClickHouse gives NaN for the mean of nothing, DuckDB NULL.
    return None if value is None or value != value else float(value)


def _change(value: float | None, previous: float | None) -> int | None:
    if value is None or not previous:
        return None
    return round(100 * (value - previous) / previous)
