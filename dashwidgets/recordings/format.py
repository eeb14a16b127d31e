"""What a recording holds: the manifest of a ``.dwr`` file, format 1 (``docs/recordings.md``)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, cast

import msgspec

from dashwidgets.widgets.shared.state.watch import BoardState, KnownTile
from dashwidgets.widgets.watch.tile_log import Arrival

KIND, FORMAT = "dashwidgets.recording", 1
MANIFEST = "recording.json"

# Checked before anything is unpacked: a file from somebody else may be a zip bomb.
LARGEST_FILE = 48 * 2**20
"""Bytes of a file: a board of 20 tiles takes some 50 kB."""
LARGEST_CONTENT = 96 * 2**20
"""Bytes of JSON in it, all together."""
LARGEST_MANIFEST = 3 * 2**20
MOST_TILES = 5_000

Object = dict[str, Any]


# A field may be added with a default; every other change of these classes is a new format.
class Origin(msgspec.Struct, frozen=True):
    """Where the board is."""

    host: str
    project_id: int | str
    dashboard_id: int


class Asked(msgspec.Struct, frozen=True):
    """The options of the round; ``filters`` and ``variables`` replace the dashboard's own."""

    refresh: str | None
    filters: Object | None
    variables: Object | None
    layout: Literal["sm", "xs"]


class Course(msgspec.Struct, frozen=True):
    """The outcome of the round; ``elapsed`` in seconds, ``bytes`` as received."""

    phase: Literal["complete", "failed", "stopped"]
    source: Literal["stream_tiles", "insights", "detail"] | None
    elapsed: float
    bytes: int
    message: str


class RecordedTile(msgspec.Struct, frozen=True):
    """One tile that arrived; ``file`` has its JSON, and is missing when the tile failed.

    ``elapsed``, ``took`` and ``size`` are as in `Watch.events`; ``bytes`` and ``sha256`` are of
    the file.
    """

    id: int
    order: int | None
    elapsed: float
    took: float
    size: int
    cached: bool | None
    name: str | None
    kind: str
    error: str | None
    file: str | None = None
    bytes: int = 0
    sha256: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """The file ``recording.json``. ``expected``: the board's tiles, those that failed included."""

    kind: Literal["dashwidgets.recording"]
    format: int
    made_by: str
    taken_at: datetime
    origin: Origin
    asked: Asked
    course: Course
    board: Object
    expected: list[Object]
    tiles: list[RecordedTile]

    def board_state(self) -> BoardState:
        """The board as a view shows it."""
        none: Any = {
            "id": self.origin.dashboard_id,
            "name": "",
            "description": "",
            "tags": [],
            "url": "",
            "breakdown_colors": [],
            "theme_colors": {},
            "annotations": [],
            "currency": "",
            "sortable": False,
        }
        # Only known keys: the file may come from anybody, and its board goes to a front end.
        known: Any = none | {key: self.board[key] for key in none if key in self.board}
        return known | {"recorded": f"{self.taken_at:%Y-%m-%d %H:%M} UTC"}

    def skeleton(self) -> list[KnownTile]:
        """The tiles that were expected."""
        return cast("list[KnownTile]", self.expected)


def arrival_of(tile: RecordedTile, raw: bytes | None) -> Arrival:
    """A recorded tile as an arrival."""
    return Arrival(
        id=tile.id,
        order=tile.order,
        elapsed=tile.elapsed,
        took=tile.took,
        size=tile.size,
        round=1,
        cached=tile.cached,
        name=tile.name,
        kind=tile.kind,
        error=tile.error,
        raw=None if raw is None else msgspec.Raw(raw),
    )


def tile_file(tile: int) -> str:
    """The path of a tile's JSON in the file."""
    return f"tiles/{tile}.json"
