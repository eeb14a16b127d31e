"""Single cells: what fits a column is kept to the last digit, what does not is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashwidgets.frames import arrow as through_arrow
from dashwidgets.frames import baseline
from dashwidgets.frames.arrays import Kind, as_series
from dashwidgets.frames.people import COLLABORATORS, MEMBERS
from dashwidgets.frames.results import result_frame
from dashwidgets.frames.results.rows import column_of


@pytest.fixture(params=[True, False], ids=["pyarrow", "without"])
def arrow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(through_arrow, "pyarrow", lambda: None)


NA = None
CELLS: list[tuple[Kind, list[Any], list[Any]]] = [
    ("integer", [1.5, 2], [NA, 2]),
    ("integer", [3.0, None], [3, NA]),
    ("integer", [3.0 * 2**61, -(2**63) + 1], [3 * 2**61, -(2**63) + 1]),
    ("integer", [2**63, 1], [NA, 1]),
    ("integer", [True, 2], [1, 2]),
    ("integer", ["3", 2], [NA, 2]),
    ("id", [1, 2], [1, 2]),
    ("boolean", [True, None, 1, "true"], [True, NA, NA, NA]),
    ("boolean", [False, None], [False, NA]),
    ("number", [1, 2.5, "3", None], [1.0, 2.5, NA, NA]),
    ("text", ["a", None, 3], ["a", NA, NA]),
    ("time", ["2026-01-02T03:04:05Z", None], [pd.Timestamp("2026-01-02 03:04:05", tz="UTC"), NA]),
    ("time", ["2026-01-02T03:04:05+01:00"], [pd.Timestamp("2026-01-02 02:04:05", tz="UTC")]),
    ("time", ["2026-01-02T00:00:00.25"], [pd.Timestamp("2026-01-02 00:00:00.25", tz="UTC")]),
    ("time", ["no date", "2026-01-02T00:00:00Z"], [NA, pd.Timestamp("2026-01-02", tz="UTC")]),
    ("list", [["a"], None, "b"], [["a"], [], []]),
    ("list", [["a", "b"], ["c", "d"]], [["a", "b"], ["c", "d"]]),
]


@pytest.mark.usefixtures("arrow")
@pytest.mark.parametrize(("kind", "values", "kept"), CELLS)
def test_a_value_fits_or_is_missing(kind: Kind, values: list[Any], kept: list[Any]) -> None:
    found = as_series(values, kind).tolist()
    assert [NA if kind != "list" and pd.isna(value) else value for value in found] == kept


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([2**63 - 1, None], "Int64"),
        ([2**63, None, 0], "UInt64"),
        ([2**64 - 1], "UInt64"),
        ([2**64], "object"),
        ([-1, 2**63], "object"),
        ([-(2**63)], "object"),
        ([], "Int64"),
    ],
)
def test_whole_numbers_of_sql_keep_every_digit(values: list[int | None], dtype: str) -> None:
    found = column_of(values, "Nullable(UInt64)")
    assert found.dtype == dtype
    assert [NA if pd.isna(value) else value for value in found] == values


def test_a_number_that_is_none_is_said_to_be() -> None:
    rows = [{"label": "a", "days": ["2026-06-10", "2026-06-11"], "data": [1, "many"]}]
    frame = result_frame({"query": {"source": {"kind": "TrendsQuery"}}, "result": rows})
    assert frame["value"].isna().tolist() == [False, True]
    assert frame.attrs["reason"] == (
        "1 value is not what a column value holds: see .attrs['result']"
    )
    bins = [{"order": 0, "name": "a", "count": 1.5}]
    frame = result_frame({"query": {"source": {"kind": "FunnelsQuery"}}, "result": bins})
    assert frame.attrs["reason"].startswith("1 value is not what a column count holds")


def test_a_total_where_a_series_belongs_is_no_empty_series() -> None:
    rows = [{"label": "a", "days": [], "data": [], "aggregated_value": 3}]
    frame = result_frame({"query": {"source": {"kind": "TrendsQuery"}}, "result": rows})
    assert not frame.attrs["complete"]
    assert frame.attrs["result"] == rows
    fine = [{"label": "a", "days": ["2026-06-10"], "data": [1], "aggregated_value": 3}]
    frame = result_frame({"query": {"source": {"kind": "TrendsQuery"}}, "result": fine})
    assert frame["value"].tolist() == [1.0]


def test_web_statistics_have_now_and_before_apart() -> None:
    insight = {
        "query": {"source": {"kind": "WebStatsTableQuery"}},
        "columns": ["context.columns.page", "context.columns.visitors"],
        "result": [["/a", [3, 2]], ["/b", None]],
    }
    frame = result_frame(insight)
    assert frame.columns.tolist() == ["page", "visitors", "visitors previous"]
    assert frame["visitors"].tolist() == [3, None]
    assert frame["visitors previous"].tolist() == [2, None]


@pytest.mark.parametrize(
    ("level", "word"), [(1, "member"), (8, "admin"), (15, "owner"), (9, NA), (NA, NA)]
)
def test_a_level_is_a_word(level: int | None, word: str | None) -> None:
    (found,) = MEMBERS.to_frame([{"user": {"id": 1}, "level": level}])["level"].tolist()
    assert (NA if pd.isna(found) else found) == word
    assert COLLABORATORS.to_frame([{"level": 37}])["privilege_level"].tolist() == [37]


def test_a_frame_remembers_lists_that_are_edited_in_place() -> None:
    frame = pd.DataFrame({"id": [1], "tags": [["a"]]})
    baseline.remember("dashboards", frame)
    frame["tags"].iloc[0].append("b")
    assert frame.attrs["baseline"].rows["tags"].tolist() == [("a",)]
    without = baseline.remember("insights", pd.DataFrame({"id": [1]}))
    assert without.attrs["baseline"].rows["id"].tolist() == [1]
