"""One dashboard, made again step by step; each step looks first at what is there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import (
    collaborators,
    dashboards,
    insights,
    organization,
    sharing,
    templates,
)
from dashwidgets.api.errors import NOT_OFFERED, ApiError, DashwidgetsError, NotFound
from dashwidgets.api.paging import collect
from dashwidgets.backups.build import looks, patch, written
from dashwidgets.backups.matching import match, title
from dashwidgets.backups.restore_state import Board, State
from dashwidgets.backups.snapshot import RESTRICTED, tile_form
from dashwidgets.frames.columns import inner, inner_list

Snapshot = Mapping[str, Any]


class Rebuild:
    """Makes dashboards in one project; what it can't do goes to ``notes``."""

    def __init__(self, client: Client, state: State, notes: list[str]) -> None:
        self._client, self._state, self._notes = client, state, notes
        self._takes_templates = True
        self._members: dict[str, str] | None = None

    def one(self, name: str, snapshot: Snapshot, *, share: bool) -> None:
        """Make one dashboard, or go on with it."""
        board, resumed = self._state.begin(name)
        if resumed and board.id is None:
            # Killed between the request and its answer: the marker in the description finds it.
            board.id = self._begun(board.marker)
        elif resumed and board.id is not None and not self._is_there(board.id):
            board.id, board.settled = None, False  # somebody deleted it since
        # Each step looks at the server first, so an interrupted restore can simply run again.
        if board.settled:
            return
        if board.id is None:
            board.id = self._shell(board, snapshot)
        self._state.save()
        self._add_missing(board.id, snapshot)
        self._settle(board.id, snapshot)
        self._invite(board.id, snapshot)
        self._share(board.id, snapshot, share=share)
        board.settled = True
        self._state.save()

    def _begun(self, marker: str) -> int | None:
        rows = collect(self._client, dashboards.page).rows
        return next((int(row["id"]) for row in rows if row.get("description") == marker), None)

    def _is_there(self, key: int) -> bool:
        try:
            self._client.send(dashboards.read(key))
        except NotFound:
            return False
        return True

    def _shell(self, board: Board, snapshot: Snapshot) -> int:
        """The dashboard, with its tiles if the server takes templates; no filters yet.

        Without filters, queries are shown as they are stored: tiles can be recognized by them.
        """
        template = snapshot["template"]
        # Without insights that another dashboard of the backup brought already: a template would
        # make them twice.
        fresh = [tile for tile in template["tiles"] if self._fits(snapshot, tile)]
        if fresh and self._takes_templates:
            names = ("type", "name", "description", "query", "body", "layouts", "color")
            tiles = [{name: tile[name] for name in names if name in tile} for tile in fresh]
            body: dict[str, Any] = {
                "template_name": template["template_name"],
                # The description comes last: until then it marks a dashboard that is not complete.
                "dashboard_description": board.marker,
                "dashboard_filters": {},
                "tiles": tiles,
            }
            try:
                return int(self._client.send(templates.create_dashboard(body))["id"])
            # Keys are refused on PostHog (1.1): remembered, so that it is asked once for a whole
            # backup.
            except NOT_OFFERED:
                self._takes_templates = False
        made = dashboards.create(name=snapshot["settings"]["name"], description=board.marker)
        return int(self._client.send(made)["id"])

    def _fits(self, snapshot: Snapshot, tile: Mapping[str, Any]) -> bool:
        if tile["type"] == "INSIGHT":
            return bool(tile["query"]) and self._known(snapshot, tile) is None
        return tile["type"] == "TEXT"

    def _known(self, snapshot: Snapshot, tile: Mapping[str, Any]) -> int | None:
        key = self._state.insight_key(snapshot["source"], tile)
        return None if key is None else self._state.progress.insights.get(key)

    def _note(self, snapshot: Snapshot, what: str, why: object) -> None:
        self._notes.append(f"{snapshot['settings']['name']}: {what}: {why}")

    def _pairs(self, key: int, snapshot: Snapshot) -> list[tuple[int, dict[str, Any] | None]]:
        """Each tile of the backup and the one on the server that is it; insights are noted."""
        raw: list[dict[str, Any]] = self._client.send(dashboards.read(key))["tiles"] or []
        shown = {t["insight"]["id"]: t["insight"].get("query") for t in raw if t.get("insight")}
        there = [tile_form(self._client, tile, at, shown, []) for at, tile in enumerate(raw)]
        tiles = snapshot["template"]["tiles"]
        found: dict[int, int] = {}
        ids = {tile.get("insight_id"): at for at, tile in enumerate(there)}
        for at, tile in enumerate(tiles):
            known = self._known(snapshot, tile)
            if known is not None and known in ids:
                found[at] = ids[known]
        rest = [at for at in range(len(tiles)) if at not in found]
        free = [at for at in range(len(there)) if at not in found.values()]
        # Insights that this restore made are known by id; the rest are matched by content.
        for a, b in match([tiles[at] for at in rest], [there[at] for at in free]):
            if a is not None and b is not None:
                found[rest[a]] = free[b]
        for at, other in found.items():
            name = self._state.insight_key(snapshot["source"], tiles[at])
            if name is not None and there[other].get("insight_id") is not None:
                self._state.progress.insights[name] = int(there[other]["insight_id"])
        self._state.save()
        return [(at, raw[found[at]] if at in found else None) for at in range(len(tiles))]

    def _add_missing(self, key: int, snapshot: Snapshot) -> None:
        for at, there in self._pairs(key, snapshot):
            tile = snapshot["template"]["tiles"][at]
            if there is not None:
                continue
            try:
                if tile["type"] == "INSIGHT":
                    self._add_insight(key, snapshot, tile)
                else:
                    # One at a time: PATCH stops at the first tile it refuses, and keeps those
                    # before it.
                    self._client.send(patch(key, {"tiles": [written(tile)]}))
            except ApiError as error:
                self._note(snapshot, f"tile {title(tile)!r} was refused", error)

    def _add_insight(self, key: int, snapshot: Snapshot, tile: Mapping[str, Any]) -> None:
        known = self._known(snapshot, tile)
        if known is not None and self._place(known, key):
            return
        if not tile["query"]:
            self._note(snapshot, f"tile {title(tile)!r}", "the backup has no query for it.")
            return
        request = insights.create(
            query=tile["query"],
            name=tile["name"],
            description=tile["description"] or "",
            dashboards=[key],
            tags=tile["tags"],
        )
        made = int(self._client.send(request)["id"])
        name = self._state.insight_key(snapshot["source"], tile)
        if name is not None:
            self._state.progress.insights[name] = made
            self._state.save()

    def _place(self, insight: int, dashboard: int) -> bool:
        """Put an insight that is there already on this dashboard too."""
        try:
            boards: list[int] = self._client.send(insights.read(insight)).get("dashboards") or []
        except NotFound:
            return False
        # dashboards is the complete set: without the others the insight would leave them (12.5).
        self._client.send(insights.update(insight, dashboards=[*boards, dashboard]))
        return True

    def _settle(self, key: int, snapshot: Snapshot) -> None:
        """Places, looks and settings; what is refused is tried without."""
        template, settings = snapshot["template"], snapshot["settings"]
        places: list[dict[str, Any]] = []
        for at, there in self._pairs(key, snapshot):
            tile = template["tiles"][at]
            if there is None:
                continue
            places.append({"id": there["id"]} | looks(tile))
            tags: list[str] = inner_list(inner(there, "insight"), "tags")
            if tile["type"] == "INSIGHT" and sorted(tags) != sorted(tile["tags"]):
                self._client.send(insights.update(there["insight"]["id"], tags=tile["tags"]))
        body: dict[str, Any] = {
            "name": settings["name"],
            "description": template["dashboard_description"],
            "pinned": settings["pinned"],
            "tags": template["tags"],
        }
        if places:
            body["tiles"] = places
        extra: dict[str, Any] = {
            "filters": template["dashboard_filters"],
            **{name: settings[name] for name in ("variables", "breakdown_colors")},
            "quick_filter_ids": settings["quick_filter_ids"],
            "data_color_theme_id": self._theme(snapshot),
        }
        # Only then: the field's mere presence asks for the rights of an owner (contract 8.11).
        if settings["restriction_level"] == RESTRICTED:
            extra["restriction_level"] = RESTRICTED
        # PostHog ignores empty filters and refuses null in some of these; a new dashboard has
        # neither.
        wanted = {name: value for name, value in extra.items() if value}
        try:
            self._client.send(patch(key, body | wanted))
        except ApiError:
            self._client.send(patch(key, body))  # first what is sure, then one by one
            for name, value in wanted.items():
                try:
                    self._client.send(patch(key, {name: value}))
                except ApiError as error:
                    self._note(snapshot, f"{name} was refused", error)

    def _theme(self, snapshot: Snapshot) -> int | None:
        wanted = snapshot["settings"]["data_color_theme_id"]
        if wanted is None:
            return None
        try:
            # Asked first: an unknown theme is answered with 500, not with a reason.
            if wanted in [one.get("id") for one in self._client.send(organization.themes())]:
                return wanted
            why: object = f"this project has no color theme {wanted}."
        except DashwidgetsError as error:
            why = error
        self._note(snapshot, "color theme", why)
        return None

    def _invite(self, key: int, snapshot: Snapshot) -> None:
        wanted: list[str] = snapshot["collaborators"] or []
        if not wanted:
            return
        try:
            if self._members is None:
                rows = collect(self._client, organization.members).rows
                self._members = {row["user"]["email"]: row["user"]["uuid"] for row in rows}
            # Adding a collaborator twice is a 400.
            there = self._client.send(collaborators.listing(key))
        except DashwidgetsError as error:
            self._note(snapshot, "collaborators were not invited", error)
            return
        invited = {one["user"]["email"] for one in there}
        for email in (one for one in wanted if one not in invited):
            if email not in self._members:
                self._note(snapshot, f"{email} was not invited", "no member of this organization.")
                continue
            try:
                self._client.send(collaborators.add(key, self._members[email]))
            except ApiError as error:
                self._note(snapshot, f"{email} was not invited", error)

    def _share(self, key: int, snapshot: Snapshot, *, share: bool) -> None:
        link = snapshot["sharing"]
        if not link or not (link["enabled"] or link["settings"] or link["password_required"]):
            return
        if link["enabled"] and not share:
            self._note(snapshot, "public link", "not opened again; share=True opens a new one.")
        try:
            change = sharing.change(
                key,
                # Off unless asked for: restoring a backup must not publish anything by itself.
                enabled=link["enabled"] and share,
                settings=link["settings"],
                password_required=link["password_required"],
            )
            self._client.send(change)
        except DashwidgetsError as error:
            self._note(snapshot, "public link", error)
            return
        if link["enabled"] and share:
            self._note(snapshot, "public link", "opened again under a new token.")
            if link["password_required"]:
                self._note(snapshot, "public link", "passwords are not in backups: add new ones.")
