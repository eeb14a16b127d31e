"""Every kind of result is read, whole, or said to be unread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashwidgets.frames.results import result_frame, retention_matrix
from dashwidgets.frames.results.kinds import KINDS, SHAPES, Kind, filter_name, kind_of
from dashwidgets.frames.results.read import SHAPES as READ

OTHER, NONE = "$$_posthog_breakdown_other_$$", "$$_posthog_breakdown_null_$$"


def insight(kind: str, result: Any, display: str = "", **more: Any) -> dict[str, Any]:
    name = "funnelVizType" if kind == "FunnelsQuery" else "display"
    source: dict[str, Any] = {"kind": kind}
    if display:
        source[filter_name(kind)] = {name: display}
    source |= more.pop("source", {})
    return {"query": {"kind": "InsightVizNode", "source": source}, "result": result} | more


def test_every_shape_of_the_table_is_read_and_no_other() -> None:
    assert {kind.shape for kind in KINDS} == set(SHAPES) == set(READ)


def test_no_two_rows_of_the_table_are_about_the_same_result() -> None:
    pairs = [(kind.query, display) for kind in KINDS for display in kind.displays]
    assert len(pairs) == len(set(pairs))


BOX = {"day": "2026-06-10", "min": 1, "p25": 2, "median": 3, "p75": 4, "max": 9, "mean": 3.5}


def test_box_plots_are_read_from_both_places_with_their_series() -> None:
    two = [BOX | {"series_index": at, "series_label": name} for at, name in enumerate("ab")]
    new = result_frame(insight("TrendsQuery", two, "BoxPlot"))
    old = result_frame(insight("TrendsQuery", [], "BoxPlot", boxplot_data=two))
    assert new["series"].tolist() == old["series"].tolist() == ["a", "b"]
    assert new["median"].tolist() == [3.0, 3.0]
    assert new.attrs["complete"]
    series = {"series": [{"custom_name": "Revenue"}]}
    only = result_frame(insight("TrendsQuery", [BOX], "BoxPlot", source=series))
    assert only["series"].tolist() == ["Revenue"]


@pytest.mark.parametrize("display", ["Progress", "RegionMap", "WorldMap", "BoldNumber"])
def test_totals_keep_their_value(display: str) -> None:
    filled = {"label": "x", "days": ["2026-06-10"], "data": [], "aggregated_value": 3140}
    frame = result_frame(insight("TrendsQuery", [filled], display))
    assert frame["value"].tolist() == [3140.0]
    assert frame.attrs["complete"]


def step(order: int, count: int, **more: Any) -> dict[str, Any]:
    return {"name": f"step {order}", "order": order, "count": count} | more


@pytest.mark.parametrize("labelled", [True, False])
def test_a_compared_funnel_is_two_funnels(labelled: bool) -> None:
    counts = {"current": [100, 40], "previous": [80, 20]}
    steps = [
        step(order, count, **({"compare_label": label} if labelled else {}))
        for label, values in counts.items()
        for order, count in enumerate(values)
    ]
    frame = result_frame(insight("FunnelsQuery", steps))
    assert frame["conversion"].tolist() == [1.0, 0.4, 1.0, 0.25]
    assert frame["dropped"].tolist() == [pd.NA, 60, pd.NA, 60]
    assert frame["compared"].dropna().tolist() == (
        ["current", "current", "previous", "previous"] if labelled else []
    )


def test_a_compared_funnel_with_a_breakdown() -> None:
    nested = [
        [
            step(order, count, compare_label=label, breakdown_value=[value])
            for order, count in enumerate([10, 5])
        ]
        for label in ("current", "previous")
        for value in ("a", OTHER)
    ]
    frame = result_frame(insight("FunnelsQuery", nested))
    assert frame["breakdown"].tolist() == ["a", "a", "Other", "Other"] * 2
    assert frame["breakdown_raw"].tolist()[2] == [OTHER]
    assert frame["conversion"].tolist() == [1.0, 0.5] * 4


def test_an_optional_step_is_not_what_the_next_is_measured_by() -> None:
    series = {"series": [{}, {"optionalInFunnel": True}, {}]}
    steps = [step(0, 100), step(1, 10), step(2, 50)]
    frame = result_frame(insight("FunnelsQuery", steps, source=series))
    assert frame["optional"].tolist() == [False, True, False]
    assert frame["from_previous"].tolist()[1:] == [0.1, 0.5]


def test_times_to_convert_of_two_periods() -> None:
    two = [
        {"compare_label": label, "bins": [[0, count]], "average_conversion_time": seconds}
        for label, count, seconds in (("current", 5, 60.0), ("previous", 7, 80.0))
    ]
    frame = result_frame(insight("FunnelsQuery", two, "time_to_convert"))
    assert frame.to_dict("list") == {
        "compared": ["current", "previous"],
        "seconds": [0.0, 0.0],
        "count": [5, 7],
    }
    assert frame.attrs["previous_average_conversion_time"] == 80.0
    nobody = {"bins": [], "average_conversion_time": None}
    assert result_frame(insight("FunnelsQuery", nobody, "time_to_convert")).attrs["complete"]


def test_retention_by_breakdown_with_sums_and_brackets() -> None:
    cohorts = [
        {
            "date": "2026-06-10T00:00:00Z",
            "breakdown_value": value,
            "values": [
                {"count": 10, "label": "Day 0", "aggregation_value": 99.5},
                {"count": 4, "label": "Day 1 - 3", "aggregation_value": 20.0},
            ],
        }
        for value in ("Chrome", NONE)
    ]
    frame = result_frame(insight("RetentionQuery", cohorts))
    assert frame["breakdown"].tolist() == ["Chrome", "Chrome", "None", "None"]
    assert frame["label"].tolist()[:2] == ["Day 0", "Day 1 - 3"]
    assert frame["value"].tolist()[:2] == [99.5, 20.0]
    assert retention_matrix(frame, "count").shape == (2, 2)


@pytest.mark.parametrize("kind", ["StickinessQuery", "LifecycleQuery", "TrendsQuery"])
def test_a_compared_series_says_its_period(kind: str) -> None:
    days = [1] if kind == "StickinessQuery" else ["2026-06-10"]
    both = [
        {"label": "x", "status": "new", "days": days, "data": [n], "compare_label": label}
        for n, label in enumerate(("current", "previous"))
    ]
    frame = result_frame(insight(kind, both))
    assert frame["compared"].tolist() == ["current", "previous"]


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        ({"insight": "TRENDS", "display": "BoldNumber"}, "TrendsQuery"),
        ({"insight": "FUNNELS", "funnel_viz_type": "time_to_convert"}, "FunnelsQuery"),
        ({"insight": "FUNNELS"}, "FunnelsQuery"),
        ({"insight": "RETENTION"}, "RetentionQuery"),
        ({"insight": "PATHS"}, "PathsQuery"),
        ({"insight": "STICKINESS"}, "StickinessQuery"),
        ({"insight": "LIFECYCLE"}, "LifecycleQuery"),
        ({"events": [{"id": "$pageview"}]}, "TrendsQuery"),
    ],
)
def test_an_old_insight_is_read_by_its_filters(filters: dict[str, Any], query: str) -> None:
    kind = kind_of({"query": None, "filters": filters})
    assert kind is not None
    assert kind.query == query
    if "display" in filters:
        assert kind.shape == "totals"


def test_web_overview_and_web_stats() -> None:
    figures = [
        {"key": "visitors", "kind": "unit", "value": 5, "previous": 4, "changeFromPreviousPct": 25}
    ]
    frame = result_frame(insight("WebOverviewQuery", figures))
    assert frame[["figure", "value", "previous", "change"]].to_numpy().tolist() == [
        ["visitors", 5.0, 4.0, 25.0]
    ]
    columns = ["context.columns.breakdown_value", "context.columns.visitors"]
    rows = [["/home", [10, 8]], ["/docs", [3, None]]]
    stats = result_frame(insight("WebStatsTableQuery", rows, columns=columns))
    assert stats.columns.tolist() == ["breakdown_value", "visitors", "visitors previous"]
    assert stats["visitors previous"].tolist() == [8, None]


@pytest.mark.parametrize(("days", "data"), [(1, 3), (3, 1)])
def test_values_without_a_day_are_kept_and_told(days: int, data: int) -> None:
    series = {"label": "x", "days": ["2026-06-10"] * days, "data": [5.0] * data}
    frame = result_frame(insight("TrendsQuery", [series]))
    assert frame["value"].notna().sum() == data
    assert not frame.attrs["complete"]
    assert f"{data} values came with {days} intervals" in frame.attrs["reason"]
    assert frame.attrs["result"] == [series]


def test_sentinels_are_words_and_the_raw_value_is_kept() -> None:
    series = [
        {"label": "x", "days": ["2026-06-10"], "data": [1], "breakdown_value": value}
        for value in (OTHER, NONE, [OTHER, "b"], True, 5)
    ]
    frame = result_frame(insight("TrendsQuery", series))
    assert frame["breakdown"].tolist() == ["Other", "None", "Other, b", "true", "5"]
    assert frame["breakdown_raw"].tolist() == [OTHER, NONE, [OTHER, "b"], True, 5]


def test_whole_numbers_of_any_size_keep_their_digits() -> None:
    sizes = [2**53 + 1, 2**64 - 1, 2**100]
    types = [["a", "Int64"], ["b", "UInt64"], ["c", "UInt256"]]
    frame = result_frame(insight("HogQLQuery", [sizes], columns=list("abc"), types=types))
    assert frame.iloc[0].tolist() == sizes
    assert frame.attrs["complete"]
    series = {"label": "x", "days": ["2026-06-10"], "data": [2**53 + 1]}
    rounded = result_frame(insight("TrendsQuery", [series]))
    assert not rounded.attrs["complete"]
    assert "not what a column value holds" in rounded.attrs["reason"]


def test_a_cell_that_is_not_what_its_column_says_is_told() -> None:
    rows = [[1], ["many"]]
    frame = result_frame(insight("HogQLQuery", rows, columns=["n"], types=[["n", "UInt64"]]))
    assert not frame.attrs["complete"]
    assert frame.attrs["result"] == rows


def test_a_display_of_a_time_to_come_is_unread() -> None:
    frame = result_frame(insight("TrendsQuery", [{"x": 1}], "Sunburst"))
    assert not frame.attrs["complete"]
    assert "displayed as Sunburst are not known" in frame.attrs["reason"]


NAMES = (
    *("data", "days", "count", "values", "date", "label", "aggregated_value", "breakdown_value"),
    *("bins", "source", "target", "value", "status", "order", "compare_label", "day", "min"),
    *("max", "median", "p25", "p75", "mean", "key", "calendar_heatmap_data", "row", "column"),
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    # What results are made of, so that chance finds shapes that nearly fit.
    | st.sampled_from(["2026-06-10", "1_/a", "current", "previous", OTHER, "x"])
)
JSON = st.recursive(
    LEAVES,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inside, max_size=8)
    ),
    max_leaves=20,
)
SERIES = st.fixed_dictionaries(
    {"days": st.lists(LEAVES, max_size=3), "data": st.lists(LEAVES, max_size=3)},
    optional={"aggregated_value": LEAVES, "status": LEAVES, "breakdown_value": JSON},
)
VALUES = {"series": "data", "stickiness": "data", "lifecycle": "data", "totals": "aggregated_value"}


@settings(max_examples=400, deadline=None)
@given(kind=st.sampled_from(KINDS), result=st.lists(SERIES, max_size=3) | JSON, data=st.data())
def test_whatever_arrives_is_whole_or_says_why_not(
    kind: Kind, result: Any, data: st.DataObject
) -> None:
    display = data.draw(st.sampled_from(kind.displays)).replace("*", "")
    frame = result_frame(insight(kind.query, result, display))
    if not frame.attrs["complete"]:
        assert frame.attrs["reason"]
        assert frame.attrs.get("result") == result
    elif kind.shape in VALUES:
        assert frame["value"].notna().sum() == len(list(numbers(result, VALUES[kind.shape])))


def numbers(result: list[Any], name: str) -> Iterator[Any]:
    """Every value of a list of series."""
    for series in result:
        found = series[name] if isinstance(series[name], list) else [series[name]]
        yield from (value for value in found if value is not None)
