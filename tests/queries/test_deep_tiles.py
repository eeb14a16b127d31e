"""``ph.tiles(deep=True)`` by SQL, and without it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.frames.tiles import TILES
from dashwidgets.queries import sql
from tests.queries.conftest import Tables

OPENED = "2026-01-02T03:04:05Z"
TREND = json.dumps(
    {
        "kind": "InsightVizNode",
        "source": {"kind": "TrendsQuery", "trendsFilter": {"display": "BoldNumber"}},
    }
)


def tile(key: int, board: int, **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("insight_id", "text_id", "button_tile_id", "color"))
    return {"id": key, "dashboard_id": board, "layouts": "{}", "deleted": 0} | empty | fields


def insight(key: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": key,
        "short_id": f"short{key}",
        "name": f"Insight {key}",
        "query": TREND,
        "deleted": 0,
        "last_modified_at": OPENED,
    } | fields


def at(y: int, x: int = 0) -> str:
    return json.dumps({"sm": {"x": x, "y": y, "w": 6, "h": 5}})


@pytest.fixture
def foreign() -> Iterator[Tables]:
    board = {"last_accessed_at": OPENED, "tags": [], "deleted": False}
    server = Tables(
        [{"id": 7, "name": "Growth"} | board, {"id": 8, "name": "Revenue"} | board],
        {
            "dashboard_tiles": [
                tile(1, 7, insight_id=11, layouts=at(5), color="blue"),
                tile(2, 7, text_id=3, layouts=at(0)),
                tile(3, 7, button_tile_id=4),
                tile(4, 8),
                tile(5, 8, insight_id=12),
                tile(6, 8, insight_id=11, deleted=1),
                tile(7, 99, insight_id=11),
                tile(8, 8, insight_id=404),
            ],
            "insights": [insight(11), insight(12, deleted=1)],
        },
    )
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_tiles_come_by_sql_and_nothing_is_opened(foreign: Tables, ph: dw.Project) -> None:
    tiles = ph.tiles(deep=True)
    assert tiles["id"].tolist() == [2, 1, 3, 4, 8]
    assert tiles["kind"].tolist() == ["text", "insight", "button", "widget", "insight"]
    assert tiles["order"].tolist() == [0, 1, 2, 0, 1]
    trend = tiles.set_index("id").loc[1]
    assert trend[["name", "short_id", "query_kind", "display", "color"]].tolist() == [
        "Insight 11",
        "short11",
        "TrendsQuery",
        "BoldNumber",
        "blue",
    ]
    assert trend[["x", "y", "w", "h"]].tolist() == [0, 5, 6, 5]
    assert str(trend["last_accessed_at"]) == "2026-01-02 03:04:05+00:00"
    assert tiles.dtypes.equals(TILES.empty().dtypes)
    assert tiles.attrs["source"] == "sql"
    assert tiles.attrs["complete"] is True
    assert "text" in tiles.attrs["missing"]
    assert tiles[tiles.attrs["missing"]].isna().all(axis=None)
    assert not [path for verb, path, _ in foreign.asked if path.startswith("dashboards/7")]
    assert tiles.attrs["requests_spent"] == len(foreign.asked) == 4
    ph.tiles(deep=True)
    assert len(foreign.asked) == 7  # what the server has is asked once


def test_pages_lose_no_tile(
    foreign: Tables, ph: dw.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ph.tiles(deep=True)
    monkeypatch.setattr(sql, "MOST", 2)
    foreign.most = 2
    assert ph.tiles(deep=True)["id"].tolist() == whole["id"].tolist()


def test_rows_that_the_user_may_not_see_are_not_called_complete(
    foreign: Tables, ph: dw.Project
) -> None:
    foreign.warnings = ["Results may exclude: insight"]
    assert ph.tiles(deep=True).attrs["complete"] is False


def test_a_server_without_these_tables_has_its_dashboards_opened(
    foreign: Tables, ph: dw.Project
) -> None:
    del foreign.tables["dashboard_tiles"]
    with pytest.warns(UserWarning, match="Opening 2 dashboards"):
        tiles = ph.tiles(deep=True)
    assert tiles.attrs["source"] == "open"
    assert "Unknown table" in tiles.attrs["not_by_sql"]
    assert tiles.attrs["requests_spent"] == len(foreign.asked)


def test_opening_can_be_forced(foreign: Tables, ph: dw.Project) -> None:
    with pytest.warns(UserWarning, match="Opening 2 dashboards"):
        assert ph.tiles(deep="open").attrs["source"] == "open"
    assert not foreign.statements
    with pytest.raises(dw.ConfigurationError, match="deep is"):
        ph.tiles(deep="sql")  # type: ignore[arg-type]


def test_insights_from_before_queries_have_a_kind(foreign: Tables, ph: dw.Project) -> None:
    filters = {"insight": "FUNNELS", "display": "FunnelViz"}
    foreign.tables["insights"] = [
        insight(11, query=None, filters=json.dumps(filters)),
        insight(12, filters="{}", deleted=1),
    ]
    tiles = ph.tiles(deep=True).set_index("id")
    assert tiles.loc[1, "query_kind"] == "FunnelsQuery"
    place = {"id": 1, "dashboard_id": 7, "deleted": False}
    row = {"id": 11, "query": None, "filters": filters, "dashboard_tiles": [place]}
    listed = {"count": 1, "next": None, "results": [row]}
    boards = {"count": 1, "next": None, "results": foreign.boards}
    foreign.answer = lambda _verb, path, _body: (
        200,
        listed if path.startswith("insights/") else boards,
    )
    assert ph.insights()["query_kind"].tolist() == ["FunnelsQuery"]
    assert ph.tiles()["query_kind"].tolist() == ["FunnelsQuery"]
