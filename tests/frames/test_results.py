"""Results as frames (contract 13)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashwidgets.frames.arrays import TEXT
from dashwidgets.frames.results import result_frame, retention_matrix


def insight(kind: str, result: Any, **more: Any) -> dict[str, Any]:
    shown = more.pop("shown", {})
    query = {"kind": "InsightVizNode", "source": {"kind": kind} | shown}
    return {"name": "It", "query": query, "result": result} | more


def test_a_trend_is_a_row_a_series_and_day_and_null_stays_missing() -> None:
    action = {"name": "$pageview", "custom_name": "Views"}
    series = {
        "data": [12.0, None],
        "days": ["2026-06-10", "2026-06-11"],
        "label": "Chrome",
        "breakdown_value": "Chrome",
        "action": action,
    }
    frame = result_frame(insight("TrendsQuery", [series]))
    assert frame["series"].tolist() == ["Views", "Views"]
    assert frame["breakdown"].tolist() == ["Chrome", "Chrome"]
    assert frame["day"].iloc[0] == pd.Timestamp("2026-06-10", tz="UTC")
    assert frame["value"].isna().tolist() == [False, True]
    assert frame["compared"].isna().all()


def test_a_total_is_a_row_a_series() -> None:
    two = [
        {"aggregated_value": 1842, "label": "x", "compare_label": "current"},
        {"aggregated_value": 1620, "label": "x", "compare_label": "previous"},
    ]
    shown = {"trendsFilter": {"display": "BoldNumber"}}
    frame = result_frame(insight("TrendsQuery", two, shown=shown))
    assert frame.columns.tolist() == ["series", "breakdown", "breakdown_raw", "compared", "value"]
    assert frame["value"].tolist() == [1842.0, 1620.0]


STEPS = [
    {"name": "$pageview", "custom_name": "Visit", "order": 0, "count": 1200},
    {"name": "signed_up", "order": 1, "count": 300, "median_conversion_time": 60.0},
    {"name": "paid", "order": 2, "count": 0},
    {"name": "stayed", "order": 3, "count": 0},
]


def test_a_funnel_has_conversion_and_never_divides_by_nothing() -> None:
    frame = result_frame(insight("FunnelsQuery", STEPS))
    assert frame["name"].tolist() == ["Visit", "signed_up", "paid", "stayed"]
    assert frame["conversion"].tolist() == [1.0, 0.25, 0.0, 0.0]
    assert frame["from_previous"].isna().tolist() == [True, False, False, True]


def test_a_funnel_by_value_is_long() -> None:
    nested = [[step | {"breakdown_value": [value]} for step in STEPS] for value in ("a", "b")]
    frame = result_frame(insight("FunnelsQuery", nested))
    assert frame["breakdown"].tolist() == ["a"] * 4 + ["b"] * 4
    assert frame.loc[4, "conversion"] == 1.0


def test_sql_has_the_dtypes_of_its_types() -> None:
    types = [["day", "Date"], ["n", "Nullable(UInt64)"], ["avg", "Float64"], ["who", "String"]]
    rows = [["2026-06-11", 42, 3.5, "a"], ["2026-06-12", None, None, None]]
    columns = ["day", "n", "avg", "who"]
    frame = result_frame(insight("HogQLQuery", rows, columns=columns, types=types, hasMore=True))
    assert [str(dtype) for dtype in frame.dtypes] == [
        "datetime64[us, UTC]",
        "Int64",
        "float64",
        TEXT,
    ]
    assert frame.attrs["has_more"] is True
    assert result_frame(insight("HogQLQuery", [], columns=columns, types=types)).shape == (0, 4)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, "nothing is cached"),
        ({"query_status": {"error": True, "error_message": "too slow"}}, "too slow"),
        ({"query_status": {"complete": False}}, "still being computed"),
    ],
)
def test_no_result_gives_a_typed_empty_frame_with_the_reason(
    more: dict[str, Any], reason: str
) -> None:
    frame = result_frame(insight("TrendsQuery", None, **more))
    assert frame.empty
    assert "day" in frame.columns
    assert reason in frame.attrs["reason"]


def test_retention_is_long_and_can_be_a_triangle() -> None:
    cohorts = [
        {"date": "2026-06-10T00:00:00Z", "values": [{"count": 120}, {"count": 30}]},
        {"date": "2026-06-11T00:00:00Z", "values": [{"count": 0}]},
    ]
    frame = result_frame(insight("RetentionQuery", cohorts))
    assert frame[["period", "count"]].to_numpy().tolist() == [[0, 120], [1, 30], [0, 0]]
    assert frame["share"].tolist()[:2] == [1.0, 0.25]
    assert pd.isna(frame["share"].iloc[2])
    assert retention_matrix(frame, "count").shape == (2, 2)


def test_paths_lose_their_step_numbers_and_their_milliseconds() -> None:
    links = [{"source": "1_/a_b", "target": "2_/c", "value": 3, "average_conversion_time": 1500.0}]
    frame = result_frame(insight("PathsQuery", links))
    assert frame.to_numpy().tolist() == [[1, "/a_b", "/c", 3, 1.5]]


def test_stickiness_lifecycle_and_bins() -> None:
    sticky = [{"data": [5, 2], "days": [1, 2], "label": "x", "action": {"name": "$pageview"}}]
    frame = result_frame(insight("StickinessQuery", sticky))
    assert frame[["intervals", "value"]].to_numpy().tolist() == [[1, 5.0], [2, 2.0]]
    dormant = [{"data": [-7.0], "days": ["2026-06-11"], "status": "dormant", "action": {}}]
    frame = result_frame(insight("LifecycleQuery", dormant))
    assert frame[["status", "value"]].to_numpy().tolist() == [["dormant", -7.0]]
    shown = {"funnelsFilter": {"funnelVizType": "time_to_convert"}}
    frame = result_frame(insight("FunnelsQuery", {"bins": [[10, 3]]}, shown=shown))
    assert frame[["seconds", "count"]].to_numpy().tolist() == [[10.0, 3]]


@pytest.mark.parametrize("result", [5, "text", {"a": 1}, [5], [{"source": "no step"}]])
def test_a_result_of_another_shape_is_kept_and_told(result: Any) -> None:
    frame = result_frame(insight("PathsQuery", result))
    assert frame.empty
    assert "another shape" in frame.attrs["reason"]
    assert frame.attrs["result"] == result


def test_an_unknown_kind_says_so_and_keeps_the_result() -> None:
    frame = result_frame(insight("FutureQuery", [{"x": 1}]))
    assert frame.empty
    assert "FutureQuery" in frame.attrs["reason"]
    assert frame.attrs["result"] == [{"x": 1}]


def test_a_calendar_is_a_row_a_weekday_and_hour() -> None:
    cells = [{"row": 1, "column": 9, "value": 4}, {"row": 7, "column": 23, "value": 1}]
    counted = {"data": cells, "rowAggregations": [], "columnAggregations": []}
    series = {"label": "$pageview", "data": [], "calendar_heatmap_data": counted}
    source = {"kind": "TrendsQuery", "trendsFilter": {"display": "CalendarHeatmap"}}
    query = {"kind": "InsightVizNode", "source": source}
    frame = result_frame({"query": query, "result": [series]})
    assert frame[["weekday", "hour", "value"]].to_numpy().tolist() == [[1, 9, 4.0], [7, 23, 1.0]]
    other = result_frame({"query": query, "result": [{"label": "$pageview", "data": [1]}]})
    assert "another shape" in other.attrs["reason"]


@pytest.mark.parametrize(
    "kind",
    ["TrendsQuery", "FunnelsQuery", "RetentionQuery", "PathsQuery", "StickinessQuery"],
)
def test_an_object_where_a_list_belongs_is_not_a_whole_result(kind: str) -> None:
    frame = result_frame(insight(kind, {}))
    assert "another shape" in frame.attrs["reason"]
    assert not frame.attrs["complete"]


def test_bins_that_are_missing_are_not_a_whole_result() -> None:
    shown = {"funnelsFilter": {"funnelVizType": "time_to_convert"}}
    for result in ({}, []):
        frame = result_frame(insight("FunnelsQuery", result, shown=shown))
        assert "another shape" in frame.attrs["reason"]


def test_an_error_beside_a_result_makes_it_incomplete() -> None:
    total = [{"aggregated_value": 5, "label": "x"}]
    shown = {"trendsFilter": {"display": "BoldNumber"}}
    frame = result_frame(insight("TrendsQuery", total, shown=shown), error="Too slow.")
    assert frame["value"].tolist() == [5.0]
    assert (frame.attrs["reason"], frame.attrs["complete"]) == ("Too slow.", False)
