"""Where a widget or a recording reads a dashboard's tiles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashwidgets.api.stream.dashboard import TileStream
from dashwidgets.methods.dashboard.base import HeldBoard

if TYPE_CHECKING:
    from dashwidgets.widgets.shared.state.watch import BoardState
    from dashwidgets.widgets.watch.feed import Source


class WatchedBoard(HeldBoard):
    """A dashboard whose tiles are read as they are rendered."""

    def _watched(self) -> Source:
        """Where a widget finds it."""
        from dashwidgets.widgets.shared.colors import read_theme
        from dashwidgets.widgets.watch.context import surroundings_of
        from dashwidgets.widgets.watch.feed import OnWait, Options, Source

        def open_stream(options: Options, on_wait: OnWait) -> TileStream:
            return TileStream(
                self._client,
                self.id,
                refresh=options.refresh,
                filters_override=options.filters,
                variables_override=options.variables,
                layout=options.layout,
                on_wait=on_wait,
            )

        board: BoardState = {
            "id": self.id,
            "name": self.name or "",
            "description": str(self._row.get("description") or ""),
            "tags": list(self._row.get("tags") or []),
            "url": self.url,
            "breakdown_colors": [],
            "theme_colors": {},
            "annotations": [],
            "currency": "",
            "recorded": "",
            "sortable": False,
        }
        # Functions and not results: a watch reads them in its own thread, and the cell is not kept
        # waiting.
        theme_of = partial(read_theme, self._client)
        around = surroundings_of(self._client)
        place = self._client.host, str(self._client.project_id)
        return Source(
            board,
            self._tiles,
            open_stream,
            theme_of,
            around,
            place,
            clock_ahead=lambda: self._client.clock_ahead,
        )
