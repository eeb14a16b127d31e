"""What an editor reads: the dashboard, its collaborators, its link, and the choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import collaborators, dashboards, organization, sharing, users
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.paging import collect
from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.frames.dashboards import full_name
from dashwidgets.plans.conflicts.permissions import (
    ADMIN,
    MAY_NOT_EDIT,
    MAY_NOT_RESTRICT,
    may_edit,
    may_restrict,
)
from dashwidgets.widgets.edit.draft import (
    BOARD,
    LINK,
    PEOPLE,
    board_fields,
    link_fields,
    people_fields,
    users_of,
)
from dashwidgets.widgets.shared.state.edit import ColorTheme, EditChoices, Person, SharePassword

T = TypeVar("T")


@dataclass(frozen=True)
class ServerState:
    """A dashboard as the server has it; ``failed`` says why a part could not be read."""

    detail: dict[str, Any]
    people: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    link: dict[str, Any] = field(default_factory=dict[str, Any])
    failed: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def fields(self) -> dict[str, Any]:
        """Every editable field."""
        return board_fields(self.detail) | people_fields(self.people) | link_fields(self.link)


def read_server_state(
    client: Client, dashboard: int, touched: Sequence[str] | None = None
) -> ServerState:
    """Read a board, and of its people and link what is touched. One to three requests."""
    failed: dict[str, str] = {}

    def part(names: Sequence[str], read: Any, otherwise: T) -> T:
        if touched is not None and not set(names) & set(touched):
            return otherwise
        try:
            return client.send(read)
        except DashwidgetsError as error:
            failed.update(dict.fromkeys(names, str(error)))
            return otherwise

    nobody: list[dict[str, Any]] = []
    unshared: dict[str, Any] = {}
    # At the same time: three round trips would be felt before the form appears.
    with ThreadPoolExecutor(2) as pool:
        people = pool.submit(part, (PEOPLE,), collaborators.listing(dashboard), nobody)
        link = pool.submit(part, LINK, sharing.read(dashboard), unshared)
        detail = client.send(dashboards.read(dashboard))
        return ServerState(detail, people.result(), link.result(), failed)


def read_choices(client: Client, now: ServerState) -> tuple[EditChoices, dict[str, str]]:
    """What the fields can be set to, and what may not be changed: field to why.

    Four requests. A field whose choices the key may not read has none, and says so.
    """
    denied = dict(now.failed)

    def part(names: Sequence[str], read: Any, otherwise: T) -> T:
        try:
            return read()
        except DashwidgetsError as error:
            denied.update(dict.fromkeys(names, str(error)))
            return otherwise

    none: list[dict[str, Any]] = []
    with ThreadPoolExecutor(4) as pool:
        members = pool.submit(
            part, (PEOPLE,), lambda: collect(client, organization.members).rows, none
        )
        themes = pool.submit(
            part, ("data_color_theme_id",), lambda: client.send(organization.themes()), none
        )
        # Tags are only suggestions, and the server decides about rights: no field depends on these.
        boards = pool.submit(part, (), lambda: collect(client, dashboards.page).rows, none)
        me = pool.submit(part, (), lambda: client.send(users.me()), dict[str, Any]())
    # What could not be read outweighs what is only not allowed: it is the better explanation.
    denied = _denied(now, me.result()) | denied
    if not may_edit(now.detail):
        denied |= dict.fromkeys((*BOARD, PEOPLE, *LINK), MAY_NOT_EDIT)
    choices: EditChoices = {
        "tags": sorted({tag for row in boards.result() for tag in inner_list(row, "tags")}),
        "themes": [_theme(row) for row in themes.result()],
        "people": _people(members.result(), now),
    }
    return choices, denied


def passwords_of(link: Mapping[str, Any]) -> list[SharePassword]:
    """Passwords of a link as a view lists them."""
    return [
        {
            "id": row["id"],
            "note": row.get("note") or "",
            "created_at": row.get("created_at"),
            "created_by": row.get("created_by_email") or "",
        }
        for row in inner_list(link, "share_passwords")
    ]


def _denied(now: ServerState, me: Mapping[str, Any]) -> dict[str, str]:
    if may_restrict(now.detail, me):
        return {}
    return {"restriction_level": MAY_NOT_RESTRICT}


def _theme(row: Mapping[str, Any]) -> ColorTheme:
    return {"id": row["id"], "name": row.get("name") or "", "colors": dict(inner(row, "colors"))}


def _people(members: Sequence[Mapping[str, Any]], now: ServerState) -> list[Person]:
    """Members and collaborators, each once; the server refuses to add the owner and admins."""
    owner = inner(now.detail, "created_by").get("uuid")
    levels = {inner(row, "user").get("uuid"): row.get("level") or 1 for row in members}
    users = {user["uuid"]: user for user in users_of((*now.people, *members))}
    people: list[Person] = [
        {
            "uuid": key,
            "name": full_name(user) or "",
            "email": user.get("email") or "",
            "reason": "owner, can always edit"
            if key == owner
            else "admin, can always edit"
            if levels.get(key, 1) >= ADMIN
            else "",
        }
        for key, user in users.items()
    ]
    return sorted(people, key=lambda one: (one["name"].casefold(), one["uuid"]))
