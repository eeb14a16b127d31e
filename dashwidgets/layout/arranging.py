"""``board.layout``: rearrange a board from a script. Nothing is sent before `Layout.save`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashwidgets.api import dashboards
from dashwidgets.api.client import Client
from dashwidgets.api.dashboards import scalar
from dashwidgets.api.errors import ConfigurationError, UnexpectedAnswer
from dashwidgets.frames.tiles import TILES, tile_row
from dashwidgets.layout import arrangements, draft, grid
from dashwidgets.layout.board import (
    Board,
    DraftTile,
    boxes_of,
    by_id,
    checked_tiles,
    new_text,
    read_board,
    with_boxes,
)
from dashwidgets.layout.placement import lowest, smallest_size
from dashwidgets.layout.save import Outcome, save


class Layout:
    """A draft of a board: every verb changes the draft, `save` sends it.

    Verbs give the layout back, so that they can be chained. Tiles are named by id or by name.
    Reading the board is one request, once; it counts as opening.
    """

    def __init__(self, client: Client, dashboard: int) -> None:
        self._client = client
        self._id = dashboard
        self._base: Board | None = None
        self._draft: list[DraftTile] = []
        self._past: list[list[DraftTile]] = []
        self._future: list[list[DraftTile]] = []
        self._made = 0
        self.theirs: Board | None = None
        self.outcome: Outcome | None = None
        self.on_change: Callable[[], object] = lambda: None

    @property
    def base(self) -> Board:
        """The board as it was read last."""
        if self._base is None:
            self._base = read_board(self._client.send(dashboards.read(self._id)))
            self._draft = [tile.copy() for tile in self._base.tiles]
        return self._base

    @property
    def tiles(self) -> list[DraftTile]:
        """The draft, tile by tile; setting it is one step that `undo` takes back."""
        _ = self.base
        return self._draft

    @tiles.setter
    def tiles(self, tiles: Sequence[DraftTile]) -> None:
        new = checked_tiles(tiles, self.base)
        if new == self._draft:
            return
        self._past.append(self._draft)
        self._future.clear()
        self._draft = new
        self.on_change()

    @property
    def boxes(self) -> dict[int, grid.Box]:
        """Tile id to place in the draft."""
        return boxes_of(self.tiles)

    @property
    def pending(self) -> pd.DataFrame:
        """What would change: ``tile, name, change, from, to``."""
        return draft.pending(self.base, self.tiles)

    @property
    def dirty(self) -> bool:
        """Whether anything is not saved."""
        return self._base is not None and bool(draft.pending_rows(self._base, self._draft))

    @property
    def requests(self) -> int:
        """Requests that write when the draft is saved."""
        return len(draft.steps(self.base, self.tiles)) if self.dirty else 0

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._future)

    def to_frame(self) -> pd.DataFrame:
        """The draft as ``board.tiles()`` shows a board."""
        rows: list[dict[str, Any]] = []
        for tile in sorted(self.tiles, key=lambda t: (t["box"]["y"], t["box"]["x"])):
            raw = self.base.raw.get(tile["id"], {"id": tile["id"], "text": {"body": ""}})
            about = {"id": self.base.id, "name": self.base.name}
            own = {"name": tile["name"] or None, "text": tile["body"], "color": tile["color"]}
            rows.append(tile_row(raw, about) | own | tile["box"] | {"order": len(rows)})
        return TILES.to_frame(rows)

    def move(self, tile: int | str, *, x: int | None = None, y: int | None = None) -> Layout:
        """Drop a tile at a column and a row; others make way as in PostHog."""
        key = self._find(tile)
        box = self.boxes[key]
        to = (box["x"] if x is None else scalar(x), box["y"] if y is None else scalar(y))
        if not 0 <= to[0] <= grid.COLUMNS - box["w"] or to[1] < 0:
            raise ConfigurationError(
                f"A tile {box['w']} columns wide can't be at column {to[0]}, row {to[1]}: "
                f"the grid has {grid.COLUMNS} columns, counted from 0."
            )
        return self._put(grid.moved(self.boxes, key, *to))

    def move_together(self, tiles: Iterable[int | str], *, dx: int = 0, dy: int = 0) -> Layout:
        """Move some tiles as one, as far as the grid lets them."""
        keys = list(map(self._find, tiles))
        return self._put(grid.moved_together(self.boxes, keys, scalar(dx), scalar(dy)))

    def resize(self, tile: int | str, *, w: int | None = None, h: int | None = None) -> Layout:
        """Give a tile another width or height, within what PostHog allows for its kind."""
        key = self._find(tile)
        box = self.boxes[key]
        smallest = smallest_size(self.base.kind(key))
        new = (box["w"] if w is None else scalar(w), box["h"] if h is None else scalar(h))
        if new[0] < smallest[0] or new[1] < smallest[1] or box["x"] + new[0] > grid.COLUMNS:
            raise ConfigurationError(
                f"{new[0]} x {new[1]} does not fit: this tile is at least "
                f"{smallest[0]} x {smallest[1]}, and {grid.COLUMNS - box['x']} columns are left."
            )
        return self._put(grid.resized(self.boxes, key, *new, smallest))

    def pack(self, order: Sequence[int | str] | None = None) -> Layout:
        """Keep sizes and pack, in reading order or in the order given; the rest follows."""
        if order is None:
            return self.arrange("pack")
        first = list(dict.fromkeys(self._find(tile) for tile in order))
        rest = [key for key in grid.in_reading_order(self.boxes) if key not in first]
        new = arrangements.packed(self.boxes, [*first, *rest])
        return self._put({key: new[key] for key in self.boxes})

    def two_columns(self) -> Layout:
        """Every tile half the width, in two columns."""
        return self.arrange("two_columns")

    def full_width(self) -> Layout:
        """Every tile the whole width, one below the other."""
        return self.arrange("full_width")

    def sort(self, by: str = "name") -> Layout:
        """Pack by ``name`` or by ``kind``; sizes stay."""
        return self.arrange(f"by_{by}")

    def tidy_up(self) -> Layout:
        """Close gaps."""
        return self.arrange("tidy_up")

    def align_heights(self) -> Layout:
        """Tiles that begin in the same row become equally high."""
        return self.arrange("align_heights")

    def arrange(self, how: str) -> Layout:
        """One of `arrangements.ARRANGEMENTS`."""
        names = {tile["id"]: self.base.title(tile) for tile in self.tiles}
        kinds = {key: self.base.kind(key) for key in names}
        return self._put(arrangements.arranged(self.boxes, how, names=names, kinds=kinds))

    def add_text(self, body: str) -> int:
        """Add a text tile below; gives its id, which is negative until it is saved."""
        self._made -= 1
        box = lowest(grid.COLUMNS // 2, 2, self.boxes.values())
        self.tiles = [*self.tiles, new_text(self._made, body, box)]
        return self._made

    def remove(self, tile: int | str) -> Layout:
        """Take a tile off the board; its insight or text survives."""
        key = self._find(tile)
        kept = [one for one in self.tiles if one["id"] != key]
        self.tiles = with_boxes(kept, grid.compacted(boxes_of(kept)))
        return self

    def move_to(self, tile: int | str, dashboard: int) -> Layout:
        """Move a tile to another dashboard."""
        key = self._find(tile)
        new = self._with(key, to=dashboard)
        self.tiles = with_boxes(new, grid.compacted(boxes_of(new)))
        return self

    def copy_to(self, tile: int | str, dashboard: int) -> Layout:
        """Show a tile's insight or text on another dashboard too."""
        key = self._find(tile)
        there = by_id(self.tiles)[key]["copy_to"]
        self.tiles = self._with(key, copy_to=[*there, dashboard])
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
        self.tiles = self._with(key, **fields)
        return self

    def undo(self) -> Layout:
        """Take the last step back."""
        return self._travel(self._past, self._future)

    def redo(self) -> Layout:
        """Take it again."""
        return self._travel(self._future, self._past)

    def discard(self) -> Layout:
        """Back to the board as it was read; `undo` brings the draft again."""
        self.theirs = None
        self.tiles = [tile.copy() for tile in self.base.tiles]
        self.on_change()
        return self

    def save(self) -> Layout:
        """Send the draft, and nothing else.

        One request to look whether somebody else changed the board meanwhile; one PATCH with the
        tiles that changed; one a rename, a copy and a move. What came back is compared with what
        was asked.

        Raises
        ------
        ConfigurationError
            The board was changed on the server too: `keep_mine` or `take_theirs` first.
        UnexpectedAnswer
            The server stored something else; the draft is now what it has.
        DashwidgetsError
            What the server refused, or that it can't be reached; what was not saved stays drafted.
        """
        outcome = self.try_save()
        if outcome is None:
            return self
        if outcome.error is not None:
            raise outcome.error
        if outcome.disagree:
            raise ConfigurationError(
                "The board was rearranged on the server meanwhile and nothing was saved: "
                "choose keep_mine() or take_theirs(), then save again."
            )
        if outcome.differs:
            row = outcome.differs[0]
            raise UnexpectedAnswer(
                f"The server stored {len(outcome.differs)} tiles otherwise than asked, first "
                f"{row['name']!r}: {row['got']}, not {row['asked']}."
            )
        return self

    def try_save(self) -> Outcome | None:
        """Save and say how it went; None when there was nothing to save."""
        if not self.dirty:
            return None
        sent = self._draft
        outcome = save(self._client, self.base, sent)
        self.outcome = outcome
        if outcome.disagree:
            self.theirs = outcome.board
        else:
            self.theirs = None
            since = self._draft
            self._base, self._draft = outcome.board, outcome.draft
            if since is not sent:  # changed while it was saved: that is still to do
                was = Board(outcome.board.id, "", sent, {}, outcome.board.raw)
                now = Board(outcome.board.id, "", outcome.draft, {}, outcome.board.raw)
                self._draft = draft.merged(was, now, since)[0]
            if outcome.error is None:
                self._forget_unsaved()
        self.on_change()
        return outcome

    def keep_mine(self) -> Layout:
        """Overwrite what somebody else arranged, with the next `save`."""
        if self.theirs is not None:
            mine = draft.merged(self.base, self.theirs, self.tiles)[0]
            self._base, self._draft, self.theirs = self.theirs, mine, None
            self.on_change()
        return self

    def take_theirs(self) -> Layout:
        """Give the draft up for what somebody else arranged; `undo` brings it again."""
        if self.theirs is not None:
            mine = draft.merged(self.base, self.theirs, self.tiles)[0]
            self._past.append(mine)
            self._future.clear()
            self._base, self.theirs = self.theirs, None
            self._draft = [tile.copy() for tile in self.base.tiles]
            self.on_change()
        return self

    def __repr__(self) -> str:
        if self._base is None:
            return f"Layout(dashboard {self._id}, not read yet)"
        changes = len(draft.pending_rows(self._base, self._draft))
        return f"Layout({self._base.name!r}, {len(self._draft)} tiles, {changes} unsaved changes)"

    def _find(self, tile: int | str) -> int:
        here = [one for one in self.tiles if one["to"] is None]
        found = [one["id"] for one in here if tile in (one["id"], self.base.title(one))]
        if len(found) == 1:
            return found[0]
        if found:
            raise ConfigurationError(f"{len(found)} tiles are called {tile!r}: use an id.")
        raise ConfigurationError(f"There is no tile {tile!r} on dashboard {self._id}.")

    def _put(self, boxes: Mapping[int, grid.Box]) -> Layout:
        self.tiles = with_boxes(self.tiles, boxes)
        return self

    def _with(self, key: int, **fields: Any) -> list[DraftTile]:
        return [{**tile, **fields} if tile["id"] == key else tile for tile in self.tiles]  # pyright: ignore[reportReturnType]

    def _travel(self, back: list[list[DraftTile]], on: list[list[DraftTile]]) -> Layout:
        if back:
            on.append(self._draft)
            self._draft = back.pop()
            self.on_change()
        return self

    def _forget_unsaved(self) -> None:
        """Steps from before a save can be taken back, except those that left the board."""
        known = set(by_id(self.base.tiles)) | set(by_id(self._draft))

        def is_possible(tiles: list[DraftTile]) -> bool:
            return all(t["id"] in known and t["to"] is None and not t["copy_to"] for t in tiles)

        gone = any(not is_possible(tiles) for tiles in self._past)
        if gone:
            self._past.clear()
        self._future.clear()
