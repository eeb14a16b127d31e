"""`Tile`: one tile of a dashboard, as ``board["Daily signups"]`` gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dashwidgets.api.client import Client
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.bulk.by_name import named
from dashwidgets.cards.card import html
from dashwidgets.display.in_a_cell import public

if TYPE_CHECKING:
    import pandas as pd


class Tile:
    """One tile of a dashboard.

    Attributes
    ----------
    id, dashboard : int
    name : str or None
        The insight's name; texts have none.
    kind : str
        insight, text, button, widget or unknown.
    """

    def __init__(self, client: Client, dashboard: int, row: Mapping[str, Any]) -> None:
        self._client = client
        self._row = dict(row)
        self.dashboard = dashboard
        self.id: int = int(row["id"])
        self.name: str | None = row.get("name")
        self.kind: str = str(row.get("kind") or "unknown")

    @property
    def url(self) -> str | None:
        """Where PostHog shows its insight; None for other tiles."""
        short = self._row.get("short_id")
        client = self._client
        return f"{client.host}/project/{client.project_id}/insights/{short}" if short else None

    def result(self, *, refresh: Any = "blocking") -> pd.DataFrame:
        """Its result, as in ``board.results()``. Two requests; it counts as opening the dashboard.

        ``.attrs["reason"]`` says why it is empty.
        """
        from dashwidgets.api.stream.dashboard import TileStream
        from dashwidgets.api.stream.events import TileRendered
        from dashwidgets.frames.columns import inner
        from dashwidgets.frames.results import result_frame
        from dashwidgets.frames.tiles import tile_error

        with TileStream(self._client, self.dashboard, refresh=refresh) as stream:
            event = stream.one(self.id)
        if not isinstance(event, TileRendered):
            return result_frame({}, error=getattr(event, "message", "It did not arrive."))
        insight = inner(event.tile, "insight")
        nothing = None if insight else "this tile holds no insight"
        return result_frame(insight, error=tile_error(event.tile) or nothing)

    def __dir__(self) -> list[str]:
        return public(super().__dir__())

    def __repr__(self) -> str:
        return f"Tile({self.id}, {self.name!r}, {self.kind})"

    def _repr_html_(self) -> str:
        rows = [("Kind", self.kind), ("Id", str(self.id)), ("Dashboard", str(self.dashboard))]
        rows += [
            (title, str(self._row[field]))
            for title, field in (("Query", "query_kind"), ("Display", "display"), ("Text", "text"))
            if self._row.get(field)
        ]
        return html(self.name or f"A {self.kind} tile", rows, ["tile.result()"], link=self.url)


def find_tile(rows: Iterable[Mapping[str, Any]], which: int | str, board: str) -> Mapping[str, Any]:
    """A row by id or exact name.

    Raises `NotFound` with names that are close, `AmbiguousName` with the ids there are.
    """
    known = list(rows)
    by_id = next((row for row in known if row["id"] == which), None)
    return by_id or named(str(which), known, thing="tile", where=f" of {board!r}")


def names_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Names that Tab can offer: those that only one tile has."""
    names = [str(row["name"]) for row in rows if row.get("name")]
    return [name for name in names if names.count(name) == 1]


# An error while Jupyter completes a name would appear in the middle of what is being typed.
def quiet(read: Any) -> list[str]:
    """What a completion read; nothing when it failed, because nobody waits for its error."""
    try:
        return read()
    except DashwidgetsError:
        return []
