"""The result of an insight as a tidy frame (contract 13.10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import pandas as pd

from dashwidgets.frames.arrays import Kind, as_series
from dashwidgets.frames.columns import Table, inner, inner_list
from dashwidgets.frames.result_tables import (
    FUNNEL,
    HEATMAP,
    LIFECYCLE,
    NOTHING,
    PATHS,
    RETENTION,
    STICKINESS,
    TIME_TO_CONVERT,
    TOTALS,
    TRENDS,
)

Row = dict[str, Any]
Rows = Callable[[Any], Iterator[Row]]

_TOTALS = {"BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"}


def result_frame(insight: Mapping[str, Any], *, error: str | None = None) -> pd.DataFrame:
    """Turn an insight's result into a frame.

    Parameters
    ----------
    insight : dict
        As in contract 7.8: ``query`` and ``result``, with ``columns`` and ``types`` for SQL.
    error : str, optional
        What went wrong as it was read: the frame's reason, and it is not complete.

    Returns
    -------
    DataFrame
        Trends and lifecycle: a row a series and interval; totals: a row a series; funnels: a row
        a step; retention: a row a cohort and period; paths: a row a link; stickiness: a row a
        number of intervals; SQL: the query's own columns. ``.attrs["reason"]`` says why a frame
        is empty; ``.attrs["kind"]``, ``["name"]``, ``["last_refresh"]``, ``["has_more"]``;
        ``["complete"]``: all of it is there.
    """
    frame = _read(insight)
    if error is not None:
        frame.attrs.update(complete=False, reason=error)
    return frame


def _read(insight: Mapping[str, Any]) -> pd.DataFrame:
    query = inner(insight, "query")
    source = inner(query, "source") or query
    kind = str(source.get("kind") or "unknown")
    table, rows = _shape(kind, source)
    attrs: dict[str, Any] = {
        "kind": kind,
        "name": insight.get("name") or insight.get("derived_name"),
        "last_refresh": insight.get("last_refresh"),
        "has_more": bool(insight.get("hasMore")),
        "complete": not insight.get("hasMore"),
        "reason": None,
    }
    result = insight.get("result")
    if result is None:
        return table.empty(**attrs | {"complete": False, "reason": _missing(insight)})
    in_columns = isinstance(insight.get("columns"), list) and isinstance(result, list)
    if rows is None and not in_columns:
        reason = f"results of kind {kind} are not known: read .attrs['result']"
        return table.empty(**attrs | {"complete": False, "reason": reason, "result": result})
    try:
        if rows is None or in_columns:
            return _of_columns(insight, cast("list[list[Any]]", result), attrs)
        if not isinstance(result, dict if rows is _bins else list):
            raise TypeError("an object where a list belongs, or a list where an object does")
        return table.to_frame(rows(result), **attrs)
    except (AttributeError, KeyError, TypeError, ValueError):
        reason = f"this result of a {kind} has another shape: read .attrs['result']"
        return table.empty(**attrs | {"complete": False, "reason": reason, "result": result})


def retention_matrix(frame: pd.DataFrame, value: str = "share") -> pd.DataFrame:
    """A retention frame as the triangle people know: a row a cohort, a column a period."""
    return frame.pivot_table(index="cohort", columns="period", values=value, observed=True)


def _shape(kind: str, source: Mapping[str, Any]) -> tuple[Table, Rows | None]:
    if kind == "TrendsQuery":
        display = inner(source, "trendsFilter").get("display")
        if display == "CalendarHeatmap":
            return HEATMAP, _heatmap
        return (TOTALS, _totals) if display in _TOTALS else (TRENDS, _trends)
    if kind == "FunnelsQuery":
        drawn = inner(source, "funnelsFilter").get("funnelVizType") or "steps"
        return {
            "steps": (FUNNEL, _funnel),
            "time_to_convert": (TIME_TO_CONVERT, _bins),
            "trends": (TRENDS, _trends),
        }.get(str(drawn), (NOTHING, None))
    return {
        "RetentionQuery": (RETENTION, _retention),
        "PathsQuery": (PATHS, _paths),
        "StickinessQuery": (STICKINESS, _stickiness),
        "LifecycleQuery": (LIFECYCLE, _lifecycle),
    }.get(kind, (NOTHING, None))


def _missing(insight: Mapping[str, Any]) -> str:
    if insight.get("user_access_level") == "none":
        return "you may not see this insight"
    status = inner(insight, "query_status")
    if status.get("error"):
        return str(status.get("error_message") or "the query failed")
    if status and not status.get("complete"):
        return "still being computed"
    return 'nothing is cached: ask with refresh="blocking"'


def _trends(result: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for series in result:
        known = _series(series)
        days, data = inner_list(series, "days"), inner_list(series, "data")
        for day, value in zip(days, data, strict=False):
            yield known | {"day": day, "value": value}


def _totals(result: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for series in result:
        yield _series(series) | {"value": series.get("aggregated_value")}


def _heatmap(result: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for series in result:
        for cell in series["calendar_heatmap_data"]["data"]:
            yield _series(series) | cell


def _series(series: Mapping[str, Any]) -> Row:
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


def _funnel(result: Sequence[Any]) -> Iterator[Row]:
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
                "dropped": None if before is None else before - count,
            }
            before = count


def _bins(result: Mapping[str, Any]) -> Iterator[Row]:
    for seconds, count in result["bins"]:
        yield {"seconds": seconds, "count": count}


def _retention(result: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for cohort in result:
        values = cast("list[Mapping[str, Any]]", inner_list(cohort, "values"))
        size = values[0].get("count") if values else None
        for period, value in enumerate(values):
            count = value.get("count")
            yield {
                "cohort": cohort.get("date"),
                "breakdown": breakdown_label(cohort.get("breakdown_value")),
                "period": period,
                "count": count,
                "share": count / size if size and count is not None else None,
            }


def _paths(result: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for link in result:
        step, _, source = str(link["source"]).partition("_")
        waited = link.get("average_conversion_time")
        yield {
            "step": int(step),
            "source": source,
            "target": str(link["target"]).partition("_")[2],
            "value": link.get("value"),
            "average_time": None if waited is None else waited / 1000,
        }


def _stickiness(result: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for series in result:
        known = _series(series)
        days, data = inner_list(series, "days"), inner_list(series, "data")
        for intervals, value in zip(days, data, strict=False):
            yield known | {"intervals": intervals, "value": value}


def _lifecycle(result: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for series in result:
        known = _series(series) | {"status": series.get("status")}
        days, data = inner_list(series, "days"), inner_list(series, "data")
        for day, value in zip(days, data, strict=False):
            yield known | {"day": day, "value": value}


def _of_columns(insight: Mapping[str, Any], rows: list[list[Any]], attrs: Row) -> pd.DataFrame:
    """Rows and column names, with dtypes from the ClickHouse types."""
    if not all(isinstance(row, list) for row in rows):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("a row that is no list")
    names: list[str] = [str(name) for name in insight["columns"]]
    types = [*inner_list(insight, "types"), *[None] * len(names)]
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
