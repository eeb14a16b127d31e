"""The result of an insight as a tidy frame (contract 13.10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import pandas as pd

from dashwidgets.frames.columns import Column, Kind, Table, as_series, inner, inner_list

TRENDS = Table(
    "trends",
    (
        Column("series", "text", "series", "Name of the series."),
        Column("breakdown", "text", "breakdown", "Breakdown value; missing without one."),
        Column("compared", "text", "compared", "current or previous; missing without comparison."),
        Column("day", "time", "day", "Start of the interval."),
        Column("value", "number", "value", "The value; missing when the server sent null."),
    ),
)
TOTALS = Table("totals", (*TRENDS.columns[:3], *TRENDS.columns[4:]))
FUNNEL = Table(
    "funnel",
    (
        Column("step", "integer", "order", "Step, from 0."),
        Column("name", "text", "name", "Name of the step."),
        Column("breakdown", "text", "breakdown", "Breakdown value; missing without one."),
        Column("count", "integer", "count", "People who reached the step."),
        Column("conversion", "number", "conversion", "Share of the first step, 0 to 1."),
        Column("from_previous", "number", "from_previous", "Share of the step before, 0 to 1."),
        Column(
            "average_time", "number", "average_conversion_time", "Seconds from the step before."
        ),
        Column("median_time", "number", "median_conversion_time", "Seconds from the step before."),
    ),
)
NOTHING = Table("nothing", ())

_TOTALS = {"BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"}


def result_frame(insight: Mapping[str, Any]) -> pd.DataFrame:
    """Turn an insight's result into a frame.

    Parameters
    ----------
    insight : dict
        As in contract 7.8: ``query`` and ``result``, with ``columns`` and ``types`` for SQL.

    Returns
    -------
    DataFrame
        Trends: one row a series and interval; totals: one row a series; funnels: one row a step;
        SQL: the query's own columns. ``.attrs["reason"]`` says why a frame is empty.
    """
    query = inner(insight, "query")
    source = inner(query, "source") or query
    kind = str(source.get("kind") or "unknown")
    table, rows = _shape(kind, source)
    attrs: dict[str, Any] = {
        "kind": kind,
        "name": insight.get("name") or insight.get("derived_name"),
        "last_refresh": insight.get("last_refresh"),
        "has_more": bool(insight.get("hasMore")),
        "reason": None,
    }
    result = insight.get("result")
    if result is None:
        return table.empty(**attrs | {"reason": _missing(insight)})
    if insight.get("columns") and isinstance(result, list):
        return _of_columns(insight, cast("list[Sequence[Any]]", result), attrs)
    if rows is None:
        reason = f"results of {kind} are not turned into a frame yet: read .attrs['result']"
        return table.empty(**attrs | {"reason": reason, "result": result})
    return table.to_frame(rows(result), **attrs)


def _shape(
    kind: str, source: Mapping[str, Any]
) -> tuple[Table, Callable[[Any], Iterator[dict[str, Any]]] | None]:
    if kind == "TrendsQuery":
        display = inner(source, "trendsFilter").get("display")
        return (TOTALS, _totals) if display in _TOTALS else (TRENDS, _trends)
    if kind == "FunnelsQuery":
        drawn = inner(source, "funnelsFilter").get("funnelVizType")
        return (FUNNEL, _funnel) if drawn in (None, "steps") else (NOTHING, None)
    return NOTHING, None


def _missing(insight: Mapping[str, Any]) -> str:
    status = inner(insight, "query_status")
    if status.get("error"):
        return str(status.get("error_message") or "the query failed")
    if status and not status.get("complete"):
        return "still being computed"
    return 'nothing is cached: ask with refresh="blocking"'


def _trends(result: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for series in result:
        known = _series(series)
        days, data = inner_list(series, "days"), inner_list(series, "data")
        for day, value in zip(days, data, strict=False):
            yield known | {"day": day, "value": value}


def _totals(result: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for series in result:
        yield _series(series) | {"value": series.get("aggregated_value")}


def _series(series: Mapping[str, Any]) -> dict[str, Any]:
    action = inner(series, "action")
    return {
        "series": action.get("custom_name") or action.get("name") or series.get("label"),
        "breakdown": breakdown_label(series.get("breakdown_value")),
        "compared": series.get("compare_label"),
    }


def breakdown_label(value: Any) -> str | None:
    """A breakdown value as text; several are joined."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(str(part) for part in cast("list[Any]", value))
    return str(value)


def _funnel(result: Sequence[Any]) -> Iterator[dict[str, Any]]:
    nested = bool(result) and isinstance(result[0], list)
    for steps in cast("list[list[Mapping[str, Any]]]", result if nested else [result]):
        first = before = None
        for step in steps:
            count = step.get("count") or 0
            first = count if first is None else first
            yield {
                **step,
                "name": step.get("custom_name") or step.get("name"),
                "breakdown": breakdown_label(step.get("breakdown_value")),
                "conversion": count / first if first else None,
                "from_previous": count / before if before else None,
            }
            before = count


def _of_columns(
    insight: Mapping[str, Any], rows: list[Sequence[Any]], attrs: dict[str, Any]
) -> pd.DataFrame:
    """Rows and column names, with dtypes from the ClickHouse types."""
    names: list[str] = [str(name) for name in insight["columns"]]
    types = inner_list(insight, "types") or [None] * len(names)
    frame = pd.DataFrame(
        {
            at: as_series([row[at] if at < len(row) else None for row in rows], kind_of(sent))
            for at, sent in enumerate(types[: len(names)])
        }
    )
    frame.columns = pd.Index(names)
    frame.attrs.update(attrs)
    return frame


def kind_of(sent: Any) -> Kind:
    """The kind of column for a ClickHouse type, sent alone or as ``[name, type]``."""
    name = str(sent[-1] if isinstance(sent, list) and sent else sent or "")  # pyright: ignore[reportUnknownArgumentType]
    for wrapper in ("Nullable(", "LowCardinality("):
        while name.startswith(wrapper):
            name = name.removeprefix(wrapper).removesuffix(")")
    if name.startswith(("UInt", "Int")):
        return "integer"
    if name.startswith(("Float", "Decimal")):
        return "number"
    if name.startswith("Date"):
        return "time"
    if name in ("Bool", "Boolean"):
        return "boolean"
    return "text" if name.startswith(("String", "UUID", "FixedString", "Enum")) else "object"
