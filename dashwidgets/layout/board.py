"""A dashboard's tiles as plain values: as read, and as drafted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from dashwidgets.api.checks import checked_id
from dashwidgets.api.endpoints.dashboards import LONGEST_NAME
from dashwidgets.api.endpoints.tiles import LONGEST_COLOR, LONGEST_TEXT
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.frames.tiles import tile_kind, tile_name
from dashwidgets.layout.grid import COLUMNS, Box
from dashwidgets.layout.placement import drawn, stored_box


class DraftTile(TypedDict):
    """The editable part of a tile; a text that is not saved yet has a negative id.

    ``to`` is the dashboard it will move to, ``copy_to`` those it will be shown on as well, or was
    copied to since the dashboard was first read.
    """

    id: int
    box: Box
    name: str
    body: str | None
    color: str | None
    show_description: bool | None
    transparent_background: bool | None
    to: int | None
    copy_to: list[int]


Tiles = Sequence[DraftTile]
LONGEST_TITLE = 80
"""Characters of a text's first line that serve as its title."""
FIELDS = ("box", "name", "body", "color", "show_description", "transparent_background")


@dataclass(frozen=True)
class Board:
    """A board as the server had it.

    Attributes
    ----------
    tiles : list of DraftTile
        As PostHog draws them.
    stored : dict
        Tile id to the box that is kept, None where a side is missing.
    raw : dict
        Tile id to its JSON.
    detail : dict
        Its other fields.
    gone : dict
        Tiles that left since it was first read, as they were; their ``to`` is where they are now,
        None when they were removed.
    copies : dict
        Tile id to the dashboards it was copied to since, and the tile's id there.
    """

    id: int
    name: str = ""
    tiles: list[DraftTile] = field(default_factory=list[DraftTile])
    stored: dict[int, Box | None] = field(default_factory=dict[int, "Box | None"])
    raw: dict[int, Mapping[str, Any]] = field(default_factory=dict[int, Mapping[str, Any]])
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])
    gone: dict[int, DraftTile] = field(default_factory=dict[int, DraftTile])
    copies: dict[int, dict[int, int]] = field(default_factory=dict[int, dict[int, int]])

    def kind(self, tile: int) -> str:
        """The kind of a tile; one that is not saved yet is a text."""
        return tile_kind(self.raw[tile]) if tile in self.raw else "text"

    def title(self, tile: DraftTile) -> str:
        """The title of a tile."""
        first = (tile["body"] or "").strip().splitlines()
        line = first[0].lstrip("# ") if first else ""
        short = line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE]}…"
        return tile["name"] or short or f"Tile {tile['id']}"

    def places(self, tile: int) -> dict[int, int | None]:
        """Dashboards that show the insight or text of a tile, and the id of the tile there."""
        raw = self.raw.get(tile, {})
        # Widgets are on one dashboard only, and name no others.
        held = inner(raw, "insight") or inner(raw, "text") or inner(raw, "button_tile")
        return {
            place["dashboard_id"]: place.get("id")
            for place in inner_list(held, "dashboard_tiles")
            if not place.get("deleted")
        }


def read_board(detail: Mapping[str, Any]) -> Board:
    """A detail form as a board."""
    raw = {tile["id"]: tile for tile in inner_list(detail, "tiles")}
    boxes = drawn(detail)
    tiles: list[DraftTile] = [
        {
            "id": key,
            "box": boxes[key],
            "name": tile_name(tile) or "",
            "body": inner(tile, "text").get("body"),
            "color": tile.get("color"),
            "show_description": tile.get("show_description"),
            "transparent_background": tile.get("transparent_background"),
            "to": None,
            "copy_to": [],
        }
        for key, tile in raw.items()
    ]
    # Kept beside the boxes as drawn: a save must not write places that only drawing invented.
    stored = {key: stored_box(tile) for key, tile in raw.items()}
    rest = {name: value for name, value in detail.items() if name != "tiles"}
    return Board(detail["id"], detail.get("name") or "", tiles, stored, raw, rest)


def by_id(tiles: Tiles) -> dict[int, DraftTile]:
    """Tiles by their id."""
    return {tile["id"]: tile for tile in tiles}


def boxes_of(tiles: Tiles) -> dict[int, Box]:
    """Places of the tiles that stay."""
    return {tile["id"]: tile["box"] for tile in tiles if tile["to"] is None}


def layout_changed(board: Board, draft: Tiles) -> bool:
    """Whether any tile is elsewhere than it was read."""
    return boxes_of(board.tiles) != boxes_of(draft)


def with_boxes(tiles: Tiles, boxes: Mapping[int, Box]) -> list[DraftTile]:
    """The same tiles elsewhere."""
    return [{**tile, "box": boxes.get(tile["id"], tile["box"])} for tile in tiles]


def new_text(key: int, body: str, box: Box) -> DraftTile:
    """A new text tile."""
    return {
        "id": key,
        "box": box,
        "name": "",
        "body": body,
        "color": None,
        "show_description": None,
        "transparent_background": None,
        "to": None,
        "copy_to": [],
    }


def checked_tiles(tiles: Any, board: Board) -> list[DraftTile]:
    """Check a draft; raises `ConfigurationError` for what PostHog would refuse."""
    known = by_id(board.tiles)
    found: list[DraftTile] = list(tiles)
    if len({tile["id"] for tile in found}) < len(found):
        raise ConfigurationError("A tile is in the draft twice: each tile can be there only once.")
    for tile in found:
        title = board.title(tile)
        _check_box(tile["box"], title)
        if tile["id"] < 0 and not (tile["body"] or "").strip():
            raise ConfigurationError("A text tile needs a non-empty text.")
        if len(tile["body"] or "") > LONGEST_TEXT:
            raise ConfigurationError(f"The text of {title!r} is longer than {LONGEST_TEXT}.")
        if not isinstance(tile["color"], str | None) or len(tile["color"] or "") > LONGEST_COLOR:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ConfigurationError(
                f"The color of {title!r} must be a text of up to {LONGEST_COLOR} characters."
            )
        for flag in ("show_description", "transparent_background"):
            if not isinstance(tile[flag], bool | None):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise ConfigurationError(f"{flag} of {title!r} must be True or False.")
        before = known.get(tile["id"])
        if before and tile["name"] != before["name"]:
            _check_name(tile["name"], board.title(before))
        if before and before["body"] and not (tile["body"] or "").strip():
            raise ConfigurationError(f"The text of {title!r} can't be empty: remove the tile.")
        made, asked = board.copies.get(tile["id"], {}), tile["copy_to"]
        new = [there for there in asked if there not in made]
        twice = next((there for there in asked if asked.count(there) > 1), None)
        if twice is not None:
            raise ConfigurationError(_shown(twice, title))
        for there in [*new, *([] if tile["to"] is None else [tile["to"]])]:
            _check_target(board, tile, checked_id(there), title)
    return found


def _check_name(name: object, title: str) -> None:
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise ConfigurationError(
            f"The new name of {title!r} must be a text of 1 to {LONGEST_NAME} characters."
        )


def _check_box(box: Box, title: str) -> None:
    sides = [box[side] for side in ("x", "y", "w", "h")]
    whole = all(isinstance(side, int) and not isinstance(side, bool) for side in sides)  # pyright: ignore[reportUnnecessaryIsInstance]
    fits = whole and box["x"] >= 0 and box["y"] >= 0 and box["w"] >= 1 and box["h"] >= 1
    if not fits or box["x"] + box["w"] > COLUMNS:
        raise ConfigurationError(f"{title!r} can't be at {box}: the grid has {COLUMNS} columns.")


def _check_target(board: Board, tile: DraftTile, there: int, title: str) -> None:
    if there == board.id:
        raise ConfigurationError(f"{title!r} is already on dashboard {there}.")
    if tile["id"] < 0:
        raise ConfigurationError("Save a new text before it is moved or copied.")
    # PostHog refuses a second tile of the same insight or text, with a sentence that names neither.
    if there in board.places(tile["id"]):
        raise ConfigurationError(_shown(there, title))
    if there in tile["copy_to"] and board.kind(tile["id"]) == "button":
        raise ConfigurationError(
            f"{title!r} is a button: PostHog can move buttons, but not copy them."
        )


def _shown(there: int, title: str) -> str:
    return f"Dashboard {there} shows the content of {title!r} already."
