"""Servers that people have: newest cloud, old self-hosted, a proxy that answers in their place.

Each is one fake that differs in how it refuses what it does not do. Every read, the stream and
every widget must work on all of them: what a server says is never what decides.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dashwidgets.api.client import Client
from dashwidgets.api.errors import DashwidgetsError, Forbidden, NotFound, Unauthorized
from dashwidgets.dashboard import Dashboard
from dashwidgets.project import Project
from tests.api.conftest import Answer, Scripted

KEY = "phx_test_key_0123456789"
TEXT, HTML = {"Content-Type": "application/json"}, {"Content-Type": "text/html; charset=utf-8"}
PAGE = b"<!doctype html><html><title>Sign in</title><body>Please sign in.</body></html>"


def says(status: int, detail: str, code: str = "permission_denied") -> Answer:
    body = {"type": "authentication_error", "code": code, "detail": detail, "attr": None}
    return status, TEXT, json.dumps(body).encode()


STREAM_REFUSED: dict[str, Answer] = {
    "newest cloud": says(403, "This action does not support personal API key access"),
    "old self-hosted": says(403, "This action does not support Personal API Key access"),
    "in another language": says(403, "Diese Aktion unterstützt keine Schlüssel."),
    "OAuth refused": says(403, "OAuth applications may not use this endpoint."),
    "OAuth unknown": says(401, "Invalid access token.", "authentication_failed"),
    "no such route": says(404, "Endpoint not found.", "not_found"),
    "method refused": says(405, 'Method "GET" not allowed.', "method_not_allowed"),
    "Accept refused": says(406, "Could not satisfy the request Accept header.", "not_acceptable"),
    "gone": says(410, "Streaming has moved."),
    "not implemented": says(501, "Not implemented.", "error"),
    "proxy page": (200, HTML, PAGE),
    "proxy refuses": (403, HTML, PAGE),
    "proxy fails": (502, HTML, PAGE),
    "empty": (200, TEXT, b""),
    "redirects": (302, {"Location": "https://login.example.com/"}, b""),
}


def tile(key: int) -> dict[str, Any]:
    query = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": []}}
    insight = {"id": 10 + key, "short_id": f"s{key}", "name": f"Insight {key}", "query": query}
    insight["result"] = [{"label": "x", "days": ["2026-06-01"], "data": [key]}]
    layout = {"sm": {"x": 0, "y": 5 * key, "w": 6, "h": 5}}
    return {"id": key, "insight": insight, "text": None, "layouts": layout, "order": key}


BOARD = {"id": 7, "name": "Board", "tags": [], "tiles": [tile(1), tile(2)], "filters": {}}


class Server(Scripted):
    """Reads by any key; how it refuses the rest is the test's to say."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: dict[str, Answer] = {}
        self.known: dict[str, Any] = {
            "GET dashboards/": {"count": 1, "next": None, "results": [{"id": 7, "name": "Board"}]},
            "GET dashboards/7/": BOARD,
            "GET insights/": {"count": 0, "next": None, "results": []},
            "GET insights/11/": tile(1)["insight"],
            "GET insights/12/": tile(2)["insight"],
            "GET /api/users/@me/": {"id": 1, "uuid": "u", "organization": {"membership_level": 15}},
            "GET dashboards/7/collaborators/": [],
            "GET dashboards/7/sharing/": {"enabled": False, "share_passwords": []},
            "POST dashboards/": BOARD | {"id": 9, "tiles": []},
            "GET dashboards/9/": BOARD | {"id": 9, "tiles": []},
            "PATCH dashboards/9/": BOARD | {"id": 9, "tiles": []},
        }
        self.says(self._answer)

    def _answer(self, path: str) -> Answer:
        verb = self.asked[-1].partition(" ")[0]
        short = re.sub(r"^/api/projects/7/|\?.*", "", path)
        for ending, refusal in self.refusals.items():
            if short.endswith(ending):
                return refusal
        found = self.known.get(f"{verb} {short}")
        if found is None:
            return says(404, "Not found.", "not_found")
        return 200, TEXT, json.dumps(found).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    threading.Thread(target=found.server.serve_forever, args=(0.01,), daemon=True).start()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def ph(server: Server) -> Iterator[Project]:
    with Project(Client(server.url, KEY, 7, sleep=lambda _: None)) as found:
        yield found


@pytest.fixture(params=STREAM_REFUSED)
def board(request: pytest.FixtureRequest, server: Server, ph: Project) -> Dashboard:
    server.refusals = {"/stream_tiles/": STREAM_REFUSED[request.param]}
    return Dashboard(ph.client, {"id": 7, "name": "Board"})


READS: dict[str, Callable[[Project, Dashboard], object]] = {
    "dashboards": lambda ph, _: ph.dashboards(),
    "tiles": lambda ph, _: ph.tiles(),
    "deep tiles": lambda ph, _: ph.tiles(deep=True),  # warns that it opens
    "audit": lambda ph, _: ph.audit(),
    "insights": lambda ph, _: ph.insights(),
    "references": lambda ph, _: ph.references("signed_up"),
    "tags": lambda ph, _: ph.tags(),
    "links": lambda ph, _: ph.sharing(),
    "people": lambda ph, _: ph.collaborators(),
    "board": lambda ph, _: ph.dashboard(7),
    "board's tiles": lambda _, board: board.tiles(),
    "collaborators": lambda _, board: board.collaborators(),
    "sharing": lambda _, board: board.sharing(),
    "events": lambda _, board: list(board.stream(refresh="blocking")),
}


@pytest.mark.filterwarnings("ignore:Opening")
@pytest.mark.parametrize("read", READS)
def test_every_read_works_wherever_streaming_is_refused(
    ph: Project, board: Dashboard, read: str
) -> None:
    READS[read](ph, board)


@pytest.mark.parametrize("refresh", [None, "blocking"])
def test_a_board_arrives_however_streaming_is_refused(
    board: Dashboard, refresh: str | None
) -> None:
    results = board.results(refresh=refresh)  # pyright: ignore[reportArgumentType]
    assert {name: frame["value"].tolist() for name, frame in results.items()} == {
        "Insight 1": [1.0],
        "Insight 2": [2.0],
    }
    assert all(frame.attrs["complete"] for frame in results.values())


def test_every_widget_opens_however_streaming_is_refused(ph: Project, board: Dashboard) -> None:
    live = board.watch()
    live.wait(timeout=30)
    assert live.status["phase"] == "complete"
    assert live.results["Insight 2"]["value"].tolist() == [2.0]
    assert ph.browse().listing["count"] == 1
    assert board.edit().saved["name"] == "Board"
    assert [tile["id"] for tile in board.arrange().tiles] == [1, 2]


@pytest.mark.parametrize("refusal", STREAM_REFUSED)
def test_a_dashboard_that_is_missing_still_says_so(
    server: Server, ph: Project, refusal: str
) -> None:
    server.refusals = {"/stream_tiles/": STREAM_REFUSED[refusal]}
    lost = Dashboard(ph.client, {"id": 8, "name": "Lost"})
    with pytest.raises(NotFound, match="Not found"):
        lost.results()
    live = lost.watch()
    with pytest.raises(NotFound, match="Not found"):
        live.wait(timeout=30)
    assert live.status["phase"] == "failed"


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (says(403, "You don't have access to the project."), Forbidden),
        (says(401, "Invalid personal API key."), Unauthorized),
        ((200, HTML, PAGE), DashwidgetsError),
    ],
)
def test_a_board_that_may_not_be_read_at_all_is_refused(
    server: Server, ph: Project, refusal: Answer, error: type[DashwidgetsError]
) -> None:
    server.refusals = {"/stream_tiles/": refusal, "dashboards/7/": refusal}
    with pytest.raises(error):
        Dashboard(ph.client, {"id": 7, "name": "Board"}).results()


NO_TEMPLATES = ("newest cloud", "old self-hosted", "in another language", "no such route")
TEMPLATE = {"template_name": "New", "dashboard_description": "", "dashboard_filters": {}}


@pytest.mark.parametrize("refusal", [*NO_TEMPLATES, "method refused", "proxy refuses"])
def test_a_template_is_built_piece_by_piece_however_the_endpoint_is_refused(
    server: Server, ph: Project, refusal: str
) -> None:
    server.refusals = {"create_from_template_json/": STREAM_REFUSED[refusal]}
    text = {"type": "TEXT", "body": "Hello", "layouts": {}}
    assert ph.create_from_template(TEMPLATE | {"tiles": [text]}).id == 9
    assert server.asked[-2:] == [
        f"{verb} /api/projects/7/dashboards/9/" for verb in ("PATCH", "GET")
    ]


def test_a_refused_field_is_found_without_the_server_s_words(server: Server, ph: Project) -> None:
    """A restriction is refused in words of its own; the name is changed all the same."""
    server.known["PATCH dashboards/7/"] = BOARD | {"name": "New"}
    row = {"id": 7, "name": "Board", "restriction_level": 21, "tags": []}
    server.known["GET dashboards/"]["results"] = [row]
    frame = ph.dashboards()
    frame["name"], frame["restriction_level"] = "New", 37

    def answer(path: str) -> Answer:
        patched = server.asked[-1].startswith("PATCH")
        if patched and len([one for one in server.asked if one.startswith("PATCH")]) == 1:
            return says(403, "Nur wer es angelegt hat, darf das.")
        if patched:
            server.known["GET dashboards/"]["results"] = [row | {"name": "New"}]
        return server._answer(path)

    server.says(answer)
    plan = ph.plan(frame)
    plan.apply()
    done = plan.changes.set_index("field")
    assert done["state"].to_dict() == {"name": "done", "restriction_level": "refused"}


def test_a_server_below_a_path_is_asked_there(server: Server) -> None:
    with Project(Client(f"{server.url}/posthog/", KEY, 7)) as ph:
        server.says((200, TEXT, json.dumps(server.known["GET dashboards/"]).encode()))
        assert ph.dashboards()["id"].tolist() == [7]
    assert server.asked[0].startswith("GET /posthog/api/projects/7/dashboards/?")
