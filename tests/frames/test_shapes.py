"""Results cell by cell: names, shares and words; and results of no shape that is known."""

from __future__ import annotations

import runpy
from datetime import UTC, datetime
from typing import Any

import pytest

from dashwidgets.api.paging import Reading
from dashwidgets.frames import arrow, documentation
from dashwidgets.frames.dashboards import provenance
from dashwidgets.frames.results import result_frame
from dashwidgets.frames.results.rows import kind_of_type
from dashwidgets.frames.tiles import tile_row


def of(kind: str, result: Any, **settings: Any) -> dict[str, Any]:
    source = {"kind": kind} | settings
    return {"query": {"kind": "InsightVizNode", "source": source}, "result": result}


def series(**more: Any) -> dict[str, Any]:
    return {"label": "orders", "days": ["2026-06-10"], "data": [1]} | more


DISPLAYS = (
    *("ActionsLineGraph", "ActionsLineGraphCumulative", "ActionsAreaGraph", "ActionsBar"),
    *("ActionsStackedBar", "ActionsUnstackedBar", "SlopeGraph", "Metric", "BoldNumber", ""),
    *("Progress", "ActionsBarValue", "ActionsPie", "ActionsTable", "WorldMap", "RegionMap"),
)


@pytest.mark.parametrize("display", DISPLAYS)
def test_every_display_of_trends_tells_two_periods_apart(display: str) -> None:
    both = [series(days=[day], aggregated_value=3) for day in ("2026-06-02", "2026-06-09")]
    compared = {"compareFilter": {"compare": True}, "trendsFilter": {"display": display}}
    frame = result_frame(of("TrendsQuery", both, **compared))
    assert frame["compared"].tolist() == ["previous", "current"]


@pytest.mark.parametrize("kind", ["StickinessQuery", "LifecycleQuery", "FunnelsQuery"])
@pytest.mark.parametrize("display", ["", "ActionsBar"])
def test_so_do_other_kinds(kind: str, display: str) -> None:
    settings: dict[str, Any] = {
        "StickinessQuery": {"stickinessFilter": {"display": display}},
        "LifecycleQuery": {},
        "FunnelsQuery": {"funnelsFilter": {"funnelVizType": "trends"}},
    }[kind]
    both = [series(status="new") for _ in range(2)]
    frame = result_frame(of(kind, both, compareFilter={"compare": True}, **settings))
    assert frame["compared"].tolist() == ["current", "previous"]


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ({"custom_name": "Mine", "name": "event"}, "Mine"),
        ({"custom_name": None, "name": "event"}, "event"),
        (None, "orders"),
    ],
)
def test_a_series_is_called_as_its_chart_calls_it(action: Any, name: str) -> None:
    frame = result_frame(of("TrendsQuery", [series(action=action)]))
    assert frame["series"].tolist() == [name]
    step = {"name": "event", "custom_name": (action or {}).get("custom_name"), "count": 1}
    frame = result_frame(of("FunnelsQuery", [step]))
    assert frame["name"].tolist() == ["Mine" if name == "Mine" else "event"]


BOX = {"day": "2026-06-10", "min": 1, "p25": 2, "median": 3, "p75": 4, "max": 9, "mean": 3.5}


@pytest.mark.parametrize(
    ("box", "queried", "names"),
    [
        ({"series_index": 1, "series_label": "b"}, [{"name": "x"}], ["b"]),
        ({"series_index": 1}, [{"name": "x"}], ["Series 2"]),
        ({}, [{"name": "x", "custom_name": "Mine"}], ["Mine"]),
        ({}, [{"name": "x"}], ["x"]),
        ({}, [{"name": "x"}, {"name": "y"}], [None]),
        ({}, [], [None]),
    ],
)
def test_a_box_is_called_by_its_series(box: Any, queried: Any, names: list[Any]) -> None:
    display = {"display": "BoxPlot"}
    frame = result_frame(of("TrendsQuery", [BOX | box], series=queried, trendsFilter=display))
    assert frame["series"].astype("object").where(frame["series"].notna(), None).tolist() == names


def test_shares_of_a_cohort_and_conversions_of_nobody_are_missing() -> None:
    def cohort(*counts: Any) -> dict[str, Any]:
        return {"date": "2026-06-10T00:00:00Z", "values": [{"count": count} for count in counts]}

    frame = result_frame(of("RetentionQuery", [cohort(10, 4, None), cohort(0, 0)]))
    assert frame["share"].tolist()[:2] == [1.0, 0.4]
    assert frame["share"].isna().tolist() == [False, False, True, True, True]
    assert frame["period"].tolist() == [0, 1, 2, 0, 1]
    steps = [{"name": "a", "count": count} for count in (0, 0)]
    frame = result_frame(of("FunnelsQuery", steps))
    assert frame["step"].tolist() == [0, 1]
    assert frame["conversion"].isna().all()
    assert frame["from_previous"].isna().all()
    steps = [{"name": "a", "count": count} for count in (5, None)]
    frame = result_frame(of("FunnelsQuery", steps))
    assert frame["dropped"].isna().all()
    assert frame["conversion"].tolist()[0] == 1.0


def test_calendars_of_series_and_of_hours() -> None:
    cells = [{"row": 0, "column": 1, "value": 5}, {"row": 6, "column": 23, "value": 2}]
    both = [series(calendar_heatmap_data={"data": cells})]
    display = {"display": "CalendarHeatmap"}
    frame = result_frame(of("TrendsQuery", both, trendsFilter=display))
    assert frame["series"].tolist() == ["orders"] * 2
    assert frame[["weekday", "hour", "value"]].to_numpy().tolist() == [[0, 1, 5], [6, 23, 2]]
    frame = result_frame(of("CalendarHeatmapQuery", {"data": cells}))
    assert frame["series"].isna().all()
    assert len(frame) == 2


@pytest.mark.parametrize(
    ("kind", "result", "settings"),
    [
        ("TrendsQuery", [5], {}),
        ("TrendsQuery", [{}], {}),
        ("TrendsQuery", {"data": [1]}, {}),
        ("TrendsQuery", [series(aggregated_value=10**400)],
         {"trendsFilter": {"display": "BoldNumber"}}),
        ("FunnelsQuery", [], {"funnelsFilter": {"funnelVizType": "time_to_convert"}}),
        ("FunnelsQuery", {"bins": 3}, {"funnelsFilter": {"funnelVizType": "time_to_convert"}}),
        ("RetentionQuery", [{"date": "2026-06-10", "values": [None]}], {}),
        ("StickinessQuery", [series(), "x"], {"compareFilter": {"compare": True}}),
    ],
)  # fmt: skip
def test_an_unexpected_shape_is_said_and_kept(kind: str, result: Any, settings: Any) -> None:
    frame = result_frame(of(kind, result, **settings))
    assert len(frame) == 0
    assert frame.attrs["complete"] is False
    assert frame.attrs["reason"] == (
        f"this result of a {kind} has an unexpected shape: see .attrs['result']"
    )
    assert frame.attrs["result"] == result


@pytest.mark.parametrize(
    ("insight", "reason"),
    [
        ({"user_access_level": "none"}, "you do not have access to this insight"),
        ({"query_status": {"error": True}}, "the query failed"),
        ({"query_status": {"error": True, "error_message": "slow"}}, "slow"),
        ({"query_status": {"complete": False}}, "still being computed"),
        ({"query_status": {"complete": True}}, 'nothing is cached: use refresh="blocking"'),
        ({}, 'nothing is cached: use refresh="blocking"'),
    ],
)
def test_a_result_that_is_missing_says_why(insight: dict[str, Any], reason: str) -> None:
    frame = result_frame(of("TrendsQuery", None) | insight)
    assert (frame.attrs["complete"], frame.attrs["reason"]) == (False, reason)


@pytest.mark.parametrize(
    ("insight", "what"),
    [
        (of("TomorrowQuery", [1]), "kind TomorrowQuery"),
        (of("FunnelsQuery", [1], funnelsFilter={"funnelVizType": "flow"}),
         "kind FunnelsQuery displayed as flow"),
        ({"filters": {"insight": "SESSIONS"}, "result": [1]}, "kind unknown"),
        ({"query": None, "result": [1]}, "kind unknown"),
        (of("TomorrowQuery", {"x": 1}) | {"columns": ["x"]}, "kind TomorrowQuery"),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_known_is_named(insight: dict[str, Any], what: str) -> None:
    frame = result_frame(insight)
    assert frame.attrs["reason"] == f"results of {what} are not known: see .attrs['result']"
    assert frame.attrs["result"] == insight["result"]
    named = result_frame({"query": {"kind": "TomorrowQuery"}, "columns": ["x"], "result": [[1]]})
    assert named["x"].tolist() == [1]


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ("Nullable(Int64)", "integer"),
        ("LowCardinality(Nullable(String))", "text"),
        (["n", "UInt8"], "integer"),
        ("IntervalDay", "object"),
        ("Decimal(9, 2)", "number"),
        ("DateTime64(6, 'UTC')", "time"),
        ("Bool", "boolean"),
        ("UUID", "text"),
        ("Enum8('a' = 1)", "text"),
        ("Array(String)", "object"),
        ([], "object"),
        (None, "object"),
    ],
)
def test_a_type_of_clickhouse_says_the_kind_of_column(sent: Any, kind: str) -> None:
    assert kind_of_type(sent) == kind


@pytest.mark.parametrize(
    ("tile", "name", "error"),
    [
        ({"button_tile": {"text": "Go"}}, "Go", None),
        ({"widget": {"name": "W"}}, "W", None),
        ({"text": {"body": "x"}}, None, None),
        ({"insight": {"id": 1, "query_status": {"error": True}}}, None, "The query failed."),
        ({"insight": {"id": 1, "derived_name": "D"}, "error": "broken"}, "D", "broken"),
    ],
)
def test_a_tile_has_the_name_and_the_error_that_it_shows(
    tile: dict[str, Any], name: str | None, error: str | None
) -> None:
    row = tile_row({"id": 1} | tile, {"id": 7})
    assert (row["name"], row["error"]) == (name, error)


def test_the_page_about_frames_is_printed_by_its_command_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    runpy.run_path(documentation.__file__, run_name="imported")
    assert capsys.readouterr().out == ""
    runpy.run_path(documentation.__file__, run_name="__main__")
    assert capsys.readouterr().out == documentation.page()


def test_pieces_of_one_type_are_joined() -> None:
    numbers, more = arrow.arrow_array([1], "int64"), arrow.arrow_array([2, None], "int64")
    assert arrow.joined([numbers, more]).to_pylist() == [1, 2, None]
    assert arrow.joined([numbers]) is numbers
    assert arrow.joined([numbers, None]) is None
    assert arrow.joined([None]) is None
    assert arrow.joined([numbers, arrow.arrow_array([1.5], "double")]) is None


def test_a_frame_says_how_it_was_read() -> None:
    reading = Reading(3, False, 1, 2, datetime(2026, 6, 10, 12, 0, 1, 500, UTC), 1.23456)
    assert provenance(reading) == {
        "complete": False, "expected": 3, "duplicates": 1, "requests_spent": 2,
        "seconds": 1.235, "taken_at": "2026-06-10T12:00:01+00:00",
    }  # fmt: skip


def test_without_pyarrow_frames_are_made_by_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise ImportError

    monkeypatch.setattr(arrow, "import_module", missing)
    assert arrow.pyarrow.__wrapped__() is None


def test_days_are_read_as_dates() -> None:
    found = arrow.read_days(["2026-06-10", "2026-06-11"])
    assert arrow.as_days(found).strftime("%d.%m.%y").tolist() == ["10.06.26", "11.06.26"]
    assert arrow.read_days(["soon"]) is None


def test_without_pyarrow_there_is_nothing_to_read_days_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arrow, "pyarrow", lambda: None)
    assert arrow.read_days(["2026-06-10"]) is None
    assert arrow.read_moments(["2026-06-10T00:00:00Z"]) is None
