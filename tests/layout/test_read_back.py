"""What a save reads back: what was stored otherwise, and who else was there."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.api.request import Request
from dashwidgets.dashboard import Dashboard
from dashwidgets.layout.layout import Layout


def just_before_the_write(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, tiles: list[dict[str, Any]]
) -> None:
    """Somebody else's PATCH, between our look and ours."""
    client = layout._client  # pyright: ignore[reportPrivateUsage]
    really = client.send

    def send(request: Request[Any]) -> Any:
        if request.method == "PATCH":
            really(dashboards.update(layout.base.id, tiles=tiles))
        return really(request)

    monkeypatch.setattr(client, "send", send)


def key_of(layout: Layout, name: str) -> int:
    return next(tile["id"] for tile in layout.tiles if tile["name"] == name)


def test_what_others_did_between_look_and_write_is_said(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = board.layout.change("Browsers", color="green")
    funnel = key_of(layout, "Signup funnel")
    theirs = {"x": 4, "y": 30, "w": 4, "h": 5}
    just_before_the_write(layout, monkeypatch, [{"id": funnel, "layouts": {"sm": theirs}}])
    with pytest.warns(UserWarning, match="Somebody else.*'Signup funnel' is 4 x 5 at 4, 30 now"):
        layout.save()
    assert layout.base.stored[funnel] == theirs


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        ({"color": "blue"}, "color of 'Signup funnel' is blue now"),
        ({"deleted": True}, "'Signup funnel' was removed"),
        ({"text": {"body": "# Theirs"}}, "'Theirs' was added"),
    ],
)
def test_whatever_it_was(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch, patch: dict[str, Any], words: str
) -> None:
    layout = board.layout.change("Browsers", color="green")
    which = {} if "text" in patch else {"id": key_of(layout, "Signup funnel")}
    just_before_the_write(layout, monkeypatch, [which | patch])
    with pytest.warns(UserWarning, match=words):
        layout.save()


def test_a_tile_that_vanished_under_our_hands_differs(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = board.layout.two_columns()
    key = key_of(layout, "Browsers")
    just_before_the_write(layout, monkeypatch, [{"id": key, "deleted": True}])
    with pytest.raises(UnexpectedAnswer, match="'Browsers': not there, not on the board"):
        layout.save()
    assert layout.outcome is not None
    assert [row["tile"] for row in layout.outcome.differs] == [key]
    assert layout.outcome.notes == []
    assert key not in layout.boxes


def test_a_name_that_was_stored_otherwise_differs(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = board.layout.change("Browsers", name="Which browsers")
    client = layout._client  # pyright: ignore[reportPrivateUsage]
    really = client.send

    def cut(request: Request[Any]) -> Any:
        answer = really(request)
        return answer | {"name": "Which"} if request.path.startswith("insights/") else answer

    monkeypatch.setattr(client, "send", cut)
    with pytest.raises(UnexpectedAnswer, match="name: Which, not name: Which browsers"):
        layout.save()


def test_a_place_that_was_stored_otherwise_differs(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = board.layout.move("Browsers", x=0, y=30)
    key = key_of(layout, "Browsers")
    asked = layout.boxes[key]
    client = layout._client  # pyright: ignore[reportPrivateUsage]
    really = client.send

    def shifted(request: Request[Any]) -> Any:
        answer = really(request)
        if request.method == "PATCH":
            tile = next(tile for tile in answer["tiles"] if tile["id"] == key)
            tile["layouts"]["sm"] |= {"x": 5}
        return answer

    monkeypatch.setattr(client, "send", shifted)
    with pytest.raises(UnexpectedAnswer, match=f"at 5, {asked['y']}, not 4 x 5 at 0"):
        layout.save()
    assert layout.boxes[key]["x"] == 5
    assert not layout.dirty
