"""What a user gets from watched dashboards: results by name, and a frame of arrivals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from dashwidgets.display.in_a_cell import InACell
from dashwidgets.frames.columns import Column, Table, inner
from dashwidgets.frames.results import result_frame
from dashwidgets.widgets.watch.tile_log import Arrival

Listing = Callable[[], Sequence[tuple[int, Arrival]]]
"""Dashboard id and arrival, of every tile that is there."""

ARRIVALS = Table(
    "events",
    (
        Column("dashboard", "id", "dashboard", "Dashboard id."),
        Column("tile", "id", "id", "Tile id."),
        Column("name", "text", "name", "The tile's name."),
        Column("kind", "text", "kind", "insight, text, button, widget, or unknown when it failed."),
        Column("order", "integer", "order", "Rank on the board, from 0."),
        Column("elapsed", "number", "elapsed", "Seconds from the start to its arrival."),
        Column("took", "number", "took", "Seconds waited for this tile alone."),
        Column("bytes", "integer", "size", "Bytes of its JSON."),
        Column("cached", "boolean", "cached", "Whether its result came from the cache."),
        Column("error", "text", "error", "Why it shows nothing; missing if it does."),
    ),
)


def events_frame(arrivals: Sequence[tuple[int, Arrival]], *, complete: bool) -> pd.DataFrame:
    """What arrived when: one row per tile, the newest arrival of each."""
    rows = [vars(arrival) | {"dashboard": board} for board, arrival in arrivals]
    return ARRIVALS.to_frame(sorted(rows, key=lambda row: row["elapsed"]), complete=complete)


class ResultsByName(InACell, Mapping[str, pd.DataFrame]):
    """Results of the tiles that have arrived, by name or id.

    A name that two tiles share is followed by the tile's id, as in ``"Signups [12]"``.
    """

    def __init__(self, listing: Listing) -> None:
        self._listing = listing

    def __getitem__(self, which: int | str) -> pd.DataFrame:
        """The result of a tile; ``.attrs["reason"]`` says why it is empty."""
        arrival = find(self._listing(), which)
        insight = inner(arrival.tile(), "insight")
        nothing = None if insight else "this tile holds no insight"
        return result_frame(insight, error=arrival.error or nothing)

    def __iter__(self) -> Iterator[str]:
        return iter(_names(self._listing()))

    def __len__(self) -> int:
        return len(_names(self._listing()))

    def __repr__(self) -> str:
        return f"ResultsByName({list(self)!r})"


def find(arrivals: Sequence[tuple[int, Arrival]], which: int | str) -> Arrival:
    """A tile by id or name; the `KeyError` lists what there is."""
    found = [tile for _, tile in arrivals if which in (tile.id, tile.name)]
    # The form "Signups [12]", which only exists while two tiles share the name.
    if not found and which in (names := _names(arrivals)):
        found = [names[str(which)]]
    if len(found) > 1:
        ids = ", ".join(str(tile.id) for tile in found)
        raise KeyError(f"{len(found)} tiles are called {which!r}: use an id ({ids})")
    if not found:
        names = ", ".join(map(repr, _names(arrivals)))
        raise KeyError(f"no tile {which!r} has arrived; there are {names or 'none yet'}")
    return found[0]


def _names(arrivals: Sequence[tuple[int, Arrival]]) -> dict[str, Arrival]:
    """Tiles with a name; what occurs twice is distinguished by its id."""
    named = [(tile.name, tile) for _, tile in arrivals if tile.name]
    count: dict[str, int] = {}
    for name, _ in named:
        count[name] = count.get(name, 0) + 1
    return {name if count[name] == 1 else f"{name} [{tile.id}]": tile for name, tile in named}
