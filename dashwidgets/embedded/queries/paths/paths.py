"""Paths: where people go next (contract 13.5)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.queries.dates import date_range
from dashwidgets.embedded.queries.filters.events import within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.paths.items import item, which_events
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.dialect import literal

STEPS, EDGES = 5, 50
PAUSE = 30 * 60
"""Seconds without an event from which on a new journey begins."""


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``PathsQuery``: links from step to step, the most walked first."""
    shown: dict[str, Any] = source.get("pathsFilter") or {}
    steps, edges = shown.get("stepLimit") or STEPS, shown.get("edgeLimit") or EDGES
    if not isinstance(steps, int) or not isinstance(edges, int) or not 1 < steps <= 20:
        raise InvalidQuery("stepLimit must be between 2 and 20, edgeLimit a number.")
    dates = date_range(source.get("dateRange") or {}, database.now(), database.schema.first)
    where = f"{within(dates)} AND {condition(source.get('properties'), database.schema)}"
    sql = statement(shown, where, database.schema, steps, edges)
    result = [
        {
            "source": f"{int(step)}_{source_name}",
            "target": f"{int(step) + 1}_{target_name}",
            "value": int(value),
            "average_conversion_time": float(time),
        }
        for step, source_name, target_name, value, time in database.rows(sql)
    ]
    return Outcome(result=result, hogql=sql, resolved_date_range=dates.resolved())


def statement(shown: dict[str, Any], where: str, schema: Schema, steps: int, edges: int) -> str:
    """ClickHouse SQL: events to journeys, journeys to steps, steps to links."""
    order = "PARTITION BY person_id ORDER BY timestamp, uuid"
    before = f"OVER ({order} ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)"
    rows = (
        f"SELECT person_id, timestamp, uuid, {item(shown, schema)} AS item FROM events "
        f"WHERE {where} AND ({which_events(shown)})"
    )
    excluded: list[Any] = shown.get("excludeEvents") or []
    if excluded:
        without = ", ".join(literal(str(one)) for one in excluded)
        rows = f"SELECT * FROM ({rows}) AS all_rows WHERE item NOT IN ({without})"
    gaps = (
        f"SELECT *, dateDiff('millisecond', min(timestamp) {before}, timestamp) AS gap "
        f"FROM ({rows}) AS rows"
    )
    journeys = (
        f"SELECT *, sum(if(gap >= {PAUSE * 1000}, 1, 0)) OVER ({order} "
        f"ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS journey FROM ({gaps}) AS gaps"
    )
    journey = "PARTITION BY person_id, journey ORDER BY timestamp, uuid"
    after = f"any(item) OVER ({journey} ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS next_item"
    # Of a place that is seen several times in a row, the server keeps the last time.
    moved = (
        "SELECT person_id, timestamp, uuid, item, journey "
        f"FROM (SELECT *, {after} FROM ({journeys}) AS journeys) AS followed "
        "WHERE item != ifNull(next_item, '')"
    )
    start, end = shown.get("startPoint"), shown.get("endPoint")
    if start:
        moved = _from(moved, literal(start), journey)
    if end:
        moved = _until(moved, literal(end), journey, steps)
    numbered = (
        f"SELECT *, row_number() OVER ({journey}) AS step, "
        f"any(item) OVER ({journey} ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING) AS came_from, "
        f"min(timestamp) OVER ({journey} ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING) AS came_at "
        f"FROM ({moved}) AS moved"
    )
    return (
        "SELECT step - 1 AS step, came_from, item, count() AS value, "
        "avg(dateDiff('millisecond', came_at, timestamp)) AS time "
        f"FROM ({numbered}) AS numbered WHERE step > 1 AND step <= {steps} "
        f"GROUP BY step, came_from, item HAVING {_weight(shown)} "
        "ORDER BY value DESC, concat(toString(step), '_', came_from), "
        f"concat(toString(step + 1), '_', item) LIMIT {edges}"
    )


def _from(moved: str, start: str, journey: str) -> str:
    """Journeys from where they first reach a place."""
    begun = (
        f"max(if(item = {start}, 1, 0)) OVER ({journey} "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS begun"
    )
    return f"SELECT * FROM (SELECT *, {begun} FROM ({moved}) AS moved) AS started WHERE begun = 1"


def _until(moved: str, end: str, journey: str, steps: int) -> str:
    """The last steps of journeys up to where they first reach a place."""
    is_end = f"sum(if(item = {end}, 1, 0))"
    soon = f"{is_end} OVER ({journey} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS ends"
    ever = f"{is_end} OVER (PARTITION BY person_id, journey) AS all_ends"
    backwards = "PARTITION BY person_id, journey ORDER BY timestamp DESC, uuid DESC"
    cut = (
        "SELECT person_id, timestamp, uuid, item, journey FROM "
        f"(SELECT *, {soon}, {ever} FROM ({moved}) AS moved) AS ended "
        f"WHERE all_ends > 0 AND (ends = 0 OR (ends = 1 AND item = {end}))"
    )
    numbered = f"SELECT *, row_number() OVER ({backwards}) AS back FROM ({cut}) AS cut"
    return f"SELECT * FROM ({numbered}) AS kept WHERE back <= {steps}"


def _weight(shown: dict[str, Any]) -> str:
    """How often a link must have been walked."""
    least, most = shown.get("minEdgeWeight"), shown.get("maxEdgeWeight")
    for given in (least, most):
        if given is not None and not isinstance(given, int):
            raise InvalidQuery("minEdgeWeight and maxEdgeWeight must be numbers.")
    return f"count() >= {least or 1}" + (f" AND count() <= {most}" if most else "")
