"""What the server has now, read as far as a plan needs it and no further."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import (
    collaborators,
    dashboards,
    insights,
    organization,
    sharing,
    users,
)
from dashwidgets.api.errors import NOT_OFFERED, ConfigurationError, Forbidden, NotFound
from dashwidgets.api.paging import Listing, collect
from dashwidgets.api.request import Request
from dashwidgets.backups.snapshot import stored_queries
from dashwidgets.bulk.sweep import sweep
from dashwidgets.frames.columns import inner_list
from dashwidgets.plans import fields
from dashwidgets.plans.change import Change, Key


class Missing:
    """The value of what no longer exists."""

    def __repr__(self) -> str:
        return "nothing: it is gone"


MISSING = Missing()


class ServerState:
    """A snapshot of the server. One request; more only for what the list does not show.

    Attributes
    ----------
    rows : dict
        Dashboard id to its row of the list.
    details, links, people : dict
        What `read` fetched, by dashboard.
    refused : dict
        (kind, dashboard) to why it could not be read.
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.listing: Listing = collect(client, dashboards.page)
        self.rows: dict[int, dict[str, Any]] = {row["id"]: row for row in self.listing.rows}
        self.details: dict[int, dict[str, Any]] = {}
        self.links: dict[int, dict[str, Any]] = {}
        self.people: dict[int, list[dict[str, Any]]] = {}
        self.refused: dict[tuple[str, int], str] = {}
        self._me: dict[str, Any] | None = None
        self._members: dict[str, dict[str, Any]] | None = None
        self._looked_further = False
        self._lock = threading.Lock()
        self._queries: dict[int, Any] | None = None
        self._no_queries = False

    def find(self, ids: Iterable[int]) -> set[int]:
        """Those of the given dashboards that exist, listed or not."""
        wanted = set(ids)
        if not wanted <= self.rows.keys() and not self._looked_further:
            # Unlisted dashboards are in no list by default: one more request finds them all.
            self._looked_further = True
            hidden = collect(
                self.client,
                lambda limit, offset: dashboards.page(limit, offset, creation_mode="unlisted"),
            )
            self.rows |= {row["id"]: row for row in hidden.rows}
        return wanted & self.rows.keys()

    def read(self, changes: Iterable[Change]) -> None:
        """Read what these changes are about; one request per dashboard and kind."""
        details, links, people = set[int](), set[int](), set[int]()
        asked = set[int]()
        for one in changes:
            if fields.insight_of(one.field) is not None:
                continue  # its query is in the list of insights
            asked.add(one.dashboard)
            if one.tile is not None:
                details.add(one.dashboard)
                # A moved tile may be on either side by now, so both are read.
                if one.field == fields.PLACE:
                    details |= {place for place in (one.old, one.new) if isinstance(place, int)}
            elif one.field == fields.LINK:
                links.add(one.dashboard)
            elif fields.person_of(one.field):
                people.add(one.dashboard)
        self.find(asked | details)
        self._sweep("tiles", details, dashboards.read, self.details)
        self._sweep("link", links, sharing.read, self.links)
        self._sweep("people", people, collaborators.listing, self.people)

    def value(self, key: Key) -> Any:
        """The value of a cell; `MISSING` if the dashboard or tile does not exist."""
        dashboard, tile, field = key
        if (insight := fields.insight_of(field)) is not None:
            return (self.queries or {}).get(insight, MISSING)
        row = self.rows.get(dashboard)
        if field == fields.DELETED:
            # The list never holds deleted dashboards, so absence is the value.
            return row is None
        if tile is not None:
            return self._tile_value(dashboard, tile, field)
        if row is None:
            return MISSING
        if field == fields.LINK:
            # The token is a secret, so its creation date stands for it.
            return self.links.get(dashboard, {}).get("created_at")
        person = fields.person_of(field)
        if person is not None:
            return person in {entry["user"]["email"] for entry in self.people.get(dashboard, [])}
        return fields.board_value(row, field)

    def unread(self, change: Change) -> str:
        """Why a cell could not be read; empty if it was."""
        if fields.insight_of(change.field) is not None and self.queries is None:
            return "the insights can't be listed"
        kind = (
            "tiles"
            if change.tile is not None
            else "link"
            if change.field == fields.LINK
            else "people"
            if fields.person_of(change.field)
            else ""
        )
        return self.refused.get((kind, change.dashboard), "")

    def tile(self, dashboard: int, tile: int) -> dict[str, Any] | None:
        """A tile of a dashboard whose detail was read."""
        tiles = inner_list(self.details.get(dashboard, {}), "tiles")
        return next((one for one in tiles if one["id"] == tile), None)

    def dashboard_of(self, tile: int) -> int:
        """The dashboard a tile is on; reads the insights list, and as a last resort dashboards."""
        # One request finds every insight tile; texts and buttons are in no list, hence the sweep
        # below.
        rows = collect(self.client, insights.page).rows
        for insight in rows:
            for place in inner_list(insight, "dashboard_tiles"):
                if place["id"] == tile and not place.get("deleted"):
                    return int(place["dashboard_id"])
        self._sweep("tiles", set(self.rows), dashboards.read, self.details)
        for key in self.details:
            if self.tile(key, tile) is not None:
                return key
        raise ConfigurationError(f"Tile {tile} is not in this project.")

    def name(self, dashboard: int) -> str | None:
        """A dashboard's name."""
        return self.rows.get(dashboard, {}).get("name")

    @property
    def me(self) -> dict[str, Any]:
        """The key's user; empty when the key may not tell. One request, the first time."""
        if self._me is None:
            try:
                self._me = self.client.send(users.me())
            except NOT_OFFERED:
                self._me = {}
        return self._me

    @property
    def queries(self) -> dict[int, Any] | None:
        """Stored queries, for backups; None when they can't be listed. One request, once."""
        # Dashboards are deleted in several threads, and each backup asks for the queries.
        with self._lock:
            if self._queries is None:
                refused: list[str] = []
                self._queries = stored_queries(self.client, refused)
                self._no_queries = bool(refused)
        return None if self._no_queries else self._queries

    @property
    def members(self) -> dict[str, dict[str, Any]]:
        """Who is in the organization, by email. One request, the first time.

        Raises `Forbidden` when the key lacks ``organization_member:read``.
        """
        if self._members is None:
            rows = collect(self.client, organization.members).rows
            self._members = {row["user"]["email"]: row for row in rows}
        return self._members

    def uuid_of(self, dashboard: int, email: str) -> str | None:
        """The user with an email."""
        invited = {e["user"]["email"]: e["user"]["uuid"] for e in self.people.get(dashboard, [])}
        if email in invited:
            return invited[email]
        member = self.members.get(email)
        return member["user"]["uuid"] if member else None

    def _tile_value(self, dashboard: int, tile: int, field: str) -> Any:
        found = self.tile(dashboard, tile)
        if field == fields.PLACE:
            if found is not None:
                return dashboard
            places = (key for key in self.details if self.tile(key, tile) is not None)
            return next(places, MISSING)
        return MISSING if found is None else fields.tile_value(found, field)

    def _sweep(self, kind: str, ids: set[int], ask: Any, found: dict[int, Any]) -> None:
        left = sorted((ids & self.rows.keys()) - found.keys())
        if not left:
            return
        make: Any = ask

        def request(key: int) -> Request[Any]:
            return make(key)

        try:
            read = sweep(self.client, left, request, f"Reading {kind}", found)
            self.refused |= {(kind, key): why for key, why in read.unread.items()}
        except (Forbidden, NotFound) as error:
            self.refused |= {(kind, key): str(error) for key in left if key not in found}
