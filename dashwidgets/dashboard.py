"""`Dashboard`: one dashboard, the object that users hold. Each method is one call down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dashwidgets.api.checks import checked_id
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.api.endpoints.dashboards import Refresh
from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.api.request import UNSET, Unset
from dashwidgets.api.stream.dashboard import TileStream
from dashwidgets.api.stream.events import TileFailed, TileRendered
from dashwidgets.cards.board import BoardCard
from dashwidgets.methods.dashboard.access import BoardAccess
from dashwidgets.methods.dashboard.questions import BoardQuestions
from dashwidgets.methods.dashboard.recordings import BoardRecordings
from dashwidgets.methods.dashboard.tiles import BoardTiles
from dashwidgets.methods.dashboard.widgets import BoardWidgets

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.backups.restore import HasClient, Restored


class Dashboard(BoardCard, BoardTiles, BoardAccess, BoardWidgets, BoardQuestions, BoardRecordings):
    """One dashboard of a project.

    Attributes
    ----------
    id : int
    name : str or None
    """

    def __repr__(self) -> str:
        return f"Dashboard({self.id}, {self.name!r})"

    def tiles(self) -> pd.DataFrame:
        """Its tiles in order, with layouts and texts. One request; it counts as opening."""
        from dashwidgets.frames.tiles import tiles_of_details

        return tiles_of_details([self.read()], **self._about(1))

    def results(self, *, refresh: Refresh | None = "blocking") -> dict[str, pd.DataFrame]:
        """Results of its insight tiles, a frame each, by name. Two requests; it counts as opening.

        A tile that fails gives an empty frame, ``.attrs["reason"]`` says why. Names that occur
        twice get their tile's id in brackets.
        """
        from dashwidgets.frames.columns import inner
        from dashwidgets.frames.results import result_frame
        from dashwidgets.frames.tiles import tile_error

        # Names first, from the detail form: the stream may name a failed tile by its id alone.
        names = unique_names(tile for tile in self._tiles() if tile.get("insight"))
        frames: dict[str, pd.DataFrame] = {}
        for event in self.stream(refresh=refresh):
            if isinstance(event, TileRendered) and event.tile_id in names:
                tile = event.tile
                insight = inner(tile, "insight")
                frames[names[event.tile_id]] = result_frame(insight, error=tile_error(tile))
            elif isinstance(event, TileFailed):
                name = names.get(event.tile_id, f"[{event.tile_id}]")
                frames[name] = result_frame({}, error=event.message)
        return frames

    def update(
        self,
        *,
        name: str | Unset | None = UNSET,
        description: str | Unset = UNSET,
        pinned: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        filters: Mapping[str, Any] | Unset = UNSET,
        restriction_level: int | Unset = UNSET,
        layouts: Mapping[int, Mapping[str, int]] | Unset = UNSET,
    ) -> Dashboard:
        """Change only what is given. One request (contract 8.11).

        Parameters
        ----------
        tags : list of str, optional
            Replaces all tags; PostHog trims and lowercases them.
        layouts : dict, optional
            Tile id to ``{"x", "y", "w", "h"}`` on the 12-column grid; other tiles stay.

        Raises
        ------
        ConfigurationError
            A value PostHog would refuse; nothing was sent.
        UnexpectedAnswer
            The server skipped a tile silently.
        """
        boxes: Mapping[int, Mapping[str, int]] = {} if layouts is UNSET else layouts
        tiles = [
            {"id": checked_id(tile, "tile id"), "layouts": {"sm": dict(box)}}
            for tile, box in boxes.items()
        ]
        answer = self._client.send(
            api.update(
                self.id,
                name=name,
                description=description,
                pinned=pinned,
                tags=tags,
                filters=filters,
                restriction_level=restriction_level,
                tiles=tiles or UNSET,
            )
        )
        self._row = answer
        # An unknown tile id is skipped with a 200 (8.11): only the answer shows it.
        skipped = _not_moved(tiles, answer.get("tiles") or [])
        if skipped:
            raise UnexpectedAnswer(
                f"The server left tiles {skipped} where they were: "
                "they are not on this dashboard. Everything else was saved."
            )
        return self

    def stream(
        self,
        *,
        refresh: Refresh | None = "blocking",
        filters_override: Mapping[str, Any] | None = None,
        variables_override: Mapping[str, Any] | None = None,
    ) -> TileStream:
        """Its tiles as typed events, each as it is rendered. One request; it counts as opening.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     events = list(ph.dashboard("Growth overview").stream())
        >>> type(events[0]).__name__, type(events[-1]).__name__
        ('Metadata', 'Complete')
        """
        return TileStream(
            self._client,
            self.id,
            refresh=refresh,
            filters_override=filters_override,
            variables_override=variables_override,
        )

    def delete(self, *, insights: bool = False) -> None:
        """Hide it and its tiles; `restore` brings it back. One request (8.11).

        Parameters
        ----------
        insights : bool
            Also hide insights that are on no other dashboard.
        """
        answer = self._client.send(api.delete(self.id, insights=insights))
        if answer.get("deleted") is not True:
            raise UnexpectedAnswer(f"The server did not delete dashboard {self.id}.")

    def restore(self) -> Dashboard:
        """Bring it back, with every tile it ever had. One request (8.11)."""
        self._row = self._client.send(api.restore(self.id))
        return self

    def duplicate(self, name: str | Unset | None = UNSET, *, deep: bool = False) -> Dashboard:
        """Copy it. Without ``deep`` both show the same insights. One request (8.2)."""
        row = self._client.send(api.duplicate(self.id, name=name, deep=deep))
        return Dashboard(self._client, row)

    def copy_to(self, project: HasClient, *, share: bool = False) -> Restored:
        """Make it again in another project, and say what could not come along.

        ``.ids`` of the answer has its id there. Reading it counts as opening.
        """
        from dashwidgets.backups.restore import copy

        return copy(self._client, self.id, project.client, share=share)


def unique_names(tiles: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """A name for each tile, by id; what occurs twice is distinguished by its id."""
    from dashwidgets.frames.tiles import tile_name

    found = {int(tile["id"]): tile_name(tile) or "Untitled" for tile in tiles}
    names = list(found.values())
    return {
        key: name if names.count(name) == 1 else f"{name} [{key}]" for key, name in found.items()
    }


def _not_moved(asked: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> list[int]:
    """Tiles whose boxes are not what was asked for."""
    now: dict[int, Any] = {tile["id"]: tile.get("layouts") or {} for tile in found}
    return [
        tile["id"] for tile in asked if now.get(tile["id"], {}).get("sm") != tile["layouts"]["sm"]
    ]
