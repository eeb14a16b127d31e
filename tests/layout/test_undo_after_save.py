"""Undo goes back behind a save: as changes that the next save sends, never silently."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.errors import BadRequest, ConnectionFailed, NotFound
from dashwidgets.api.request import Request
from dashwidgets.dashboard import Dashboard
from dashwidgets.layout.layout import Layout
from dashwidgets.project import Project


@pytest.fixture
def other(ph: Project) -> Dashboard:
    return ph.dashboard("Launch week")


def tiles(board: Dashboard) -> dict[int, Any]:
    """What of a board an undo has to bring back."""
    return {
        tile["id"]: (tile["layouts"].get("sm"), tile["color"], (tile["text"] or {}).get("body"))
        for tile in board.read()["tiles"]
    }


def names(board: Dashboard) -> list[str]:
    return board.tiles()["name"].dropna().tolist()


def changes(layout: Layout) -> set[tuple[str, str | None, str | None]]:
    frame = layout.pending
    frame = frame[frame["change"] != "place"]
    return {
        (row.change, None if row._4 is None else row._4, row.to)
        for row in frame.astype(object).where(frame.notna(), None).itertuples()
    }


def test_a_removed_tile_comes_back_as_it_was(board: Dashboard) -> None:
    before = tiles(board)
    layout = board.layout.change("Browsers", color="green").save()
    colored = tiles(board)
    layout.remove("Browsers").save()
    assert "Browsers" not in names(board)
    layout.undo()
    assert "Browsers" not in names(board), "nothing is sent by undo"
    assert {change for change, *_ in changes(layout)} == {"restored"}
    assert layout.requests == 1
    layout.save()
    assert tiles(board) == colored
    layout.undo().save()
    assert tiles(board) == before
    layout.redo().redo().save()
    assert "Browsers" not in names(board)


def test_a_moved_tile_comes_back_from_the_other_board(board: Dashboard, other: Dashboard) -> None:
    before = tiles(board), names(other)
    layout = board.layout.move_to("Browsers", other.id).save()
    assert "Browsers" in names(other)
    layout.undo()
    assert changes(layout) == {
        ("moved back", f"dashboard {other.id}", layout.pending.iloc[-1]["to"])
    }
    assert layout.requests == 2, "one to move it, one for its place"
    layout.save()
    assert (tiles(board), names(other)) == before
    assert not layout.dirty
    layout.redo().save()
    assert "Browsers" not in names(board)


def test_what_was_only_moved_was_stored_as_asked(board: Dashboard, other: Dashboard) -> None:
    last = board.layout.boxes
    lowest = max(last, key=lambda key: (last[key]["y"] + last[key]["h"], last[key]["x"]))
    layout = board.layout.move_to(lowest, other.id)
    assert layout.requests == 1
    layout.save()
    assert layout.outcome is not None
    assert layout.outcome.differs == []
    layout.undo().save()
    assert layout.boxes == last


def test_a_new_text_goes_and_comes(board: Dashboard) -> None:
    before = tiles(board)
    layout = board.layout
    layout.add_text("# New")
    layout.save()
    after = tiles(board)
    assert [change for change, *_ in changes(layout.undo())] == ["removed"]
    layout.save()
    assert tiles(board) == before
    assert [change for change, *_ in changes(layout.redo())] == ["restored"]
    layout.save()
    assert tiles(board) == after, "the same text, not a second one"


def test_a_copy_is_taken_off_the_other_board_again(board: Dashboard, other: Dashboard) -> None:
    before = tiles(other)
    layout = board.layout.copy_to("Browsers", other.id).save()
    assert len(tiles(other)) == len(before) + 1
    assert not layout.dirty
    layout.undo()
    assert changes(layout) == {("copy removed", f"dashboard {other.id}", None)}
    assert layout.requests == 1
    layout.save()
    assert tiles(other) == before
    layout.redo()
    assert changes(layout) == {("copied", f"dashboard {board.id}", f"dashboard {other.id}")}
    layout.save()
    assert names(other).count("Browsers") == 1


def test_a_copy_whose_tile_is_unknown_is_said_to_stay(
    board: Dashboard, other: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget(request: Request[Any], answer: Any) -> Any:
        return answer | {"tiles": []} if "copy_tile" in request.path else answer

    layout = board.layout.copy_to("Browsers", other.id)
    altered(layout, monkeypatch, forget)
    with pytest.warns(UserWarning, match=f"on dashboard {other.id} can't be undone from here"):
        layout.save()
    assert not layout.can_undo, "no step that does nothing"


def test_what_others_did_meanwhile_is_not_undone(ph: Project, board: Dashboard) -> None:
    layout = board.layout.change("Browsers", color="green")
    theirs = ph.dashboard(board.id)
    made = theirs.add_text("## Theirs")
    layout.save()
    layout.undo()
    assert set(layout.pending["change"]) == {"color"}
    layout.save()
    assert made in tiles(board)


def test_a_tile_that_is_nowhere_any_more_is_refused_and_stays_wanted(
    ph: Project, board: Dashboard, other: Dashboard
) -> None:
    layout = board.layout.move_to("Browsers", other.id).save()
    key = next(iter(layout.base.gone))
    ph.dashboard(other.id).layout.remove(key).save()
    layout.undo()
    with pytest.raises(NotFound):
        layout.save()
    assert layout.outcome is not None
    assert set(layout.outcome.refused) == {key}
    assert {change for change, *_ in changes(layout)} == {"moved back"}


@pytest.mark.parametrize("lost", ["move_tile", "/dashboards/"])
def test_a_lost_answer_on_the_way_back(
    board: Dashboard, other: Dashboard, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    before = tiles(board)
    layout = board.layout.move_to("Browsers", other.id).save().undo()

    def lose(request: Request[Any], answer: Any) -> Any:
        if request.method != "GET" and lost in f"/{request.path}":
            raise ConnectionFailed("The server can not be reached.")
        return answer

    with monkeypatch.context() as broken:
        altered(layout, broken, lose)
        with pytest.raises(ConnectionFailed):
            layout.save()
        assert layout.dirty
    layout.save()
    assert tiles(board) == before


def test_a_copy_whose_answer_was_lost_is_not_asked_for_again(
    board: Dashboard, other: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tiles(other)
    layout = board.layout.copy_to("Browsers", other.id)

    def lose(request: Request[Any], answer: Any) -> Any:
        if "copy_tile" in request.path:
            raise ConnectionFailed("The server can not be reached.")
        return answer

    with monkeypatch.context() as broken:
        altered(layout, broken, lose)
        with pytest.raises(ConnectionFailed):
            layout.save()
    layout.two_columns().save()
    assert len(tiles(other)) == len(before) + 1
    while layout.can_undo:
        layout.undo()
    layout.save()
    assert tiles(other) == before


@pytest.mark.parametrize("why", [BadRequest(400, "Not today."), ConnectionFailed("Nobody there.")])
def test_a_tile_that_could_not_be_brought_back_stays_wanted(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch, why: dw.DashwidgetsError
) -> None:
    before = tiles(board)
    layout = board.layout
    wanted = layout.remove("Browsers").save().undo().tiles
    client = layout._client  # pyright: ignore[reportPrivateUsage]
    really = client.send

    def refuse(request: Request[Any]) -> Any:
        if request.method != "GET":
            raise why
        return really(request)

    with monkeypatch.context() as broken:
        broken.setattr(client, "send", refuse)
        with pytest.raises(type(why)):
            layout.save()
    assert {change for change, *_ in changes(layout)} == {"restored"}
    assert layout.tiles == wanted
    layout.save()
    assert tiles(board) == before


def altered(
    layout: Layout,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Request[Any], Any], Any],
) -> None:
    """Have every answer changed after its request arrived."""
    client = layout._client  # pyright: ignore[reportPrivateUsage]
    really = client.send
    monkeypatch.setattr(client, "send", lambda request: change(request, really(request)))
