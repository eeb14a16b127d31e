"""``board.layout``: a board rearranged from a script, saved with one request, read back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.dashboard import Dashboard
from dashwidgets.layout import grid
from dashwidgets.layout.arrangements import ARRANGEMENTS
from dashwidgets.project import Project


def stored(board: Dashboard) -> dict[int, grid.Box]:
    return {tile["id"]: tile["layouts"]["sm"] for tile in board.read()["tiles"]}


def test_nothing_is_sent_before_save_and_then_only_what_changed(board: Dashboard) -> None:
    before = stored(board)
    layout = board.layout.move("Browsers", x=0, y=6)
    assert stored(board) == before
    assert layout.dirty
    moved = set(layout.pending["tile"])
    assert layout.requests == 1
    layout.save()
    after = stored(board)
    assert {key for key in after if after[key] != before[key]} == moved
    assert after == layout.boxes
    assert not layout.dirty


def test_numbers_come_straight_out_of_a_frame(board: Dashboard) -> None:
    tile = board.tiles().set_index("name").loc["Browsers"]
    layout = board.layout.move(tile["id"], x=tile["x"], y=tile["y"] + 40)
    layout.move_together([tile["id"]], dx=np.int64(0), dy=np.int64(1))
    layout.resize(tile["id"], w=tile["w"], h=tile["h"] + 1).save()
    assert stored(board)[tile["id"]]["h"] == tile["h"] + 1


def test_verbs_chain_and_undo_takes_each_back(board: Dashboard) -> None:
    layout = board.layout
    start = layout.boxes
    layout.two_columns().resize("Browsers", w=4, h=3).add_text("## New")
    assert len(layout.tiles) == 8
    assert layout.undo().undo().undo().boxes == start
    assert not layout.dirty
    assert len(layout.redo().boxes) == 7
    with pytest.raises(ConfigurationError, match="12 columns"):
        layout.move("Browsers", x=11)
    with pytest.raises(ConfigurationError, match="at least 2 x 2"):
        layout.resize("Browsers", w=1)
    with pytest.raises(ConfigurationError, match="no tile 'Nothing'"):
        layout.move("Nothing", x=0)


@pytest.mark.parametrize("how", ARRANGEMENTS)
def test_every_arrangement_leaves_nothing_overlapping(board: Dashboard, how: str) -> None:
    boxes = list(board.layout.arrange(how).boxes.values())
    assert not any(grid.overlap(a, b) for at, a in enumerate(boxes) for b in boxes[:at])
    assert len(boxes) == 7


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("pack", "preserve"), ("two_columns", "two_column"), ("full_width", "full_width")],
)
def test_the_server_packs_alike(board: Dashboard, ours: str, theirs: str) -> None:
    here = board.layout.arrange(ours).boxes
    board.reorder([tile["id"] for tile in board.read()["tiles"]], theirs)  # type: ignore[arg-type]
    assert stored(board) == here


def test_texts_colors_and_tiles_that_leave(ph: Project, board: Dashboard) -> None:
    other = ph.dashboard("Launch week")
    layout = board.layout
    layout.add_text("## New")
    layout.change("Browsers", color="green", transparent_background=True)
    first = next(tile["id"] for tile in layout.tiles if tile["body"])
    layout.change(first, body="# Changed")
    layout.move_to("Signup funnel", other.id).remove("Weekly actives")
    assert layout.requests == 2
    assert set(layout.pending["change"]) >= {"added", "color", "text", "moved", "removed"}
    layout.save()
    now = board.read()["tiles"]
    assert sorted(tile["text"]["body"] for tile in now if tile["text"]) == ["# Changed", "## New"]
    frame = board.tiles().set_index("name")
    assert frame.loc["Browsers", "color"] == "green"
    names = board.tiles()["name"].tolist()
    assert "Signup funnel" not in names
    assert "Weekly actives" not in names
    assert "Signup funnel" in other.tiles()["name"].tolist()
    assert stored(board) == layout.boxes


def test_what_a_dashboard_shows_already_is_refused_before_anything_is_sent(
    ph: Project, board: Dashboard
) -> None:
    other = ph.dashboard("Launch week")
    layout = board.layout.copy_to("Browsers", other.id).save()
    assert "Browsers" in other.tiles()["name"].tolist()
    with pytest.raises(ConfigurationError, match="shows the content"):
        board.layout.move_to("Browsers", other.id)
    with pytest.raises(ConfigurationError, match="already"):
        layout.copy_to("Daily signups", board.id)
    with pytest.raises(ConfigurationError, match="shows the content"):
        layout.copy_to("Browsers", other.id)
    assert not layout.dirty


def test_a_board_that_was_changed_meanwhile_is_not_overwritten(
    ph: Project, board: Dashboard
) -> None:
    layout = board.layout.move("Browsers", x=0, y=20)
    mine = layout.boxes
    ph.dashboard(board.id).reorder([t["id"] for t in board.read()["tiles"]], "full_width")
    theirs = stored(board)
    with pytest.raises(ConfigurationError, match="keep_mine"):
        layout.save()
    assert stored(board) == theirs
    layout.take_theirs()
    assert layout.boxes == theirs
    assert layout.undo().boxes == mine
    layout.save()
    assert stored(board) == mine


def test_a_change_of_another_kind_is_taken_along(ph: Project, board: Dashboard) -> None:
    layout = board.layout.change("Browsers", color="green")
    ph.dashboard(board.id).reorder([t["id"] for t in board.read()["tiles"]], "full_width")
    layout.save()
    assert {box["w"] for box in stored(board).values()} == {12}
    assert layout.boxes == stored(board)


def test_a_scripts_slips_are_told_in_a_sentence(board: Dashboard) -> None:
    layout = board.layout
    for slip, words in (
        (lambda: layout.move("Browsers", x=1.5), "x must be a whole number, not 1.5"),  # pyright: ignore[reportArgumentType]
        (lambda: layout.resize("Browsers", w="6"), "w must be a whole number, not '6'"),  # pyright: ignore[reportArgumentType]
        (lambda: layout.move_together([], dx=1), "at least one tile"),
        (lambda: layout.sort("size"), "by 'name' or by 'kind', not by 'size'"),
        (lambda: layout.change("Browsers", color=5), "color of 'Browsers' must be a text"),
        (lambda: layout.change("Browsers", show_description="yes"), "must be True or False"),
        (lambda: layout.change("Browsers", hue="green"), "hue of this tile"),
        (lambda: layout.change("Browsers", name=""), "name of 'Browsers' must be a text"),
        (lambda: layout.pack(5), "a list of tiles, not 5"),  # pyright: ignore[reportArgumentType]
        (lambda: layout.move_together(5), "a list of tiles, not 5"),  # pyright: ignore[reportArgumentType]
        (lambda: board.reorder(5), "a list of tile ids, not 5"),  # pyright: ignore[reportArgumentType]
        (lambda: layout.move(pd.NA, x=0), "no tile <NA>"),  # pyright: ignore[reportArgumentType]
        (lambda: layout.add_text(5), "text must be a string, not 5"),  # pyright: ignore[reportArgumentType]
        (lambda: board.add_text(5), "text must be a string, not 5"),  # pyright: ignore[reportArgumentType]
        (lambda: layout.add_text("x" * 5_000), "x{80}…' is longer than 4000"),
    ):
        with pytest.raises(ConfigurationError, match=words):
            slip()
    assert not layout.dirty


def test_numbers_and_ids_may_come_from_a_frame(ph: Project, board: Dashboard) -> None:
    tiles = board.tiles().set_index("name")
    there = tiles.loc["Signup funnel"]
    layout = board.layout.move(tiles.loc["Browsers", "id"], x=there["x"], y=there["y"])
    assert layout.boxes[tiles.loc["Browsers", "id"]]["x"] == there["x"]
    layout.pack(tiles["id"].dropna()).move_together(tiles["id"].iloc[-2:], dx=-1)
    layout.pack("Browsers").save()
    assert stored(board) == layout.boxes
    assert layout.boxes[tiles.loc["Browsers", "id"]]["y"] == 0
    other = ph.dashboards().set_index("name").loc["Launch week", "id"]
    layout.copy_to("Browsers", other).move_to("Signup funnel", ph.dashboard("Launch week")).save()
    names = ph.dashboard("Launch week").tiles()["name"].tolist()
    assert {"Browsers", "Signup funnel"} <= set(names)


def test_a_tile_that_shall_move_away_is_not_listed(ph: Project, board: Dashboard) -> None:
    layout = board.layout.move_to("Browsers", ph.dashboard("Launch week"))
    frame = layout.to_frame()
    assert "Browsers" not in frame["name"].tolist()
    assert set(frame["id"]) == set(layout.boxes)
