"""Move, copy, order, add and remove tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from dashwidgets.api.endpoints import tiles as tiles_api
from dashwidgets.api.endpoints.tiles import Arrangement
from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.api.request import UNSET, Unset
from dashwidgets.methods.dashboard.base import HeldBoard


class BoardTiles(HeldBoard):
    """What happens to single tiles; each method is one call down."""

    def move_tile(self, tile: int, *, to: int | HeldBoard) -> Self:
        """Move a tile to another dashboard, as it is. One request (contract 8.13).

        Raises `NotFound` when it is not here, `BadRequest` when its insight is there already,
        `UnexpectedAnswer` when the server left it here silently.
        """
        there = to.id if isinstance(to, HeldBoard) else to
        self._row = self._client.send(tiles_api.move(tile, source=self.id, to=there))
        # The answer is the source board's: a tile that was moved is not in it any more.
        left: list[dict[str, Any]] = self._row.get("tiles") or []
        if there != self.id and tile in [found["id"] for found in left]:
            raise UnexpectedAnswer(f"The server left tile {tile} on dashboard {self.id}.")
        return self

    def copy_tile(self, tile: int, *, to: int | HeldBoard) -> None:
        """Show a tile's insight or text on another dashboard too. One request (9.3).

        Seven on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older_servers

        there = to.id if isinstance(to, HeldBoard) else to
        older_servers.copy(self._client, tile, source=self.id, to=there)

    def reorder(self, tiles: Sequence[int], layout: Arrangement = "preserve") -> Self:
        """Pack tiles in reading order; list them all, the others may overlap. One request (9.2).

        Three on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older_servers

        self._row = older_servers.reorder(self._client, self.id, tiles, layout)
        return self

    def add_text(self, body: str, *, layout: Mapping[str, int] | None = None) -> int:
        """Add a text tile; returns its id. One request (9.4).

        Three on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older_servers

        layouts: Mapping[str, Any] | Unset = UNSET if layout is None else {"sm": dict(layout)}
        return older_servers.add_text(self._client, self.id, body, layouts)

    def remove_tile(self, tile: int) -> None:
        """Remove a tile; its insight or text survives, the gap closes. One request (9.5).

        Three on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older_servers

        older_servers.remove(self._client, self.id, tile)
