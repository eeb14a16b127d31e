"""``board.layout``: rearrange a board from a script. Nothing is sent before `Layout.save`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import index
from typing import Any, Protocol, SupportsIndex

import pandas as pd

from dashwidgets.api.checks import checked_id, checked_text
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.display.in_a_cell import InACell
from dashwidgets.frames.tiles import TILES, tile_row
from dashwidgets.layout import arrangements, grid
from dashwidgets.layout.board import DraftTile, boxes_of, by_id, new_text, with_boxes
from dashwidgets.layout.drafts.drafting import Draft
from dashwidgets.layout.placement import lowest, smallest_size


class Named(Protocol):
    """What a layout needs of a dashboard."""

    @property
    def id(self) -> int: ...


class Layout(InACell, Draft):
    """A draft of a board: every verb changes the draft, `save` sends it.

    Verbs return the layout, so that they can be chained. Tiles are named by id or by name.
    Reading the board is one request, once; it counts as opening.
    """

    _made = 0

    @property
    def boxes(self) -> dict[int, grid.Box]:
        """Tile id to place in the draft."""
        return boxes_of(self.tiles)

    def to_frame(self) -> pd.DataFrame:
        """The draft as ``board.tiles()`` shows a board."""
        rows: list[dict[str, Any]] = []
        here = [tile for tile in self.tiles if tile["to"] is None]
        for tile in sorted(here, key=lambda t: (t["box"]["y"], t["box"]["x"])):
            # A new text has no JSON of the server yet; the frame shows it all the same.
            raw = self.base.raw.get(tile["id"], {"id": tile["id"], "text": {"body": ""}})
            about = {"id": self.base.id, "name": self.base.name}
            own = {"name": tile["name"] or None, "text": tile["body"], "color": tile["color"]}
            rows.append(tile_row(raw, about) | own | tile["box"] | {"order": len(rows)})
        return TILES.to_frame(rows)

    def move(
        self, tile: int | str, *, x: SupportsIndex | None = None, y: SupportsIndex | None = None
    ) -> Layout:
        """Drop a tile at a column and a row; others move out of its way as in PostHog."""
        key = self._find(tile)
        box = self.boxes[key]
        to = (_whole("x", x, box["x"]), _whole("y", y, box["y"]))
        if not 0 <= to[0] <= grid.COLUMNS - box["w"] or to[1] < 0:
            raise ConfigurationError(
                f"A tile {box['w']} columns wide can't be at column {to[0]}, row {to[1]}: "
                f"the grid has {grid.COLUMNS} columns, counted from 0."
            )
        return self._put(grid.moved(self.boxes, key, *to))

    def move_together(
        self, tiles: Iterable[int | str], *, dx: SupportsIndex = 0, dy: SupportsIndex = 0
    ) -> Layout:
        """Move several tiles together, as far as the grid allows."""
        group = self._find_all(tiles)
        if not group:
            raise ConfigurationError("Give at least one tile to move.")
        by = (_whole("dx", dx, 0), _whole("dy", dy, 0))
        return self._put(grid.moved_together(self.boxes, group, *by))

    def resize(
        self, tile: int | str, *, w: SupportsIndex | None = None, h: SupportsIndex | None = None
    ) -> Layout:
        """Resize a tile, within what PostHog allows for its kind."""
        key = self._find(tile)
        box = self.boxes[key]
        smallest = smallest_size(self.base.kind(key))
        new = (_whole("w", w, box["w"]), _whole("h", h, box["h"]))
        if new[0] < smallest[0] or new[1] < smallest[1] or box["x"] + new[0] > grid.COLUMNS:
            raise ConfigurationError(
                f"{new[0]} x {new[1]} does not fit: this tile is at least "
                f"{smallest[0]} x {smallest[1]}, and {grid.COLUMNS - box['x']} columns are left."
            )
        return self._put(grid.resized(self.boxes, key, *new, smallest))

    def pack(self, order: Iterable[int | str] | None = None) -> Layout:
        """Keep sizes and pack, in reading order or in the order given; the rest follows."""
        if order is None:
            return self.arrange("pack")
        first = self._find_all(order)
        rest = [key for key in grid.in_reading_order(self.boxes) if key not in first]
        new = arrangements.packed(self.boxes, [*first, *rest])
        return self._put({key: new[key] for key in self.boxes})

    def two_columns(self) -> Layout:
        """Every tile half the width, in two columns."""
        return self.arrange("two_columns")

    def full_width(self) -> Layout:
        """Every tile full width, one below the other."""
        return self.arrange("full_width")

    def sort(self, by: str = "name") -> Layout:
        """Pack by ``name`` or by ``kind``; sizes stay."""
        if by not in ("name", "kind"):
            raise ConfigurationError(f"Sort by 'name' or by 'kind', not by {by!r}.")
        return self.arrange(f"by_{by}")

    def tidy_up(self) -> Layout:
        """Close gaps."""
        return self.arrange("tidy_up")

    def align_heights(self) -> Layout:
        """Give tiles that start in the same row the same height."""
        return self.arrange("align_heights")

    def arrange(self, how: str) -> Layout:
        """One of `arrangements.ARRANGEMENTS`."""
        names = {tile["id"]: self.base.title(tile) for tile in self.tiles}
        kinds = {key: self.base.kind(key) for key in names}
        return self._put(arrangements.arranged(self.boxes, how, names=names, kinds=kinds))

    def add_text(self, body: str) -> int:
        """Add a text tile below and return its id, which is negative until it is saved."""
        text = checked_text("text", body).strip()
        self._made -= 1
        # Placed here: the server stores no box of its own, and PostHog would draw it 2 by 2.
        box = lowest(grid.COLUMNS // 2, 2, self.boxes.values())
        self.tiles = [*self.tiles, new_text(self._made, text, box)]
        return self._made

    def remove(self, tile: int | str) -> Layout:
        """Remove a tile from the dashboard; its insight or text is kept."""
        key = self._find(tile)
        kept = [one for one in self.tiles if one["id"] != key]
        # As `delete_tile` does on the server, so that the picture is the one to come (contract
        # 10.4).
        self.tiles = with_boxes(kept, grid.compacted(boxes_of(kept)))
        return self

    def move_to(self, tile: int | str, dashboard: int | Named) -> Layout:
        """Move a tile to another dashboard: its id, or what ``ph.dashboard`` gave."""
        key = self._find(tile)
        new = self._with(key, to=checked_id(getattr(dashboard, "id", dashboard)))
        self.tiles = with_boxes(new, grid.compacted(boxes_of(new)))
        return self

    def copy_to(self, tile: int | str, dashboard: int | Named) -> Layout:
        """Show a tile's insight or text on another dashboard too."""
        key = self._find(tile)
        there = by_id(self.tiles)[key]["copy_to"]
        self.tiles = self._with(
            key, copy_to=[*there, checked_id(getattr(dashboard, "id", dashboard))]
        )
        return self

    def change(self, tile: int | str, **fields: Any) -> Layout:
        """Set ``color``, ``show_description``, ``transparent_background``, ``name`` or ``body``.

        ``name`` is an insight's: it changes wherever that is shown. ``body`` is a text's markdown.
        """
        key = self._find(tile)
        allowed = {"color", "show_description", "transparent_background"}
        own = {"insight": "name", "text": "body"}.get(self.base.kind(key))
        unknown = [name for name in fields if name != own and name not in allowed]
        if unknown:
            raise ConfigurationError(f"{unknown[0]} of this tile can't be changed.")
        stored = {  # servers trim texts
            name: checked_text(name, value).strip() if isinstance(value, str) else value
            for name, value in fields.items()
        }
        self.tiles = self._with(key, **stored)
        return self

    def _find(self, tile: int | str) -> int:
        here = [one for one in self.tiles if one["to"] is None]
        try:
            found = [one["id"] for one in here if tile in (one["id"], self.base.title(one))]
        except (TypeError, ValueError):  # pandas' NA equals nothing, an array many things at once
            found = []
        if len(found) == 1:
            return found[0]
        if found:
            raise ConfigurationError(f"{len(found)} tiles are called {tile!r}: use an id.")
        raise ConfigurationError(f"There is no tile {tile!r} on dashboard {self._id}.")

    def _find_all(self, tiles: Iterable[int | str]) -> list[int]:
        named = [tiles] if isinstance(tiles, str) else tiles
        if not isinstance(named, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ConfigurationError(f"Give a list of tiles, not {tiles!r}.")
        return list(dict.fromkeys(self._find(tile) for tile in named))

    def _put(self, boxes: Mapping[int, grid.Box]) -> Layout:
        self.tiles = with_boxes(self.tiles, boxes)
        return self

    def _with(self, key: int, **fields: Any) -> list[DraftTile]:
        return [{**tile, **fields} if tile["id"] == key else tile for tile in self.tiles]  # pyright: ignore[reportReturnType]


def _whole(name: str, value: SupportsIndex | None, otherwise: int) -> int:
    """A whole number of any kind: those of a DataFrame are NumPy's."""
    if value is None:
        return otherwise
    try:
        return index(value)
    except TypeError:
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}.") from None
