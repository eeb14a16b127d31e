"""What moved between two rounds, and what could not be compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dashwidgets as dw
from dashwidgets.recordings.numbers import lines as quick
from dashwidgets.recordings.numbers.frame import frame_of
from dashwidgets.recordings.numbers.readings import long_frame
from tests.recordings.rounds import WEEK, TileFailed, recorded, series, trend

LATER = {**WEEK, "2026-11-07": 10.0, "2026-11-08": 8.0}
LATER.pop("2026-11-01")


def test_a_row_for_each_number_that_is_not_the_same() -> None:
    before = recorded(trend(1, "Signups", [series("signed_up", WEEK)]))
    after = recorded(trend(1, "Signups", [series("signed_up", LATER)]))
    frame = dw.compare(before, after).frame
    found = frame.assign(time=frame["time"].dt.strftime("%m-%d"))
    assert found[["time", "before", "after", "change", "kind"]].fillna(-1).values.tolist() == [
        ["11-07", 7.0, 10.0, 3.0, "changed"],
        ["11-01", 1.0, -1, -1, "gone"],
        ["11-08", -1, 8.0, -1, "new"],
    ]
    assert frame["share"].tolist()[0] == pytest.approx(3 / 7)
    assert frame.attrs == {"complete": True}


def test_tiles_by_the_largest_movement() -> None:
    before = recorded(*(trend(n, f"T{n}", [series("a", {"2026-11-01": 100.0})]) for n in (1, 2, 3)))
    moved = zip((1, 2, 3), (110.0, 20.0, 100.0), strict=True)
    after = recorded(*(trend(n, f"T{n}", [series("a", {"2026-11-01": v})]) for n, v in moved))
    comparison = dw.compare(before, after)
    tiles = comparison.tiles
    assert tiles["name"].tolist() == ["T2", "T1", "T3"]
    assert tiles["share"].tolist() == pytest.approx([-0.8, 0.1, 0.0])
    assert comparison.alerts("20%")["name"].tolist() == ["T2"]
    assert comparison.alerts("5%")["name"].tolist() == ["T2", "T1"]
    assert comparison.alerts("zero").empty
    assert comparison.alerts(lambda rows: rows["after"] > 105)["name"].tolist() == ["T1"]
    assert comparison.alerts("5%", of="numbers")["after"].tolist() == [110.0, 20.0]
    with pytest.raises(dw.ConfigurationError, match="A rule is"):
        comparison.alerts("a lot")


def test_tiles_are_matched_by_insight_then_query_then_name() -> None:
    one = [series("a", WEEK)]
    before = recorded(
        trend(1, "Renamed later", one, event="a"),
        trend(2, "Copied", one, event="b"),
        trend(3, "Rebuilt", one, event="c"),
        trend(4, "Gone", one, event="d"),
    )
    after = recorded(
        trend(11, "New name", one, event="a", short_id="abc1"),
        trend(12, "Another name", one, event="b"),
        trend(13, "Rebuilt", one, event="other"),
        trend(14, "New", one, event="e"),
    )
    tiles = dw.compare(before, after).tiles.set_index("name")
    assert tiles["matched"].dropna().to_dict() == {
        "New name": "insight",
        "Another name": "query",
        "Rebuilt": "name",
    }
    assert tiles["kind"].to_dict() == {
        "New name": "same",
        "Another name": "same",
        "Rebuilt": "query changed",
        "New": "new",
        "Gone": "gone",
    }


def test_a_changed_query_is_said_and_not_compared() -> None:
    before = recorded(trend(1, "Signups", [series("a", WEEK)], event="a"))
    after = recorded(trend(1, "Signups", [series("a", LATER)], event="b"))
    comparison = dw.compare(before, after)
    assert comparison.frame["kind"].tolist() == ["query changed"]
    assert comparison.frame["before"].isna().all()
    assert not comparison.complete
    assert comparison.not_compared["reason"].tolist() == [
        "its query changed, so its numbers can't be compared"
    ]


def test_what_is_not_known_is_neither_new_nor_gone() -> None:
    whole = recorded(trend(1, "A", [series("a", WEEK)]), trend(2, "B", [series("b", WEEK)]))
    cut = recorded(trend(1, "A", [series("a", WEEK)]), complete=False)
    failed = recorded(trend(1, "A", [series("a", WEEK)]), TileFailed(2, 1, "Out of memory."))
    for other, why in ((cut, "is not complete"), (failed, "Out of memory")):
        for comparison in (dw.compare(whole, other), dw.compare(other, whole)):
            tiles = comparison.tiles.set_index("tile")
            assert not comparison.complete
            assert tiles["kind"].to_dict() == {1: "same", 2: "not compared"}
            assert why in tiles.loc[2, "reason"]
    assert dw.compare(whole, cut).frame.empty
    assert dw.compare(cut, whole).frame.empty
    assert dw.compare(whole, cut).alerts("1%").attrs["not_compared"] == 1


def test_rows_that_were_cut_off_are_not_gone() -> None:
    most = dict(list(WEEK.items())[:3])
    before = recorded(trend(1, "A", [series("a", WEEK)]))
    after = recorded(trend(1, "A", [series("a", most)], hasMore=True))
    comparison = dw.compare(before, after)
    assert comparison.frame.empty
    assert "first rows only" in comparison.not_compared["reason"].tolist()[0]


def test_two_periods_are_compared_by_position() -> None:
    earlier = {day.replace("-11-", "-10-"): value * 2 for day, value in WEEK.items()}
    comparison = dw.compare(
        recorded(trend(1, "A", [series("a", earlier)])),
        recorded(trend(1, "A", [series("a", WEEK)])),
    )
    assert comparison.tiles["aligned"].tolist() == ["position"]
    assert comparison.frame["share"].tolist() == [-0.5] * 7
    assert set(comparison.frame["time"].dt.month) == {11}
    by_time = dw.compare(comparison.before, comparison.after, align="time")
    assert by_time.frame["kind"].value_counts().to_dict() == {"new": 7, "gone": 7}


def test_a_board_under_two_periods(shared: dw.Project) -> None:
    board = shared.dashboard("Growth overview")
    comparison = board.compare({"date_from": "-14d"}, to={"date_from": "-7d"})
    kinds = comparison.tiles.set_index("name")["kind"]
    assert "query changed" not in set(kinds)
    assert kinds["Signups, 30 days"] == "changed"
    before, after = comparison.tiles.set_index("name").loc["Signups, 30 days", ["before", "after"]]
    assert before > after > 0


def test_a_recording_and_the_live_board(shared: dw.Project) -> None:
    board = shared.dashboard("Growth overview")
    assert dw.compare(board.record(), board).frame.empty
    with pytest.raises(dw.ConfigurationError, match="not int"):
        dw.compare(board.record(), 7)  # pyright: ignore


numbers = st.one_of(st.none(), st.integers(-(2**53), 2**53), st.floats(-1e300, 1e300))
days = st.dates().map(lambda day: day.isoformat())
names = st.one_of(st.none(), st.text(max_size=6))
one_series = st.builds(
    lambda name, breakdown, values: series(name, values, breakdown),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=4)),
    st.dictionaries(days, numbers, max_size=6),
)
results = st.lists(one_series, max_size=5)


@settings(max_examples=30, deadline=None)
@given(result=results, other=results)
def test_record_replay_record_is_the_same_and_compares_empty(result: Any, other: Any) -> None:
    run = recorded(trend(1, "Any", result), trend(2, "Other", other))
    again = dw.replay(run).wait(10).record()
    assert list(again.results) == list(run.results)
    for name in run.results:
        pd.testing.assert_frame_equal(again.results[name], run.results[name])
    pd.testing.assert_frame_equal(again.events, run.events)
    assert dw.compare(run, again).frame.empty
    assert dw.compare(run, run).frame.empty


@settings(max_examples=40, deadline=None)
@given(result=results)
def test_the_quick_way_reads_what_the_checked_way_reads(result: Any) -> None:
    run = recorded(trend(1, "Any", result))
    insight = run.insight(1)
    found = quick._of_series(insight)  # pyright: ignore[reportPrivateUsage]
    if found is None:
        return
    checked, reason = long_frame(insight, None)
    slow = list(quick._of_frame(checked))  # pyright: ignore[reportPrivateUsage]
    assert reason == ""
    pd.testing.assert_frame_equal(_sorted(found), _sorted(slow))


def _sorted(lines: list[Any]) -> pd.DataFrame:
    frame = frame_of([((1, "Any"), line) for line in lines], value=[line.values for line in lines])
    return frame.sort_values(
        ["series", "breakdown", "time", "value"], ignore_index=True, kind="stable"
    )


def test_the_chart_says_which_round_is_dashed() -> None:
    then, now = (recorded(trend(1, "Signups", [series("a", days)])) for days in (WEEK, LATER))
    week_before = msgspec.structs.replace(then.manifest, taken_at=now.taken_at - timedelta(days=7))
    comparison = dw.compare(replace(then, manifest=week_before), now)

    def drawn(compared: dw.Comparison) -> list[dict[str, Any]]:
        tile: Any = compared.watch().record().tiles[1].tile()
        return tile["insight"]["result"]

    names = {one["compare_label"]: one["compare_name"] for one in drawn(comparison)}
    earlier = now.taken_at - timedelta(days=7)
    assert names["previous"] == f"{earlier.day} {earlier:%b}"
    assert {one["compare_name"] for one in drawn(dw.compare(now, now))} == {"before", "after"}
