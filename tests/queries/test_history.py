"""The bin, the events and the activity log, from a server that is not ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.dashboard import Dashboard
from tests.queries.conftest import Said, Tables

MADE, DONE = "2026-01-02T03:04:05Z", "2026-10-02T03:04:05Z"
CHANGES = [
    {"field": "name", "before": "Old", "after": "New"},
    {"field": "tags", "before": [], "after": ["growth"]},
]


def entry(key: str, activity: str, detail: Any, **fields: Any) -> dict[str, Any]:
    made = {"id": key, "activity": activity, "detail": json.dumps(detail), "created_at": DONE}
    return made | {"item_id": "7", "scope": "Dashboard"} | fields


@pytest.fixture
def foreign() -> Iterator[Tables]:
    held = {"description": "", "created_at": MADE}
    server = Tables(
        [],
        {
            "dashboards": [
                {"id": 7, "name": "Growth", "deleted": 1} | held,
                {"id": 8, "name": "Revenue", "deleted": 0} | held,
            ],
            "insights": [{"id": 11, "short_id": "abc", "name": "Sum", "deleted": 1} | held],
            "dashboard_tiles": [{"id": 1, "dashboard_id": 7}, {"id": 2, "dashboard_id": 7}],
            "activity_logs": [entry("a", "deleted", {"name": "Growth"})],
            "events": [
                {"event": "signed_up", "count": 3, "first_seen": MADE, "last_seen": DONE},
            ],
        },
    )
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_the_bin_tells_what_when_and_how_many_tiles(foreign: Tables, ph: dw.Project) -> None:
    found = ph.deleted()
    assert found[["kind", "id", "name"]].to_numpy().tolist() == [
        ["dashboard", 7, "Growth"],
        ["insight", 11, "Sum"],
    ]
    assert found["tiles"].tolist() == [2, pd.NA]
    assert found["deleted_at"].tolist() == [pd.Timestamp(DONE), pd.NaT]
    assert found.attrs["complete"] is True
    assert found.attrs["requests_spent"] == len(foreign.asked)


def test_what_the_bin_can_not_tell_is_said(foreign: Tables, ph: dw.Project) -> None:
    del foreign.tables["activity_logs"], foreign.tables["insights"]
    found = ph.deleted()
    assert found["name"].tolist() == ["Growth"]
    assert found["deleted_at"].isna().all()
    assert set(found.attrs["not_covered"]) == {"insights", "deleted_at"}
    assert found.attrs["complete"] is False


def test_history_has_a_row_a_changed_field(foreign: Tables, ph: dw.Project) -> None:
    foreign.tables["activity_logs"] = [
        entry("a", "created", None, created_at=MADE),
        entry("b", "updated", {"name": "New", "changes": CHANGES}),
    ]
    found = Dashboard(ph.client, {"id": 7, "name": "New"}).history()
    assert found["activity"].tolist() == ["updated", "updated", "created"]
    assert found["field"].tolist()[:2] == ["name", "tags"]
    assert found["after"].tolist()[:2] == ["New", ["growth"]]
    values = foreign.asked[-1][2]["query"]["values"]
    assert values == {"scopes": ["Dashboard"], "item": "7"}
    assert ph.history()["item"].tolist()[0] == "New"


def test_events_that_stopped_are_there_with_none(foreign: Tables, ph: dw.Project) -> None:
    answer = foreign.answer
    known = [
        {"id": "a", "name": "signed_up", "tags": ["core"]},
        {"id": "b", "name": "gone", "last_seen_at": MADE},
    ]

    def with_definitions(verb: str, path: str, body: Any) -> Said | None:
        if path.startswith("event_definitions/"):
            return 200, {"count": 2, "next": None, "results": known}
        return answer(verb, path, body)

    undefined = ph.events()
    assert undefined["event"].tolist() == ["signed_up"]
    assert set(undefined.attrs["not_covered"]) == {"description", "tags", "verified", "hidden"}
    foreign.answer = with_definitions
    found = ph.events(days=30)
    assert found[["event", "count"]].to_numpy().tolist() == [["signed_up", 3], ["gone", 0]]
    assert found["tags"].tolist() == [["core"], []]
    assert found["last_seen"].tolist() == [pd.Timestamp(DONE), pd.Timestamp(MADE)]
    assert "INTERVAL 30 DAY" in foreign.statements[-1]
    with pytest.raises(dw.ConfigurationError):
        ph.events(days="30; DROP")  # type: ignore[arg-type]


def test_events_are_joined_with_where_they_are_used(foreign: Tables, ph: dw.Project) -> None:
    answer = foreign.answer

    def series(*events: str) -> dict[str, Any]:
        nodes = [{"kind": "EventsNode", "event": event} for event in events]
        return {"kind": "TrendsQuery", "series": nodes}

    insights = [
        {"id": at, "query": series(*events), "dashboard_tiles": [{"id": at, "dashboard_id": board}]}
        for at, (board, events) in enumerate([(7, ["signed_up"]), (7, ["signed_up", "typo"])], 1)
    ]
    foreign.boards = [{"id": 7, "name": "Growth"}]

    def with_insights(verb: str, path: str, body: Any) -> Said | None:
        if path.startswith("insights/"):
            return 200, {"count": 2, "next": None, "results": insights}
        return answer(verb, path, body)

    foreign.answer = with_insights
    found = ph.events(used=True).set_index("event")
    assert found.attrs["requests_spent"] == len(foreign.asked)
    assert found.loc["signed_up", ["count", "dashboards", "insights"]].tolist() == [3, 1, 2]
    assert found.loc["typo", ["count", "dashboards", "insights"]].tolist() == [0, 1, 1]
    assert ph.events()["dashboards"].isna().all()


def test_a_dashboard_comes_back_without_the_tiles_removed_before(shared: dw.Project) -> None:
    board = shared.dashboard("Growth overview").duplicate("For the bin", deep=True)
    before = board.tiles()
    dropped, kept = before["id"].tolist()[0], before["id"].tolist()[1:]
    board.remove_tile(dropped)
    board.delete()
    back = shared.undelete(board.id, keep=kept)
    assert sorted(back["id"]) == sorted(kept)
    assert back.attrs["removed_again"] == [dropped]
    with pytest.raises(dw.NotFound):
        shared.undelete(424_242)
