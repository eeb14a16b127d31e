"""A compared result says which period is which, also where the server gives no labels."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.frames.results import result_frame

CURRENT, PREVIOUS = "current", "previous"


def compared(result: Any, display: str = "", kind: str = "TrendsQuery") -> dict[str, Any]:
    name = "funnelVizType" if kind == "FunnelsQuery" else "display"
    field = kind[:1].lower() + kind[1:].removesuffix("Query") + "Filter"
    source = {"kind": kind, "compareFilter": {"compare": True}, field: {name: display}}
    return {"query": {"kind": "InsightVizNode", "source": source}, "result": result}


def total(value: float | None, **more: Any) -> dict[str, Any]:
    return {"label": "orders", "days": [], "data": [], "aggregated_value": value} | more


def series(label: str, *days: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "days": list(days), "data": [1.0] * len(days)} | more


def test_the_second_of_two_totals_is_the_previous_and_may_be_null() -> None:
    frame = result_frame(compared([total(100), total(None)], "BoldNumber"))
    assert frame["compared"].tolist() == [CURRENT, PREVIOUS]
    assert frame["value"].tolist()[0] == 100.0
    assert frame["value"].isna().tolist() == [False, True]
    assert frame.attrs["complete"]


def test_days_tell_the_periods_whatever_their_place() -> None:
    before, now = ["2026-06-01", "2026-06-02"], ["2026-06-03", "2026-06-04"]
    frame = result_frame(compared([series("a", *before), series("a", *now), series("b", *now)]))
    assert frame["compared"].tolist()[::2] == [PREVIOUS, CURRENT, CURRENT]


@pytest.mark.parametrize(
    ("values", "periods"),
    [
        (["DE", "FR", "DE", "FR"], [CURRENT, CURRENT, PREVIOUS, PREVIOUS]),
        (["DE", "FR", "FR", "DE"], [CURRENT, CURRENT, PREVIOUS, PREVIOUS]),
        (["DE", "DE", "FR", "FR"], [CURRENT, PREVIOUS, CURRENT, PREVIOUS]),
    ],
)
def test_totals_by_breakdown_are_told_by_their_place(values: list[str], periods: list[str]) -> None:
    rows = [total(at, breakdown_value=value) for at, value in enumerate(values)]
    frame = result_frame(compared(rows, "ActionsBarValue"))
    assert frame["compared"].tolist() == periods


def test_what_place_and_days_leave_open_is_not_complete() -> None:
    rows = [total(1, breakdown_value=value) for value in ("DE", "FR", "DE")]
    frame = result_frame(compared(rows, "ActionsBarValue"))
    assert frame["compared"].isna().all()
    assert not frame.attrs["complete"]
    assert "does not say which series belong to the previous period" in frame.attrs["reason"]


def test_one_period_alone_stays_alone() -> None:
    rows = [total(1, breakdown_value=value) for value in ("DE", "FR")]
    frame = result_frame(compared(rows, "ActionsBarValue"))
    assert frame["compared"].isna().all()
    assert frame.attrs["complete"]


def test_a_label_that_is_there_tells_the_other_period() -> None:
    rows = [total(5, compare_label=CURRENT), total(None)]
    frame = result_frame(compared(rows, "BoldNumber"))
    assert frame["compared"].tolist() == [CURRENT, PREVIOUS]


def test_an_old_insight_says_in_its_filters_that_it_compares() -> None:
    filters = {"insight": "TRENDS", "display": "BoldNumber", "compare": "true"}
    frame = result_frame({"query": None, "filters": filters, "result": [total(3), total(2)]})
    assert frame["compared"].tolist() == [CURRENT, PREVIOUS]


@pytest.mark.parametrize("nested", [False, True])
def test_funnels_and_times_without_labels_are_told_too(nested: bool) -> None:
    def steps(*counts: int) -> list[dict[str, Any]]:
        return [{"name": f"s{at}", "order": at, "count": n} for at, n in enumerate(counts)]

    both = [steps(100, 40), steps(80, 20)]
    result = both if nested else [*both[0], *both[1]]
    frame = result_frame(compared(result, "steps", "FunnelsQuery"))
    assert frame["compared"].tolist() == [CURRENT, CURRENT, PREVIOUS, PREVIOUS]
    assert frame["conversion"].tolist() == [1.0, 0.4, 1.0, 0.25]
    times = [{"bins": [[0, n]], "average_conversion_time": 60.0} for n in (5, 7)]
    frame = result_frame(compared(times, "time_to_convert", "FunnelsQuery"))
    assert frame["compared"].tolist() == [CURRENT, PREVIOUS]
