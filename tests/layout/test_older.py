"""Tiles on a server that has no actions for them yet: the same comes of it (contract 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import insights
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.httpx import HttpxTransport
from dashwidgets.api.transport.interface import Call
from tests.local import Running

NEWER = re.compile("/(reorder_tiles|copy_tile|create_text_tile|delete_tile)/$")


class NotThere:
    """What a router says to an action it does not know."""

    status, headers, body = 404, {}, b'{"type": "invalid_request", "code": "not_found"}'

    def read(self) -> bytes:
        return self.body

    def chunks(self) -> Iterator[bytes]:
        yield self.body


class Old(HttpxTransport):
    """The embedded project without the newer actions."""

    @contextmanager
    def open(self, call: Call) -> Iterator[Any]:
        if NEWER.search(call.path):
            yield NotThere()
            return
        with super().open(call) as answer:
            yield answer


@pytest.fixture
def new(server: Running) -> Iterator[dw.Project]:
    with dw.connect(server.url, server.keys["owner"], server.project_id) as project:
        yield project


@pytest.fixture
def old(server: Running) -> Iterator[dw.Project]:
    transport = Old(server.url, Secret(server.keys["owner"]), 60.0)
    client = Client(server.url, server.keys["owner"], server.project_id, transport=transport)
    with dw.Project(client) as project:
        yield project


def copies(new: dw.Project, old: dw.Project) -> tuple[dw.Dashboard, dw.Dashboard]:
    """Two boards that are the same, one for each server."""
    board = new.dashboard("Growth overview")
    return board.duplicate(deep=True), old.dashboard(board.duplicate(deep=True).id)


@pytest.mark.parametrize("layout", ["preserve", "two_column", "full_width"])
def test_reordering_gives_the_same_places(new: dw.Project, old: dw.Project, layout: Any) -> None:
    places = []
    for board in copies(new, old):
        order = board.tiles()["id"].tolist()[::-1]
        board.reorder(order, layout)
        places.append(board.tiles()[["name", "x", "y", "w", "h"]].to_dict("records"))
    assert places[0] == places[1]


def test_a_text_is_added_and_a_tile_removed(new: dw.Project, old: dw.Project) -> None:
    _, board = copies(new, old)
    text = board.add_text("# Hello", layout={"x": 0, "y": 90, "w": 4, "h": 2})
    tiles = board.tiles().set_index("id")
    assert tiles.loc[text, ["text", "y", "w"]].tolist() == ["# Hello", 90, 4]
    board.remove_tile(text)
    assert text not in board.tiles()["id"].tolist()


def test_a_tile_is_copied_and_stays_where_it_was(new: dw.Project, old: dw.Project) -> None:
    _, board = copies(new, old)
    there = new.create("There")
    tiles = board.tiles()
    insight, text = (tiles[tiles["kind"] == kind].iloc[0] for kind in ("insight", "text"))
    board.copy_tile(insight["id"], to=there)
    board.copy_tile(text["id"], to=there)
    copied = there.tiles()
    assert set(copied["text"].dropna()) == {text["text"]}
    found = copied[copied["insight_id"] == insight["insight_id"]].iloc[0]
    assert found[["x", "y", "w", "h"]].tolist() == insight[["x", "y", "w", "h"]].tolist()
    assert insight["id"] in board.tiles()["id"].tolist()
    with pytest.raises(dw.DashwidgetsError, match="already"):
        board.copy_tile(insight["id"], to=there)


def test_what_is_not_there_is_refused_as_ever(new: dw.Project, old: dw.Project) -> None:
    for ph in (new, old):
        board = ph.create("Empty")
        for act in (
            lambda board=board: board.reorder([99_999]),
            lambda board=board: board.remove_tile(99_999),
            lambda board=board: board.copy_tile(99_999, to=1),
        ):
            with pytest.raises(dw.NotFound):
                act()
        board.delete()
        with pytest.raises(dw.NotFound, match="Adding a text"):
            board.add_text("Hello")


def test_a_copy_to_what_is_not_there_changes_nothing(new: dw.Project, old: dw.Project) -> None:
    for board in copies(new, old):
        tiles = board.read()["tiles"]
        insight = next(tile for tile in tiles if tile["insight"])
        gone = new.create("Gone")
        gone.delete()
        with pytest.raises(dw.NotFound, match="Copying"):
            board.copy_tile(insight["id"], to=gone)
        assert new.client.send(insights.read(insight["insight"]["id"]))["dashboards"] == [board.id]
