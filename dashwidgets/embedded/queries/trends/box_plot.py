"""Trends drawn as box plots: how a property's values are spread in each interval."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.queries.dates import (
    BUCKET,
    checked_interval,
    date_range,
    day_text,
    intervals,
    label_text,
)
from dashwidgets.embedded.queries.filters.events import event_name, matches_event, series_of, within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.maths import measured
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import QueryError

_SPREAD = {
    "min": "min({})",
    # Exact: `quantile` is an estimate, and differs from run to run.
    "p25": "quantileExactInclusive(0.25)({})",
    "median": "quantileExactInclusive(0.5)({})",
    "p75": "quantileExactInclusive(0.75)({})",
    "max": "max({})",
    "mean": "avg({})",
}


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``TrendsQuery`` whose display is ``BoxPlot``: a row a series and interval."""
    schema = database.schema
    nodes = series_of(source)
    if not all(node.get("math_property") for node in nodes):
        raise QueryError("A numeric property must be selected for box plot.", "required")
    interval = checked_interval(source.get("interval"))
    dates = date_range(source.get("dateRange") or {}, database.now(), schema.first)
    bucket = BUCKET[interval].format("timestamp")
    result: list[dict[str, Any]] = []
    sql = ""
    for order, node in enumerate(nodes):
        column = measured(node, schema)
        spread = ", ".join(one.format(column) for one in _SPREAD.values())
        sql = (
            f"SELECT {bucket} AS bucket, {spread} FROM events WHERE {within(dates)} "
            f"AND {matches_event(node, schema)} AND {condition(source.get('properties'), schema)} "
            f"AND {column} IS NOT NULL GROUP BY bucket"
        )
        found = {row[0]: [float(value) for value in row[1:]] for row in database.rows(sql)}
        name = node.get("custom_name") or event_name(node, schema)
        for start in intervals(dates, interval):
            # An interval without a value is drawn at zero.
            values = found.get(start, [0.0] * len(_SPREAD))
            result.append(
                {
                    "day": day_text(start, interval),
                    "label": label_text(start, interval),
                    **dict(zip(_SPREAD, values, strict=True)),
                    "series_index": order,
                    "series_label": f"{name} - {node['math_property']}",
                }
            )
    return Outcome(result=result, hogql=sql, resolved_date_range=dates.resolved())
