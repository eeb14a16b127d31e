"""`Dashboard`: one dashboard, the object that users hold. Each method is one call down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from dashwidgets.api.checks import checked_id
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import collaborators as collaborators_api
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.api.endpoints import sharing as sharing_api
from dashwidgets.api.endpoints import tiles as tiles_api
from dashwidgets.api.endpoints.dashboards import Refresh, overrides
from dashwidgets.api.endpoints.tiles import Arrangement
from dashwidgets.api.errors import ConfigurationError, UnexpectedAnswer
from dashwidgets.api.request import UNSET, Unset
from dashwidgets.api.secret import Secret
from dashwidgets.api.stream.dashboard import LayoutSize, TileStream
from dashwidgets.api.stream.events import TileFailed, TileRendered
from dashwidgets.board_questions import BoardQuestions
from dashwidgets.board_recordings import BoardRecordings
from dashwidgets.cards.board import BoardCard

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.backups.restore import HasClient, Restored
    from dashwidgets.layout.arranging import Layout
    from dashwidgets.widgets.arrange.widget import Arranger
    from dashwidgets.widgets.edit.widget import Editor
    from dashwidgets.widgets.shared.state import BoardState
    from dashwidgets.widgets.watch.feed import Source
    from dashwidgets.widgets.watch.widget import Watch

LONG = 300.0
"""Seconds a blocking refresh of a heavy board may take."""


class Dashboard(BoardCard, BoardQuestions, BoardRecordings):
    """One dashboard of a project.

    Attributes
    ----------
    id : int
    name : str or None
    """

    def __init__(self, client: Client, row: Mapping[str, Any]) -> None:
        self._client = client
        self._row = dict(row)
        self._layout: Layout | None = None

    @property
    def id(self) -> int:
        """The dashboard's id."""
        return int(self._row["id"])

    @property
    def name(self) -> str | None:
        """Its name, as last read."""
        return self._row.get("name")

    @property
    def url(self) -> str:
        """Where PostHog shows it."""
        client = self._client
        return f"{client.host}/project/{client.project_id}/dashboard/{self.id}"

    def __repr__(self) -> str:
        return f"Dashboard({self.id}, {self.name!r})"

    def read(self, *, refresh: Refresh | None = None) -> dict[str, Any]:
        """The detail form with its tiles, as the server sends it. One request (contract 8.10).

        PostHog records the dashboard as opened. Without ``refresh`` only cached results come.
        """
        self._row = self._client.send(api.read(self.id, refresh=refresh, timeout=LONG))
        return self._row

    def _tiles(self) -> list[dict[str, Any]]:
        return self.read().get("tiles") or []

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

        names = unique_names(tile for tile in self._tiles() if tile.get("insight"))
        frames: dict[str, pd.DataFrame] = {}
        for event in self.stream(refresh=refresh):
            if isinstance(event, TileRendered) and event.tile_id in names:
                insight = inner(event.tile, "insight")
                frames[names[event.tile_id]] = result_frame(insight, error=tile_error(event.tile))
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

    def watch(
        self,
        *,
        refresh: Refresh | None = "blocking",
        filters: Mapping[str, Any] | None = None,
        variables: Mapping[str, Any] | None = None,
        layout: LayoutSize = "sm",
        every: str | timedelta | None = None,
    ) -> Watch:
        """A widget in which tiles appear as they are rendered. Two requests; it counts as opening.

        The first reads names and places, so that the board is drawn before its tiles are there. A
        board with a color theme of its own takes one more.
        Reading starts at once, in a thread of its own, whether the widget is displayed or not.
        Where keys may not stream, it takes a request for each insight instead (contract 8.14).

        Parameters
        ----------
        refresh : str, optional
            ``"force_blocking"`` computes everything, ``"blocking"`` what is not cached,
            ``"force_cache"`` nothing.
        filters, variables : dict, optional
            In place of the dashboard's own, here only, such as ``{"date_from": "-7d"}``.
        layout : {"sm", "xs"}
            The wide grid, or one column as on a phone.
        every : str, optional
            Stream again on a schedule, such as ``"5min"``: anything `pandas.Timedelta` reads.
        """
        return watch(
            [self],
            refresh=refresh,
            filters=filters,
            variables=variables,
            layout=layout,
            every=every,
        )

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

    def edit(self) -> Editor:
        """A widget to edit its metadata, collaborators and public link.

        Seven requests; it counts as opening. Nothing is written before ``editor.save()`` or a
        click on Save.
        """
        from dashwidgets.widgets.edit.widget import Editor

        return Editor(self._client, self.id, url=self.url)

    @property
    def layout(self) -> Layout:
        """Its tiles' places as a draft, to rearrange from a script; `Layout.save` sends it.

        One request when it is first used; it counts as opening.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     layout = ph.dashboard("Growth overview").layout
        ...     layout.move("Browsers", x=0, y=1).pending["name"].tolist()[0]
        'Weekly actives'
        """
        if self._layout is None:
            from dashwidgets.layout.arranging import Layout

            self._layout = Layout(self._client, self.id)
        return self._layout

    def arrange(self, save: Literal["click", "immediately"] = "click") -> Arranger:
        """A widget to rearrange it by mouse, touch or keyboard.

        One request; it counts as opening. Nothing is written before ``arranger.save()`` or a
        click on Save, unless ``save="immediately"``.
        """
        from dashwidgets.widgets.arrange.widget import Arranger

        return Arranger(self._client, self.id, url=self.url, save=save)

    def move_tile(self, tile: int, *, to: int | Dashboard) -> Dashboard:
        """Move a tile to another dashboard, as it is. One request (contract 8.13).

        Raises `NotFound` when it is not here, `BadRequest` when its insight is there already,
        `UnexpectedAnswer` when the server left it here silently.
        """
        there = to.id if isinstance(to, Dashboard) else to
        self._row = self._client.send(tiles_api.move(tile, source=self.id, to=there))
        left: list[dict[str, Any]] = self._row.get("tiles") or []
        if there != self.id and tile in [found["id"] for found in left]:
            raise UnexpectedAnswer(f"The server left tile {tile} on dashboard {self.id}.")
        return self

    def copy_tile(self, tile: int, *, to: int | Dashboard) -> None:
        """Show a tile's insight or text on another dashboard too. One request (9.3).

        Seven on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older

        there = to.id if isinstance(to, Dashboard) else to
        older.copy(self._client, tile, source=self.id, to=there)

    def reorder(self, tiles: Sequence[int], layout: Arrangement = "preserve") -> Dashboard:
        """Pack tiles in reading order; list them all, the others may overlap. One request (9.2).

        Three on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older

        self._row = older.reorder(self._client, self.id, tiles, layout)
        return self

    def add_text(self, body: str, *, layout: Mapping[str, int] | None = None) -> int:
        """Add a text tile; returns its id. One request (9.4).

        Three on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older

        layouts: Mapping[str, Any] | Unset = UNSET if layout is None else {"sm": dict(layout)}
        return older.add_text(self._client, self.id, body, layouts)

    def remove_tile(self, tile: int) -> None:
        """Remove a tile; its insight or text survives, the gap closes. One request (9.5).

        Three on a server that has no such action yet, and it counts as opening.
        """
        from dashwidgets.layout import older

        older.remove(self._client, self.id, tile)

    def collaborators(self) -> pd.DataFrame:
        """Who was invited to edit. One request (8.3)."""
        from dashwidgets.frames.people import COLLABORATORS

        rows = self._client.send(collaborators_api.listing(self.id))
        return COLLABORATORS.to_frame(rows, **self._about(1))

    def add_collaborator(self, user: UUID | str) -> None:
        """Invite somebody to edit, by their uuid from ``ph.members()``. One request (8.4)."""
        self._client.send(collaborators_api.add(self.id, user))

    def remove_collaborator(self, user: UUID | str) -> None:
        """Take an invitation back. One request (8.5)."""
        self._client.send(collaborators_api.remove(self.id, user))

    def sharing(self) -> pd.DataFrame:
        """Its public link, one row; the token is hidden. One request (8.6)."""
        from dashwidgets.frames.people import sharing_frame

        link = self._client.send(sharing_api.read(self.id))
        return sharing_frame([(self.id, link)], **self._about(1))

    def share(
        self,
        enabled: bool = True,
        *,
        password_required: bool | Unset = UNSET,
        settings: Mapping[str, Any] | Unset | None = UNSET,
    ) -> Secret | None:
        """Open or close the public link; returns its token, hidden. One request (9.1)."""
        change = sharing_api.change(
            self.id, enabled=enabled, password_required=password_required, settings=settings
        )
        return self._client.send(change)["access_token"]

    def rotate_link(self) -> Secret | None:
        """Give the link a new token; the old one works for five minutes more. One request (8.9)."""
        return self._client.send(sharing_api.rotate(self.id))["access_token"]

    def add_share_password(self, password: str | Secret | None = None, note: str = "") -> Secret:
        """Add a password to the link; the server makes one if none is given. One request (8.7)."""
        made = self._client.send(sharing_api.add_password(self.id, password, note))
        return made["password"]

    def remove_share_password(self, password_id: int) -> None:
        """Remove a password; what was opened with it closes. One request (8.8)."""
        self._client.send(sharing_api.remove_password(self.id, password_id))

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

    def _about(self, requests: int) -> dict[str, Any]:
        """What a frame says about its reading; an answer to one request is always whole."""
        return {
            "complete": True,
            "requests_spent": requests,
            "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "host": self._client.host,
            "project_id": self._client.project_id,
        }

    def copy_to(self, project: HasClient, *, share: bool = False) -> Restored:
        """Make it again in another project, and say what could not come along.

        ``.ids`` of the answer has its id there. Reading it counts as opening.
        """
        from dashwidgets.backups.restore import copy

        return copy(self._client, self.id, project.client, share=share)


def watch(
    boards: Sequence[Dashboard],
    *,
    refresh: Refresh | None = "blocking",
    filters: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
    layout: LayoutSize = "sm",
    every: str | timedelta | None = None,
) -> Watch:
    """Watch several dashboards in one widget, a section each; options as in `Dashboard.watch`."""
    from dashwidgets.widgets.watch.feed import Options
    from dashwidgets.widgets.watch.widget import Watch

    held = list[object](boards)  # from a notebook, anything may come
    if not held or not all(isinstance(board, Dashboard) for board in held):
        raise ConfigurationError("Watch at least one dashboard: dw.watch([ph.dashboard(7), …]).")
    if len({board.url for board in boards}) < len(boards):
        raise ConfigurationError("Each dashboard can be watched once in a view.")
    overrides(refresh, filters, variables)  # bad input fails here, not in a thread
    if layout not in ("sm", "xs"):
        raise ConfigurationError(f'layout must be "sm" or "xs", not {layout!r}.')
    options = Options(refresh, filters, variables, layout)
    return Watch([board._watched() for board in boards], options, every)  # pyright: ignore[reportPrivateUsage]


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
