"""Choose how to read a result, and report whatever could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from dashwidgets.frames.columns import Table, by_path, inner
from dashwidgets.frames.results import funnels, retention, series, tables
from dashwidgets.frames.results.kinds import Shape, kind_of, settings_of, source_of
from dashwidgets.frames.results.paths import paths
from dashwidgets.frames.results.periods import with_periods
from dashwidgets.frames.results.reading import Read, Reading, Row
from dashwidgets.frames.results.rows import frame_of_rows
from dashwidgets.frames.results.web import overview

SHAPES: Mapping[Shape, tuple[Table, Read | None]] = {
    "series": (tables.TRENDS, series.trends),
    "totals": (tables.TOTALS, series.totals),
    "boxes": (tables.BOXES, series.boxes),
    "calendar": (tables.HEATMAP, series.calendar),
    "hours": (tables.HEATMAP, series.hours),
    "steps": (tables.FUNNEL, funnels.steps),
    "times": (tables.TIME_TO_CONVERT, funnels.times),
    "retention": (tables.RETENTION, retention.cohorts),
    "paths": (tables.PATHS, paths),
    "stickiness": (tables.STICKINESS, series.stickiness),
    "lifecycle": (tables.LIFECYCLE, series.lifecycle),
    "overview": (tables.OVERVIEW, overview),
    "columns": (tables.NOTHING, None),  # the query's own
}
"""How each shape of the table of kinds is read, and the columns it has."""


CUT = "the server sent the first rows only"


def result_frame(insight: Mapping[str, Any], *, error: str | None = None) -> pd.DataFrame:
    """Turn an insight's result into a frame.

    Parameters
    ----------
    insight : dict
        As in contract 7.8: ``query`` (or the ``filters`` of an old insight) and ``result``, with
        ``columns`` and ``types`` for SQL.
    error : str, optional
        What went wrong as it was read: the frame's reason, and it is not complete.

    Returns
    -------
    DataFrame
        Trends and lifecycle: a row per series and interval; totals: a row per series; box plots: a
        row a series and interval; funnels: a row per step; retention: a row per cohort and period;
        paths: a row per link; stickiness: a row per number of intervals; web overview: a row per
        figure; SQL: the query's own columns. Where periods are compared, ``compared`` says which.
        ``.attrs["complete"]``: all of the result is there. If not, ``.attrs["reason"]`` says why,
        and where a value could not be read, ``.attrs["result"]`` is the result as it was sent. Also
        ``["kind"]``, ``["name"]``, ``["last_refresh"]``, ``["has_more"]``.
    """
    frame = _read(insight)
    if error is not None:
        frame.attrs.update(complete=False, reason=error)
    return frame


def _read(insight: Mapping[str, Any]) -> pd.DataFrame:
    kind = kind_of(insight)
    query = str(source_of(insight).get("kind") or "unknown")
    attrs: dict[str, Any] = {
        "kind": query,
        "name": insight.get("name") or insight.get("derived_name"),
        "last_refresh": insight.get("last_refresh"),
        "has_more": bool(insight.get("hasMore")),
        "complete": not insight.get("hasMore"),
        "reason": CUT if insight.get("hasMore") else None,
    }
    table, read = SHAPES[kind.shape] if kind else (tables.NOTHING, None)
    result = insight.get("result")
    if result is None:
        return table.empty(**attrs | {"complete": False, "reason": _missing(insight)})
    # Rows with named columns need no table of kinds: they describe themselves.
    has_columns = isinstance(insight.get("columns"), list) and isinstance(result, list)
    # The result goes along as it was sent: what we can't read, the user still can.
    if read is None and not has_columns:
        reason = f"results of {_named(insight, query)} are not known: see .attrs['result']"
        return table.empty(**attrs | {"complete": False, "reason": reason, "result": result})
    reading = Reading(insight)
    try:
        if read is None or has_columns:
            frame = frame_of_rows(reading, cast("list[Any]", result))
            frame.attrs.update(attrs)
        else:
            whole: Any = cast("Any", result)
            if kind and kind.compared:
                whole = with_periods(reading, whole)
            rows = list(read(reading, whole))
            frame = table.to_frame(rows, **attrs)
            _check(reading, table, rows, frame)
    # Readers index what they expect; any surprise of a server's ends here, in words.
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        reason = f"this result of a {query} has an unexpected shape: see .attrs['result']"
        return table.empty(**attrs | {"complete": False, "reason": reason, "result": result})
    frame.attrs.update(reading.attrs)
    if reading.notes:
        said = "; ".join(dict.fromkeys(reading.notes))
        reason = f"{said}: see .attrs['result']"
        frame.attrs.update(complete=False, reason=reason, result=result)
    return frame


def _check(reading: Reading, table: Table, rows: list[Row], frame: pd.DataFrame) -> None:
    """Note values that do not fit their column: no cell is emptied silently."""
    find = by_path(rows)
    for column in table.columns:
        # Object columns hold anything, so nothing can be lost in them.
        if column.kind == "object":
            continue
        sent = column.values(rows, find)
        lost = sum(
            value is not None and not _is_same(value, kept)
            for value, kept in zip(sent, frame[column.name].tolist(), strict=True)
        )
        if lost:
            some = f"{lost} values are" if lost > 1 else "1 value is"
            reading.notes.append(f"{some} not what a column {column.name} holds")


def _is_same(sent: Any, kept: Any) -> bool:
    if kept is None or kept is pd.NA or kept is pd.NaT or kept != kept:
        return False
    # Whole numbers past 2**53 would be rounded; comparing with the float is exact.
    return not isinstance(sent, int | float) or sent == kept


def _named(insight: Mapping[str, Any], query: str) -> str:
    shown = settings_of(source_of(insight))
    display = shown.get("display") or shown.get("funnelVizType")
    return f"kind {query}" + (f" displayed as {display}" if display else "")


def _missing(insight: Mapping[str, Any]) -> str:
    if insight.get("user_access_level") == "none":
        return "you do not have access to this insight"
    status = inner(insight, "query_status")
    if status.get("error"):
        return str(status.get("error_message") or "the query failed")
    if status and not status.get("complete"):
        return "still being computed"
    # No result and no status: a plain read never computes (contract 8.10).
    return 'nothing is cached: use refresh="blocking"'
