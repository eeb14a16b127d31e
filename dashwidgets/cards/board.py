"""The card of a dashboard, and its tiles by name: a mixin of `Dashboard`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashwidgets.cards.card import html
from dashwidgets.cards.tile import Tile, find_tile, names_of, quiet
from dashwidgets.display.in_a_cell import public
from dashwidgets.methods.dashboard.base import HeldBoard

STEPS = ("board.watch()", "board.tiles()", "board.results()", "board.edit()", "board.arrange()")

_LINK = {"True": "open", "False": "closed"}


class BoardCard(HeldBoard):
    """A dashboard's card, and its tiles by name."""

    _tile_rows: list[Mapping[str, Any]] | None = None
    __iter__ = None
    """Tiles are found by name or id; to list them, use ``board.tiles()``."""

    def __getitem__(self, which: int | str) -> Tile:
        """A tile, by exact name or id. One request, which counts as opening the dashboard.

        Raises
        ------
        NotFound
            There is none; names that are close are suggested.
        AmbiguousName
            Several have this name.
        """
        from dashwidgets.frames.tiles import tile_row

        rows = [tile_row(tile, self._row) for tile in self._tiles()]
        self._tile_rows = list(rows)
        return Tile(self._client, self.id, find_tile(rows, which, self.name or str(self.id)))

    def _ipython_key_completions_(self) -> list[str]:
        """Names of tiles, for Tab. One request the first time, of the insights list: nothing is
        opened. A failure offers nothing.
        """
        # Pressing Tab must neither open the dashboard, which the server records, nor print an
        # error.
        return quiet(self._known_names)

    def _known_names(self) -> list[str]:
        from dashwidgets.api.endpoints import insights
        from dashwidgets.api.paging import collect
        from dashwidgets.frames.tiles import insight_tiles

        if self._tile_rows is None:
            rows = collect(self._client, insights.page).rows
            self._tile_rows = list(insight_tiles(rows, {self.id: self.name}))
        return names_of(self._tile_rows)

    def __dir__(self) -> list[str]:
        return public(super().__dir__())

    def _repr_html_(self) -> str:
        """The card, from what was read last; no request is sent."""
        row = self._row
        return html(self.name or "Untitled", board_rows(row), STEPS, link=self.url)


def board_rows(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is known of a dashboard from a list's row or a detail form."""
    from dashwidgets.frames.dashboards import full_name
    from dashwidgets.plans.conflicts.permissions import may_edit

    tiles: Any = row.get("tiles")
    opened = str(row.get("last_accessed_at") or "")
    return [
        ("Id", str(row["id"])),
        ("Owner", full_name(row.get("created_by")) or "no owner"),
        ("Tags", ", ".join(map(str, row.get("tags") or ())) or "none"),
        ("Tiles", "not read" if tiles is None else str(len(tiles))),
        ("Last opened", "just now, by this notebook" if tiles is not None else opened or "never"),
        ("Public link", _LINK.get(str(row.get("is_shared")), "not known")),
        ("You can", "view and edit it" if may_edit(row) else "view it"),
    ]
