"""A PostHog that is not ours: null wherever it may be, short tiles, kinds of a time to come."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError, NotFound, UnexpectedAnswer
from dashwidgets.api.stream.events import decoded
from dashwidgets.connection import connect
from dashwidgets.dashboard import Dashboard
from dashwidgets.frames.results import result_frame
from dashwidgets.project import Project
from tests.api.conftest import KEYS_REFUSED, Answer, Scripted

KEY = "phx_test_key_0123456789"
SQL = {"kind": "DataVisualizationNode", "source": {"kind": "HogQLQuery"}}
SOMEBODY = {"id": 3, "uuid": "01930aa2-77d0-0000-93b7-0d6be2f1c410", "email": "ines@example.com"}


def insight(key: int, **fields: Any) -> dict[str, Any]:
    return {"id": key, "short_id": f"short{key}", "name": f"Insight {key}", "result": None} | fields


TILES: list[dict[str, Any]] = [
    {"id": 1, "insight": insight(11, query=SQL, columns=["a", "b"], result=[["x", 1], ["y"]])},
    {"id": 2, "insight": {"id": 12, "short_id": "short12", "user_access_level": "none"}},
    {"id": 3, "error": {"type": "OperationalError", "message": "connection reset"}},
    {"id": 4, "insight": insight(14), "error": {"type": "ValidationError", "message": "bad query"}},
    {"id": 5, "group": {"tiles": []}, "layouts": None},
]
BOARD = {"id": 7, "name": "Board", "tags": None, "created_by": None, "tiles": TILES}
NO_TILES = {"id": 8, "name": None, "tiles": None}


class Foreign(Scripted):
    """Answers by verb and path; what it does not know is 404."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Any] = {
            "GET dashboards/": page([{"id": 7, "name": "Board"}, {"id": 8, "name": None}]),
            "GET dashboards/7/": BOARD,
            "GET dashboards/8/": NO_TILES,
            "PATCH dashboards/7/": BOARD,
            "PATCH dashboards/7/move_tile/": BOARD | {"tiles": None},
            "GET insights/11/": TILES[0]["insight"],
            "GET insights/14/": TILES[3]["insight"],
        }
        self.says(self._answer)

    def _answer(self, path: str) -> Answer:
        verb = self.asked[-1].partition(" ")[0]
        short = re.sub(r"^/api/projects/7/|\?.*", "", path)
        found = self.known.get(f"{verb} {short}")
        if short.endswith("/stream_tiles/"):
            return 403, {}, json.dumps({"detail": KEYS_REFUSED}).encode()
        if found is None:
            return 404, {}, b'{"detail": "Endpoint not found.", "code": "not_found"}'
        return 200, {}, json.dumps(found).encode()


def page(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": len(rows), "next": None, "previous": None, "results": rows}


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    server = Foreign()
    threading.Thread(target=server.server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def ph(foreign: Foreign) -> Iterator[Project]:
    with Project(Client(foreign.url, KEY, 7, sleep=lambda _: None)) as found:
        yield found


@pytest.fixture
def board(ph: Project) -> Dashboard:
    return Dashboard(ph.client, {"id": 7, "name": "Board"})


def test_a_board_whose_tiles_are_null_has_none(ph: Project) -> None:
    empty = ph.dashboard(8)
    assert len(empty.tiles()) == 0
    assert empty.results() == {}
    live = empty.watch()
    live.wait(timeout=20)
    assert dict(live.results) == {}


def test_results_say_why_each_of_them_is_empty(board: Dashboard) -> None:
    results = board.results(refresh=None)
    assert results["Insight 11"]["a"].tolist() == ["x", "y"]
    reasons = {name: frame.attrs["reason"] for name, frame in results.items()}
    complete = {name: frame.attrs["complete"] for name, frame in results.items()}
    assert complete == {name: name == "Insight 11" for name in results}
    assert reasons == {
        "Insight 11": None,
        "Untitled": "you do not have access to this insight",
        "[3]": "connection reset",
        "Insight 14": "bad query",
    }


def test_an_update_reads_whatever_tiles_come_back(board: Dashboard) -> None:
    board.update(name="Board")
    with pytest.raises(UnexpectedAnswer, match=r"left tiles \[5\] where they were"):
        board.update(layouts={5: {"x": 0, "y": 0, "w": 3, "h": 3}})
    board.move_tile(1, to=8)


WRONG: dict[str, Any] = {
    "dashboards/": page([{"name": "no id"}]),
    "insights/": page([{"id": None}]),
    "dashboards/7/": {"id": 7, "tiles": [{"insight": None}]},
    "dashboards/7/create_text_tile/": {"text": None},
    "dashboards/7/sharing/passwords/": {"id": 1},
}
ASKS: dict[str, Callable[[Project, Dashboard], object]] = {
    "dashboards": lambda ph, _: ph.dashboards(),
    "dashboard": lambda ph, _: ph.dashboard("no id"),
    "audit": lambda ph, _: ph.audit(),
    "insights": lambda ph, _: ph.insights(),
    "tiles": lambda _, board: board.tiles(),
    "results": lambda _, board: board.results(),
    "update": lambda _, board: board.update(name="x"),
    "add_text": lambda _, board: board.add_text("x"),
    "add_share_password": lambda _, board: board.add_share_password(),
}


@pytest.mark.parametrize("ask", ASKS)
def test_an_answer_without_what_must_be_there_is_told(
    foreign: Foreign, ph: Project, board: Dashboard, ask: str
) -> None:
    for verb in ("GET", "POST", "PATCH"):
        foreign.known |= {f"{verb} {path}": body for path, body in WRONG.items()}
    with pytest.raises(UnexpectedAnswer, match=r"check that the host is PostHog's\.$"):
        ASKS[ask](ph, board)


def test_a_current_project_without_a_number_is_told(foreign: Foreign) -> None:
    foreign.known["GET /api/users/@me/"] = {"uuid": "u", "team": 7}
    with pytest.raises(ConfigurationError, match="pass project_id="):
        connect(foreign.url, KEY)


def test_a_link_whose_passwords_are_odd_is_read(foreign: Foreign, board: Dashboard) -> None:
    words = [None, {"created_at": 5}, {"created_at": "2026-05-20T12:00:03Z"}]
    foreign.known["GET dashboards/7/sharing/"] = {"enabled": True, "share_passwords": words}
    link = board.sharing().iloc[0]
    assert (link["passwords"], link["password_since"].year) == (3, 2026)


def test_events_without_a_kind_are_read_over() -> None:
    assert decoded(b'{"type": null}', 0) == decoded(b'{"hello": 1}', 0) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"result": [["x"], None], "columns": ["a"]},
        {"result": [{"a": 1}], "columns": ["a"]},
        {"result": [["x", 1]], "columns": "ab"},
    ],
)
def test_a_table_of_another_shape_is_told(odd: dict[str, Any]) -> None:
    frame = result_frame({"query": SQL} | odd)
    assert frame.empty
    assert frame.attrs["reason"].endswith("see .attrs['result']")
    assert frame.attrs["result"] == odd["result"]


def test_a_column_without_a_type_is_read() -> None:
    odd = {"result": [["x", 1]], "columns": ["a", "b"], "types": [["a", "String"]]}
    assert result_frame({"query": SQL} | odd).to_dict("list") == {"a": ["x"], "b": [1]}


def test_an_editor_opens_where_somebody_s_account_is_gone(
    foreign: Foreign, board: Dashboard
) -> None:
    nobody = {"id": "1", "user": None, "level": 37}
    foreign.known["GET dashboards/7/collaborators/"] = [nobody, nobody | {"user": SOMEBODY}]
    foreign.known["GET /api/organizations/@current/members/"] = page([nobody])
    editor = board.edit()
    assert editor.saved["collaborators"] == [SOMEBODY["uuid"]]
    assert [person["uuid"] for person in editor.choices["people"]] == [SOMEBODY["uuid"]]


def test_a_result_that_was_cut_is_not_complete() -> None:
    table = {"query": SQL, "columns": ["a"], "result": [["x"]], "hasMore": None}
    assert result_frame(table).attrs["complete"]
    assert not result_frame(table | {"hasMore": True}).attrs["complete"]


def test_an_id_that_is_written_as_text_is_told(ph: Project) -> None:
    with pytest.raises(NotFound, match="'7': did you mean the id 7, a number"):
        ph.dashboard("7")


def test_a_name_that_is_close_is_never_an_empty_one(ph: Project) -> None:
    with pytest.raises(NotFound, match=r"^No dashboard is called ''\.$"):
        ph.dashboard("")
