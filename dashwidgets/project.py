"""`Project` and `Dashboard`: the objects a user holds. Each method is one call down."""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from dashwidgets.api import dashboards as api
from dashwidgets.api import insights as insights_api
from dashwidgets.api.client import Client
from dashwidgets.api.dashboards import Refresh
from dashwidgets.api.errors import AmbiguousName, NotFound, UnexpectedAnswer
from dashwidgets.api.events import TileFailed, TileRendered
from dashwidgets.api.paging import Listing, Page, collect
from dashwidgets.api.request import UNSET, Request, Unset
from dashwidgets.api.stream import TileStream

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.widgets.browse import Browser
    from dashwidgets.widgets.watch import Watch

WORKERS = 8
LONG = 300.0
"""Seconds a blocking refresh of a heavy board may take."""


class Server(Protocol):
    """An embedded project that runs for this `Project` alone."""

    def stop(self) -> None:
        """End it."""
        ...


class Project:
    """A project's dashboards. Made by ``dw.connect()`` or ``dw.local()``.

    Parameters
    ----------
    client : Client
    server : Server, optional
        Stopped by `close`.
    """

    def __init__(self, client: Client, *, server: Server | None = None) -> None:
        self.client = client
        self._server = server

    def __repr__(self) -> str:
        kind = "embedded project" if self._server else f"project {self.client.project_id}"
        return f"Project({kind})" if self._server else f"Project({self.client.host}, {kind})"

    def dashboards(
        self,
        *,
        search: str | None = None,
        tags: Sequence[str] | None = None,
        creation_mode: str | None = None,
    ) -> pd.DataFrame:
        """Every dashboard, one row each. One request for up to 5,000 (contract 8.1).

        Listing does not count as opening: ``last_accessed_at`` stays as it is. ``.attrs`` holds
        ``complete``, ``expected``, ``requests_spent``, ``taken_at``.

        Parameters
        ----------
        search : str, optional
            Words in name, description or tags; PostHog adds what merely resembles them.
        tags : list of str, optional
            Dashboards with any of these.
        creation_mode : str, optional
            ``"unlisted"`` is the only way to see unlisted ones.

        Raises
        ------
        Forbidden
            The key lacks ``dashboard:read``.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     ph.dashboards()["name"].iloc[0]
        'Activation'
        """
        from dashwidgets.frames.dashboards import dashboards_frame

        listing = self._listing(search=search, tags=tags, creation_mode=creation_mode)
        return dashboards_frame(listing, **self._origin())

    def tiles(self, *, deep: bool = False) -> pd.DataFrame:
        """Every tile of every dashboard, one row each.

        Goes through the insights list: two requests, and no dashboard is opened. That list knows
        neither text tiles nor layouts; ``deep=True`` reads every dashboard for them, one request
        each, and PostHog then notes each as opened now.

        Raises
        ------
        Forbidden
            The key lacks ``insight:read``.
        """
        from dashwidgets.frames.dashboards import provenance
        from dashwidgets.frames.tiles import tiles_of_details, tiles_of_insights

        listing = self._listing()
        attrs: dict[str, Any] = provenance(listing) | self._origin() | {"deep": deep}
        if deep:
            warnings.warn(
                f"Opening {len(listing.rows)} dashboards: last_accessed_at of each becomes now. "
                "Take ph.dashboards() first if you want to know what is stale.",
                UserWarning,
                stacklevel=2,
            )
            with ThreadPoolExecutor(WORKERS) as pool:
                details = list(pool.map(self._detail, [row["id"] for row in listing.rows]))
            attrs["requests_spent"] += len(details)
            return tiles_of_details(details, **attrs)
        insights = collect(self.client, insights_api.page)
        attrs["complete"] = listing.complete and insights.complete
        attrs["requests_spent"] += insights.requests_spent
        names = {row["id"]: row.get("name") for row in listing.rows}
        return tiles_of_insights(insights.rows, names, **attrs)

    def dashboard(self, which: int | str) -> Dashboard:
        """One dashboard, by id or exact name. One request; it is not opened.

        Raises
        ------
        NotFound
            There is none; names that are close are suggested.
        AmbiguousName
            Several have this name.
        """
        if not isinstance(which, str):
            api.checked_id(which)
        rows = self._listing().rows
        found = [row for row in rows if which in (row["id"], row.get("name"))]
        if not found and isinstance(which, int):
            return Dashboard(self, self._detail(which))  # unlisted, or gone
        if not found:
            close = difflib.get_close_matches(str(which), [row.get("name") or "" for row in rows])
            hint = f": did you mean {' or '.join(map(repr, close))}?" if close else ""
            raise NotFound(404, f"No dashboard is called {which!r}{hint}")
        if len(found) > 1:
            ids = ", ".join(str(row["id"]) for row in found)
            raise AmbiguousName(
                f"{len(found)} dashboards are called {which!r}: give an id ({ids})."
            )
        return Dashboard(self, found[0])

    def create(
        self,
        name: str | None = None,
        *,
        description: str | Unset = UNSET,
        pinned: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        filters: Mapping[str, Any] | Unset = UNSET,
        restriction_level: int | Unset = UNSET,
    ) -> Dashboard:
        """Make an empty dashboard. One request (contract 8.2).

        Raises `ConfigurationError` for a value that PostHog would refuse, before it is sent.
        """
        row = self.client.send(
            api.create(
                name=name,
                description=description,
                pinned=pinned,
                tags=tags,
                filters=filters,
                restriction_level=restriction_level,
            )
        )
        return Dashboard(self, row)

    def browse(self) -> Browser:
        """A searchable, sortable table of every dashboard. One request.

        ``.selected`` and ``.visible`` of the widget are DataFrames.
        """
        from dashwidgets.widgets.browse import Browser

        return Browser(self._listing(), host=self.client.host, project_id=self.client.project_id)

    def close(self) -> None:
        """Close the connections, and the embedded project if there is one."""
        self.client.close()
        if self._server:
            self._server.stop()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _listing(
        self,
        *,
        search: str | None = None,
        tags: Sequence[str] | None = None,
        creation_mode: str | None = None,
    ) -> Listing:
        def page(limit: int, offset: int) -> Request[Page]:
            return api.page(limit, offset, search=search, tags=tags, creation_mode=creation_mode)

        return collect(self.client, page)

    def _detail(self, key: int) -> dict[str, Any]:
        return self.client.send(api.read(key))

    def _origin(self) -> dict[str, Any]:
        return {"host": self.client.host, "project_id": self.client.project_id}


class Dashboard:
    """One dashboard of a project.

    Attributes
    ----------
    id : int
    name : str or None
    """

    def __init__(self, project: Project, row: Mapping[str, Any]) -> None:
        self.project = project
        self._client = project.client
        self._row = dict(row)

    @property
    def id(self) -> int:
        """Its id."""
        return int(self._row["id"])

    @property
    def name(self) -> str | None:
        """Its name when it was last read."""
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

        PostHog notes the dashboard as opened. Without ``refresh`` only cached results come.
        """
        self._row = self._client.send(api.read(self.id, refresh=refresh, timeout=LONG))
        return self._row

    def tiles(self) -> pd.DataFrame:
        """Its tiles in order, with layouts and texts. One request; it counts as opening."""
        from dashwidgets.frames.tiles import tiles_of_details

        return tiles_of_details([self.read()])

    def results(self, *, refresh: Refresh | None = "blocking") -> dict[str, pd.DataFrame]:
        """Results of its insight tiles, a frame each, by name. Two requests; it counts as opening.

        A tile that fails gives an empty frame, ``.attrs["reason"]`` says why. Names that occur
        twice get their tile's id in brackets.
        """
        from dashwidgets.frames.results import result_frame

        names = unique_names(tile for tile in self.read()["tiles"] if tile.get("insight"))
        frames: dict[str, pd.DataFrame] = {}
        for event in self.stream(refresh=refresh):
            if isinstance(event, TileRendered) and event.tile_id in names:
                frames[names[event.tile_id]] = result_frame(event.tile["insight"])
            elif isinstance(event, TileFailed):
                frame = result_frame({})
                frame.attrs["reason"] = event.message
                frames[names.get(event.tile_id, f"[{event.tile_id}]")] = frame
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
        """Change what is given and nothing else. One request (contract 8.11).

        Parameters
        ----------
        tags : list of str, optional
            Replaces all of them; PostHog trims them and makes them small.
        layouts : dict, optional
            Tile id to ``{"x", "y", "w", "h"}`` on the 12-column grid; other tiles stay.

        Raises
        ------
        ConfigurationError
            A value PostHog would refuse; nothing was sent.
        UnexpectedAnswer
            The server skipped a tile in silence.
        """
        boxes: Mapping[int, Mapping[str, int]] = {} if layouts is UNSET else layouts
        tiles = [
            {"id": api.checked_id(tile, "tile id"), "layouts": {"sm": dict(box)}}
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
        filters_override: Mapping[str, Any] | None = None,
        variables_override: Mapping[str, Any] | None = None,
    ) -> Watch:
        """A widget in which tiles appear as they are rendered. Two requests; it counts as opening.

        The first reads names and places, so that the board is drawn before its tiles are there.
        Reading starts at once, in a thread of its own, whether the widget is displayed or not.
        """
        from dashwidgets.widgets.watch import Watch

        def open_stream() -> TileStream:
            return self.stream(
                refresh=refresh,
                filters_override=filters_override,
                variables_override=variables_override,
            )

        board = {
            "id": self.id,
            "name": self.name or "",
            "description": str(self._row.get("description") or ""),
            "tags": list(self._row.get("tags") or []),
            "url": self.url,
        }
        return Watch(board, open_stream, lambda: self.read()["tiles"])


def unique_names(tiles: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """A name for each tile, by id; what occurs twice is told apart by its id."""
    from dashwidgets.frames.tiles import tile_name

    found = {int(tile["id"]): tile_name(tile) or "Untitled" for tile in tiles}
    names = list(found.values())
    return {
        key: name if names.count(name) == 1 else f"{name} [{key}]" for key, name in found.items()
    }


def _not_moved(asked: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> list[int]:
    """Tiles whose boxes are not what was asked for."""
    now: dict[int, Any] = {tile["id"]: tile["layouts"].get("sm") for tile in found}
    return [tile["id"] for tile in asked if now.get(tile["id"]) != tile["layouts"]["sm"]]
