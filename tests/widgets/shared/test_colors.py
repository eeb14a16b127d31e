"""The colors a watched board gives its view: its own, and its theme's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.client import Client
from dashwidgets.api.errors import Forbidden
from dashwidgets.api.stream.events import Complete, Metadata
from dashwidgets.widgets.shared.colors import read_theme
from dashwidgets.widgets.watch.feed import Options, Source
from dashwidgets.widgets.watch.widget import Watch
from tests.local import local
from tests.widgets.scripted import BOARD, Script, tile

CHROME = {"breakdownValue": "Chrome", "breakdownType": "event", "colorToken": "preset-4"}


@pytest.fixture(scope="module")
def project() -> Iterator[dw.Project]:
    with local() as ph:
        yield ph


def board(theme: int | None, *colors: Any) -> Metadata:
    return Metadata({"id": 7, "breakdown_colors": list(colors), "data_color_theme_id": theme})


def watched(metadata: Metadata, theme_of: Any) -> Watch:
    script = lambda *_: Script(metadata, tile(1), Complete())  # noqa: E731
    return Watch([Source(BOARD, list, script, theme_of)], Options()).wait(10)  # pyright: ignore


def test_a_board_brings_its_colors_and_those_of_its_theme(project: dw.Project) -> None:
    dashboard = project.dashboard("Growth overview")
    editor = dashboard.edit()
    editor.changes = {"breakdown_colors": [CHROME], "data_color_theme_id": 1}
    editor.save()
    live = dashboard.watch(refresh="force_cache").wait(60)
    assert live.boards[0]["breakdown_colors"] == [CHROME]
    assert live.boards[0]["theme_colors"]["preset-3"] == "#42827e"
    live.close()
    assert dashboard.arrange().board["breakdown_colors"] == [CHROME]


def test_a_board_without_a_theme_asks_for_none() -> None:
    asked: list[int] = []
    live = watched(board(None, CHROME), asked.append)
    assert asked == []
    assert live.boards[0]["theme_colors"] == {}


def test_a_theme_is_read_once_but_again_after_it_failed() -> None:
    answers: list[Any] = [None, {"preset-1": "teal"}]
    live = watched(board(3), lambda _: answers.pop(0))
    assert live.boards[0]["theme_colors"] == {}
    for _ in range(2):
        live.again()
        live.wait(10)
        assert live.boards[0]["theme_colors"] == {"preset-1": "teal"}
    assert answers == []


def test_a_theme_that_may_not_be_read_is_no_failure_of_the_board() -> None:
    class Refusing:
        def send(self, *_: object, **__: object) -> None:
            raise Forbidden(403, "Missing scope project:read.", what="Listing data color themes")

    live = watched(board(3), lambda theme: read_theme(Refusing(), theme))  # pyright: ignore
    assert live.status["phase"] == "complete"
    assert live.status["message"] == ""
    assert live.boards[0]["theme_colors"] == {}


def test_a_theme_is_read_with_a_key_that_is_counted(project: dw.Project) -> None:
    of, key = project.client, project.client._core.key  # pyright: ignore[reportPrivateUsage]
    with Client(of.host, key, of.project_id, limited=True) as counted:
        assert (read_theme(counted, 1) or {})["preset-3"] == "#42827e"


def test_entries_of_another_shape_are_passed_over() -> None:
    live = watched(board(None, "red", None, {"breakdownValue": 3}), lambda _: None)
    empty = {"breakdownValue": 3, "breakdownType": None, "colorToken": None}
    assert live.boards[0]["breakdown_colors"] == [empty]
