"""Results that are lists of series: trends, totals, box plots, calendars, stickiness, lifecycle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashwidgets.frames.columns import inner_list
from dashwidgets.frames.results.kinds import source_of
from dashwidgets.frames.results.reading import Reading, Row, known, list_of, listed


def trends(reading: Reading, result: Any) -> Iterator[Row]:
    for series in listed(result):
        days, data = list_of(series, "days"), list_of(series, "data")
        # Totals have the same fields with ``data: []``: read as a series, the number would vanish.
        if not data and series.get("aggregated_value") is not None:
            raise ValueError("a total where a series belongs")
        for day, value in reading.paired(days, data):
            yield known(series) | {"day": day, "value": value}


def totals(reading: Reading, result: Any) -> Iterator[Row]:
    for series in listed(result):
        if "aggregated_value" not in series:
            raise KeyError("aggregated_value")
        yield known(series) | {"value": series["aggregated_value"]}


def boxes(reading: Reading, result: Any) -> Iterator[Row]:
    """Newer servers send the boxes as the result, older ones beside an empty one."""
    for box in listed(result) or listed(reading.insight.get("boxplot_data") or []):
        order = box.get("series_index")
        name = box.get("series_label") or (None if order is None else f"Series {order + 1}")
        yield {
            "series": name or _only_series(reading),
            "day": box["day"],
            **{name: box[name] for name in ("min", "p25", "median", "p75", "max", "mean")},
        }


def calendar(reading: Reading, result: Any) -> Iterator[Row]:
    for series in listed(result):
        for cell in listed(series["calendar_heatmap_data"]["data"]):
            yield known(series) | _cell(cell)


def hours(reading: Reading, result: Any) -> Iterator[Row]:
    for cell in listed(result["data"]):
        yield {"series": None} | _cell(cell)


def _cell(cell: Any) -> Row:
    return {name: cell[name] for name in ("row", "column", "value")}


def stickiness(reading: Reading, result: Any) -> Iterator[Row]:
    for series in listed(result):
        days, data = list_of(series, "days"), list_of(series, "data")
        for intervals, value in reading.paired(days, data):
            yield known(series) | {"intervals": intervals, "value": value}


def lifecycle(reading: Reading, result: Any) -> Iterator[Row]:
    for series in listed(result):
        same = known(series) | {"status": series["status"]}
        days, data = list_of(series, "days"), list_of(series, "data")
        for day, value in reading.paired(days, data):
            yield same | {"day": day, "value": value}


def _only_series(reading: Reading) -> Any:
    """The name of the query's series, where it has one alone and its boxes do not say."""
    series = inner_list(source_of(reading.insight), "series")
    return (series[0].get("custom_name") or series[0].get("name")) if len(series) == 1 else None
