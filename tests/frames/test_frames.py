"""Frames have the same columns and dtypes whatever the rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest

from dashwidgets.api.paging import read_page
from dashwidgets.frames import arrow, documentation
from dashwidgets.frames.arrays import DTYPES, Kind, as_series
from dashwidgets.frames.columns import Builder, Table
from dashwidgets.frames.dashboards import DASHBOARDS, full_name, read_dashboards, tags_frame
from dashwidgets.frames.results import tables as result_tables
from dashwidgets.frames.rows import Row
from dashwidgets.frames.tiles import TILES, insight_tiles, tile_row

RESULTS = [
    found for found in vars(result_tables).values() if isinstance(found, Table) and found.columns
]
TABLES = [table for _, table in documentation.PAGES]

FULL: dict[str, Any] = {
    "id": 7,
    "name": "Growth",
    "description": "",
    "created_by": {"id": 3, "first_name": "Mara", "last_name": "Oduya", "email": "m@example.com"},
    "tags": ["a", "b"],
    "pinned": True,
    "is_shared": False,
    "creation_mode": "default",
    "created_at": "2026-03-02T08:14:55Z",
    "last_accessed_at": "2026-03-02T08:14:55.201331Z",
    "last_viewed_at": None,
    "last_refresh": None,
    "restriction_level": 37,
    "effective_privilege_level": 21,
    "user_access_level": "viewer",
    "access_control_version": "v1",
    "something_new": {"a": 1},
}


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_empty_frame_has_the_documented_dtypes(table: Table) -> None:
    documented = {column.name: DTYPES[column.kind] for column in table.columns}
    assert dtypes(table.empty()) == documented
    described = table.describe()
    assert dict(zip(described["column"], described["dtype"], strict=True)) == documented
    assert all(meaning.endswith(".") for meaning in described["meaning"])


def test_the_page_about_frames_says_what_they_are() -> None:
    assert {id(table) for table in RESULTS} <= {id(table) for table in TABLES}
    written = (Path(__file__).parents[2] / "docs" / "frames.md").read_text(encoding="utf-8")
    assert written == documentation.page()


def test_tags_in_long_form() -> None:
    rows = [FULL, FULL | {"id": 8, "name": None, "tags": ["b"]}, FULL | {"id": 9, "tags": []}]
    long = tags_frame(DASHBOARDS.to_frame(rows))
    assert long["tag"].tolist() == ["a", "b", "b"]
    assert long["dashboard_id"].tolist() == [7, 7, 8]
    assert dtypes(tags_frame(DASHBOARDS.empty())) == dtypes(long)


def test_rows_with_everything_and_with_nothing_have_the_same_dtypes() -> None:
    empty = {"id": 8, "created_by": None}
    mixed = DASHBOARDS.to_frame([FULL, empty])
    assert dtypes(mixed) == dtypes(DASHBOARDS.empty()) == dtypes(DASHBOARDS.to_frame([empty]))
    assert mixed["owner"].tolist()[0] == "Mara Oduya"
    assert mixed["tags"].tolist() == [["a", "b"], []]
    assert mixed["last_accessed_at"].iloc[0] == pd.Timestamp("2026-03-02T08:14:55.201331Z")
    assert mixed.loc[1, ["name", "owner", "pinned", "last_accessed_at"]].isna().all()


Case = tuple[Kind, list[Any], list[Any]]
ODD: list[Case] = [
    ("integer", [1.0, None, 1.5, 2**70, -(2**70), float("inf"), "7"], [1, *[pd.NA] * 6]),
    ("number", [1, None, "x"], [1.0, None, None]),
    ("boolean", [True, 1, "true", None], [True, pd.NA, pd.NA, pd.NA]),
    ("text", ["a", 1, b"b", None, "\ud800"], ["a", None, None, None, "\ud800"]),
    ("list", [["a"], None, "a"], [["a"], [], []]),
    (
        "time",
        ["2026-01-01T02:00:00+02:00", "2026-01-01T00:00:00.5Z", "2026-13-01", "soon", 5, None],
        [pd.Timestamp("2026-01-01", tz="UTC"), pd.Timestamp("2026-01-01 00:00:00.5", tz="UTC")]
        + [pd.NaT] * 4,
    ),
]


@pytest.mark.parametrize("fast", [True, False], ids=["pyarrow", "no pyarrow"])
@pytest.mark.parametrize(("kind", "values", "expected"), ODD, ids=[case[0] for case in ODD])
def test_what_does_not_fit_becomes_missing(
    kind: Kind, values: list[Any], expected: list[Any], fast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not fast:
        monkeypatch.setattr(arrow, "pyarrow", lambda: None)
    series = as_series(values, kind)
    assert str(series.dtype) == DTYPES[kind]
    for found, wanted in zip(series, expected, strict=True):
        missing = wanted is None or wanted is pd.NA or wanted is pd.NaT
        assert pd.isna(found) if missing else found == wanted


@pytest.mark.parametrize("kind", DTYPES)
def test_values_that_fit_are_the_same_with_and_without_pyarrow(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    values: list[Any] = {
        "id": [1, 2],
        "integer": [1, None, 2**62],
        "number": [1.5, None],
        "boolean": [True, None, False],
        "text": ["ä", None, "", "🙂"],
        "time": ["2026-01-01T00:00:00Z", None, "2026-01-01T00:00:00.201331Z"],
        "list": [["a"], ["b"]],
        "object": [{"a": 1}, None],
    }[kind]
    with_it = as_series(values, kind)
    monkeypatch.setattr(arrow, "pyarrow", lambda: None)
    pd.testing.assert_series_equal(with_it, as_series(values, kind))
    none = as_series([None] * 3 if kind != "id" else [], kind)
    assert str(none.dtype) == DTYPES[kind]


def test_typed_rows_and_plain_dicts_give_the_same_frame() -> None:
    strange = FULL | {"id": 9, "created_by": None, "name": 5, "tags": "no list", "pinned": "yes"}
    body = msgspec.json.encode({"count": 2, "next": None, "results": [FULL, strange]})
    typed, plain = read_dashboards(body).results, read_page(body).results
    assert isinstance(typed[0], Row)
    pd.testing.assert_frame_equal(DASHBOARDS.to_frame(typed), DASHBOARDS.to_frame(plain))
    nested = msgspec.json.encode({"count": 1, "results": [FULL | {"created_by": "Mara"}]})
    assert read_dashboards(nested).results == read_page(nested).results


@pytest.mark.parametrize(
    ("user", "name"),
    [
        (None, None),
        ({"first_name": "Mara", "last_name": ""}, "Mara"),
        ({"first_name": "", "last_name": "", "email": "m@example.com"}, "m@example.com"),
    ],
)
def test_people_are_called_by_their_name(user: dict[str, Any] | None, name: str | None) -> None:
    assert full_name(user) == name


def test_tiles_of_the_insights_list_leave_out_what_was_removed() -> None:
    places = [
        {"id": 1, "dashboard_id": 7, "deleted": None},
        {"id": 2, "dashboard_id": 7, "deleted": True},
        {"id": 3, "dashboard_id": 99, "deleted": False},
    ]
    insight = {"id": 5, "name": None, "derived_name": "Views", "dashboard_tiles": places}
    frame = TILES.to_frame(insight_tiles([insight], {7: "Growth"}))
    assert frame[["id", "dashboard", "name"]].to_numpy().tolist() == [[1, "Growth", "Views"]]


@pytest.mark.parametrize(
    ("tile", "kind", "error"),
    [
        ({"text": {"body": "x"}}, "text", None),
        ({"button_tile": {"text": "Go"}}, "button", None),
        ({"widget": {"name": "W"}}, "widget", None),
        (
            {"insight": {"id": 1}, "error": {"type": "E", "message": "bad query"}},
            "insight",
            "bad query",
        ),
        (
            {"insight": {"id": 1, "query_status": {"error": True, "error_message": "slow"}}},
            "insight",
            "slow",
        ),
        ({}, "unknown", None),
    ],
)
def test_a_tile_is_what_it_holds(tile: dict[str, Any], kind: str, error: str | None) -> None:
    row = tile_row({"id": 1} | tile, {"id": 7})
    assert (row["kind"], row["error"]) == (kind, error)


def test_a_tile_from_before_queries_says_its_kind_by_its_filters() -> None:
    old = {"id": 1, "query": None, "filters": {"insight": "TRENDS", "display": "BoldNumber"}}
    row = tile_row({"id": 1, "insight": old}, {"id": 7})
    assert (row["query_kind"], row["display"]) == ("TrendsQuery", "BoldNumber")
    funnel = {"id": 1, "query": None, "filters": {"insight": "FUNNELS"}}
    assert tile_row({"id": 1, "insight": funnel}, {"id": 7})["query_kind"] == "FunnelsQuery"


def test_rows_that_come_in_parts_are_one_frame() -> None:
    odd = {**FULL, "id": 8, "name": "lone \ud800", "last_accessed_at": None, "pinned": None}
    for second in ({**FULL, "id": 8}, odd):
        builder = Builder(DASHBOARDS)
        builder.add([FULL])
        builder.add([])
        builder.add([second])
        found, whole = builder.to_frame(complete=True), DASHBOARDS.to_frame([FULL, second])
        assert found.attrs == {"complete": True}
        assert found.index.equals(whole.index)
        assert found.dtypes.equals(whole.dtypes)
        assert found.astype("object").equals(whole.astype("object"))
    assert Builder(DASHBOARDS).to_frame().dtypes.equals(DASHBOARDS.empty().dtypes)
