"""Frames have the same columns and dtypes whatever the rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashwidgets.frames import result_tables
from dashwidgets.frames.columns import DTYPES, Table
from dashwidgets.frames.dashboards import DASHBOARDS, full_name
from dashwidgets.frames.tiles import TILES, tile_row, tiles_of_insights

RESULTS = [found for found in vars(result_tables).values() if isinstance(found, Table)]
TABLES = [DASHBOARDS, TILES, *RESULTS]

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


def test_rows_with_everything_and_with_nothing_have_the_same_dtypes() -> None:
    empty = {"id": 8, "created_by": None}
    mixed = DASHBOARDS.to_frame([FULL, empty])
    assert dtypes(mixed) == dtypes(DASHBOARDS.empty()) == dtypes(DASHBOARDS.to_frame([empty]))
    assert mixed["owner"].tolist()[0] == "Mara Oduya"
    assert mixed["tags"].tolist() == [["a", "b"], []]
    assert mixed["last_accessed_at"].iloc[0] == pd.Timestamp("2026-03-02T08:14:55.201331Z")
    assert mixed.loc[1, ["name", "owner", "pinned", "last_accessed_at"]].isna().all()


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
    frame = tiles_of_insights([insight], {7: "Growth"})
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
