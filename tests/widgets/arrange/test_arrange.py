"""``board.arrange()`` from the side of Python."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import traitlets

from dashwidgets.api.errors import ConfigurationError, ConnectionFailed, ServerError
from dashwidgets.api.request import Request
from dashwidgets.dashboard import Dashboard
from dashwidgets.widgets.arrange.widget import Arranger
from tests.local import local


@pytest.fixture
def board() -> Iterator[Dashboard]:
    with local() as project:
        yield project.dashboard("Growth overview")


@pytest.fixture
def arranger(board: Dashboard) -> Arranger:
    return board.arrange()


def moved_by_hand(arranger: Arranger) -> list[dict[str, Any]]:
    """The draft as a view sends it: the last tile at the left, below everything."""
    draft = [dict(tile) for tile in arranger.draft]
    draft[-1] = draft[-1] | {"box": draft[-1]["box"] | {"x": 0, "y": 11}}
    return draft


def stored(board: Dashboard) -> dict[int, Any]:
    return {tile["id"]: tile["layouts"]["sm"] for tile in board.read()["tiles"]}


def test_what_is_dragged_is_a_step_of_the_draft(board: Dashboard, arranger: Arranger) -> None:
    before = stored(board)
    arranger.draft = moved_by_hand(arranger)
    assert arranger.dirty
    assert arranger.pending["to"].tolist() == ["4 x 5 at 0, 11"]
    assert arranger.progress["requests"] == 1
    assert stored(board) == before
    arranger.undo()
    assert not arranger.dirty
    arranger.redo().save()
    assert stored(board) == arranger.arrangement.boxes != before


def test_where_no_widget_runs_the_tiles_are_a_table(arranger: Arranger) -> None:
    data, _ = arranger._repr_mimebundle_()
    assert "<bdi>Browsers</bdi>" in data["text/html"]
    assert "4 x 5" in data["text/html"]
    assert "not saved" not in data["text/html"]
    arranger.draft = moved_by_hand(arranger)
    html = arranger._repr_mimebundle_()[0]["text/html"]
    assert "column 0, row 11" in html
    assert "1 change is not saved" in html


def test_a_place_off_the_grid_is_refused(board: Dashboard, arranger: Arranger) -> None:
    draft = moved_by_hand(arranger)
    draft[0]["box"] = {"x": 9, "y": 0, "w": 12, "h": 1}
    with pytest.raises(traitlets.TraitError, match="12 columns"):
        arranger.draft = draft
    assert not arranger.dirty
    with pytest.raises(ConfigurationError, match="immediately"):
        board.arrange(save="now")  # type: ignore[arg-type]


def test_a_lost_server_loses_nothing_and_a_text_is_not_made_twice(
    board: Dashboard, arranger: Arranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranger.arrangement.two_columns().add_text("# New")
    client = arranger._client  # pyright: ignore[reportPrivateUsage]
    really = client.send

    def deaf(request: Request[Any]) -> Any:
        answer = really(request)
        if request.method == "PATCH":  # it arrived, its answer did not
            raise ConnectionFailed("The server can not be reached.")
        return answer

    monkeypatch.setattr(client, "send", deaf)
    with pytest.raises(ConnectionFailed):
        arranger.save()
    assert arranger.dirty
    assert arranger.progress["message"]
    monkeypatch.setattr(client, "send", really)
    arranger.save()
    assert not arranger.dirty
    bodies = [tile["text"]["body"] for tile in board.read()["tiles"] if tile["text"]]
    assert bodies.count("# New") == 1
    assert stored(board) == arranger.arrangement.boxes


def test_immediately_saves_by_itself(board: Dashboard) -> None:
    arranger = board.arrange(save="immediately")
    arranger.arrangement.full_width()
    give_up = time.monotonic() + 30
    while arranger.dirty and time.monotonic() < give_up:
        time.sleep(0.05)
    assert {box["w"] for box in stored(board).values()} == {12}
    arranger.close()


def test_what_is_refused_is_not_sent_again_and_again(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranger = board.arrange(save="immediately")
    client = arranger._client  # pyright: ignore[reportPrivateUsage]
    really, refused = client.send, threading.Event()
    tries: list[str] = []

    def refuse(request: Request[Any]) -> Any:
        if request.method == "GET":
            return really(request)
        tries.append(request.path)
        refused.set()
        raise ServerError(500, "Out of tiles.")

    monkeypatch.setattr(client, "send", refuse)
    arranger.arrangement.full_width()
    timer = arranger._later  # pyright: ignore[reportPrivateUsage]
    assert refused.wait(30)
    with arranger._turn:  # pyright: ignore[reportPrivateUsage] - until that save has ended
        assert arranger._later is timer, "no other save is on its way"  # pyright: ignore[reportPrivateUsage]
    assert arranger.dirty
    assert len(tries) == 1
    arranger.close()
