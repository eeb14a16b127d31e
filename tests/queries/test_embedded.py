"""What is asked by SQL, on the embedded project: the same calls as on PostHog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import dashwidgets as dw
from benchmarks.large_project import fill
from dashwidgets.embedded.storage import Storage
from dashwidgets.queries import sql
from tests.conftest import serve
from tests.local import Running, local


@pytest.fixture
def ph(served: Running) -> Iterator[dw.Project]:
    with dw.connect(served.url, served.keys["owner"], served.project_id) as project:
        yield project


def test_every_row_by_key(ph: dw.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ph.sql("SELECT id, layouts FROM system.dashboard_tiles", limit=None)
    monkeypatch.setattr(sql, "MOST", 20)
    paged = ph.sql("SELECT id, layouts FROM system.dashboard_tiles", limit=None)
    assert paged.attrs["requests_spent"] > 4
    pd.testing.assert_frame_equal(whole.sort_values("id", ignore_index=True), paged)


def test_types_are_exact(ph: dw.Project) -> None:
    found = ph.sql(
        "SELECT CAST('1.10' AS Decimal(9, 2)) AS price, 1.5 AS share, [1, 2] AS some, "
        "count() AS n, max(timestamp) AS at FROM events"
    )
    assert {name: str(kind) for name, kind in found.dtypes.items()} == {
        "price": "object",
        "share": "float64",
        "some": "object",
        "n": "Int64",
        "at": "datetime64[us, UTC]",
    }
    assert str(found.loc[0, "price"]) == "1.10"
    assert found.loc[0, "some"] == [1, 2]


def test_wrong_sql_is_the_servers_sentence(ph: dw.Project) -> None:
    with pytest.raises(dw.BadRequest, match=r"Unknown table `system\.nothing`"):
        ph.sql("SELECT * FROM system.nothing")
    with pytest.raises(dw.ConfigurationError, match="Only SELECT"):
        ph.sql("DELETE FROM system.dashboards")


def test_history_tells_who_changed_what(ph: dw.Project) -> None:
    board = ph.dashboard("Revenue")
    board.update(description="Before the board meeting")
    last = board.history().iloc[0]
    assert last[["activity", "item", "field", "after"]].tolist() == [
        "updated",
        "Revenue",
        "description",
        "Before the board meeting",
    ]
    assert last["user_id"] == 1
    assert last["id"] in set(ph.history()["id"])


def test_a_board_comes_back_with_the_tiles_that_are_wanted(ph: dw.Project) -> None:
    bin_ = ph.deleted().set_index("name")
    assert bin_.attrs["not_covered"] == {}
    campaign = bin_.loc["Spring campaign"]
    assert campaign[["kind", "tiles", "deleted_by"]].tolist() == ["dashboard", 4, "tom@example.com"]
    back = ph.undelete(int(campaign["id"]))
    keep = back["id"].tolist()[:2]
    ph.dashboard("Spring campaign").delete()
    again = ph.undelete(int(campaign["id"]), keep=keep)
    assert again["id"].tolist() == keep
    assert "Spring campaign" not in ph.deleted()["name"].tolist()


def test_events_that_stopped_are_named(ph: dw.Project) -> None:
    events = ph.events().set_index("event")
    assert events.attrs["not_covered"] == {}
    assert events.loc["viewed_tour", "count"] == 0
    assert events.loc["viewed_tour", "last_seen"] < pd.Timestamp.now("UTC") - pd.Timedelta("100D")
    assert events.loc["signed_up", "tags"] == ["activation"]


def test_a_key_that_may_not_read_the_log_learns_less_and_is_told(served: Running) -> None:
    key = served.keys["readonly"]
    with dw.connect(served.url, key, served.project_id) as ph:
        bin_ = ph.deleted()
        assert "deleted_at" in bin_.attrs["not_covered"]
        assert bin_["deleted_at"].isna().all()
        with pytest.raises(dw.BadRequest, match="activity_logs"):
            ph.history()


def test_an_older_server_is_opened_and_says_so() -> None:
    with local(system_tables=False) as ph:
        with pytest.warns(UserWarning, match="Opening"):
            tiles = ph.tiles(deep=True)
        assert tiles.attrs["source"] == "open"
        assert "Unknown table" in tiles.attrs["not_by_sql"]


def test_two_hundred_boards_in_eight_requests_and_none_is_opened(tmp_path: Path) -> None:
    with serve("--data-dir", str(tmp_path), "--rate-limits") as server:
        fill(tmp_path, 200, 10)
        storage = Storage(tmp_path)
        before = storage.all("SELECT id, last_accessed_at FROM dashboard")
        with dw.connect(server.url, server.keys["owner"], server.project_id) as ph:
            tiles = ph.tiles(deep=True)
        assert (tiles.attrs["source"], tiles.attrs["complete"]) == ("sql", True)
        assert tiles.attrs["requests_spent"] <= 8
        assert len(tiles) > 1_700
        assert storage.all("SELECT id, last_accessed_at FROM dashboard") == before
        storage.close()
