"""What a watched board shows beside its insights: annotations, and the project's currency."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, cast

import pytest

from dashwidgets.api.client import Client
from dashwidgets.api.errors import Forbidden, NotFound
from dashwidgets.api.stream.events import Complete
from dashwidgets.widgets.watch.context import ProjectSurroundings, Surroundings, surroundings_of
from dashwidgets.widgets.watch.feed import Options, Source
from dashwidgets.widgets.watch.widget import Watch
from tests.widgets.scripted import BOARD, METADATA, Script, tile

RELEASE = {
    "id": 3,
    "date_marker": "2026-06-12T09:00:00Z",
    "content": "Release",
    "scope": "dashboard",
    "dashboard_id": 7,
    "created_by": {"email": "someone@example.com"},
}


class FakeClient:
    """Answers each path once more than it should be asked."""

    project_id = 1

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def send(self, request: Any, deadline: float = 0.0) -> Any:
        self.asked.append(request.path)
        answer = self.answers[request.path]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Rows:
    def __init__(self, *rows: dict[str, Any]) -> None:
        self.results = list(rows)


def surroundings(**answers: Any) -> tuple[ProjectSurroundings, FakeClient]:
    paths = {"annotations": "annotations/", "project": "/api/projects/1/"}
    client = FakeClient({paths[name]: answer for name, answer in answers.items()})
    return ProjectSurroundings(cast("Client", client)), client


def test_annotations_are_read_once_and_hold_nobodys_address() -> None:
    around, client = surroundings(annotations=Rows(RELEASE, {"content": None}))
    found = [around.annotations() for _ in range(3)]
    assert client.asked == ["annotations/"]
    assert found[0] == [
        {
            "date_marker": "2026-06-12T09:00:00Z",
            "content": "Release",
            "scope": "dashboard",
            "dashboard_item": None,
            "dashboard_id": 7,
        }
    ]
    assert found[1:] == found[:-1]


@pytest.mark.parametrize("refusal", [Forbidden(403, "no scope"), NotFound(404, "no such route")])
def test_without_the_scope_or_the_endpoint_there_are_none_and_it_is_said_once(
    refusal: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    around, client = surroundings(annotations=refusal, project=refusal)
    with caplog.at_level(logging.INFO, "dashwidgets"):
        assert [around.annotations() for _ in range(2)] == [[], []]
        assert [around.currency() for _ in range(2)] == ["", ""]
    assert client.asked == ["annotations/", "/api/projects/1/"]
    assert len(caplog.records) == 2


@pytest.mark.parametrize(("given", "code"), [("EUR", "EUR"), ("euro", ""), (None, "")])
def test_a_currency_is_three_letters(given: object, code: str) -> None:
    around, _ = surroundings(project={"base_currency": given})
    assert around.currency() == code


def test_boards_of_one_project_share_what_is_around_them() -> None:
    client = cast("Client", FakeClient({}))
    assert surroundings_of(client) is surroundings_of(client)


class Told:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def annotations(self) -> list[Any]:
        self.asked.append("annotations")
        return [RELEASE]

    def currency(self) -> str:
        self.asked.append("currency")
        return "EUR"


def watched(around: Surroundings, *tiles: Any) -> Watch:
    script = lambda *_: Script(METADATA, *tiles, Complete())  # noqa: E731
    source = Source(cast("Any", BOARD), list, cast("Any", script), around=around)
    return Watch([source], Options()).wait(10)


def eventually(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 5
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def test_a_board_gets_its_annotations_and_asks_for_no_currency_it_does_not_need() -> None:
    around = Told()
    live = watched(around, tile(1))
    assert eventually(lambda: live.boards[0].get("annotations") == [RELEASE])
    live.again()
    live.wait(10)
    assert around.asked == ["annotations"]
    assert live.boards[0]["annotations"] == [RELEASE]


def test_a_tile_in_the_projects_currency_asks_for_it_once() -> None:
    around = Told()
    query = {"source": {"trendsFilter": {"aggregationAxisFormat": "currency"}}}
    live = watched(around, *(tile(key, f"Tile {key}", query) for key in (1, 2)))
    assert eventually(lambda: live.boards[0].get("currency") == "EUR")
    assert sorted(around.asked) == ["annotations", "currency"]
