"""An edit as values: the editable fields, and the requests that save them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

from dashwidgets.api.endpoints import collaborators, dashboards, sharing
from dashwidgets.api.errors import ApiError, ConfigurationError
from dashwidgets.api.request import Request
from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.widgets.shared.state.edit import EditFields

FIELDS = tuple(get_type_hints(EditFields))
PEOPLE = "collaborators"
LINK = ("sharing_enabled", "password_required", "sharing_settings")
DATES = ("date_from", "date_to")
BOARD = tuple(field for field in FIELDS if field != PEOPLE and field not in LINK)

Step = tuple[tuple[str, ...], Request[Any]]
"""Fields, and the request that saves them."""


def board_fields(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Editable fields of a detail form."""
    filters = inner(detail, "filters")
    return {
        "name": detail.get("name") or "",
        "description": detail.get("description") or "",
        "pinned": bool(detail.get("pinned")),
        "tags": sorted(inner_list(detail, "tags")),
        "restriction_level": detail.get("restriction_level") or dashboards.ANYONE,
        "data_color_theme_id": detail.get("data_color_theme_id"),
        "breakdown_colors": inner_list(detail, "breakdown_colors"),
        "date_from": filters.get("date_from"),
        "date_to": filters.get("date_to"),
    }


def people_fields(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Uuids of the collaborators."""
    return {PEOPLE: sorted(user["uuid"] for user in users_of(rows))}


def users_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Who is meant by collaborators or members; an account that is gone is nobody."""
    return (user for row in rows if (user := inner(row, "user")).get("uuid"))


def link_fields(link: Mapping[str, Any]) -> dict[str, Any]:
    """Editable fields of a sharing configuration."""
    return {
        "sharing_enabled": bool(link.get("enabled")),
        "password_required": bool(link.get("password_required")),
        "sharing_settings": dict(inner(link, "settings")),
    }


def is_same(field: str, a: Any, b: Any) -> bool:
    """Whether two values of a field mean the same; tags and people have no order."""
    if field in ("tags", PEOPLE):
        return sorted(a or []) == sorted(b or [])
    return a == b


def differing(changes: Mapping[str, Any], saved: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that differ from what is saved."""
    return {
        field: value for field, value in changes.items() if not is_same(field, value, saved[field])
    }


def overtaken(
    changes: Mapping[str, Any], saved: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Any]:
    """Edited fields that somebody else changed too, and differently: field to their value."""
    return {
        field: now[field]
        for field, mine in changes.items()
        if field in now
        and not is_same(field, now[field], saved[field])
        and not is_same(field, now[field], mine)
    }


def steps(
    dashboard: int, changes: Mapping[str, Any], saved: Mapping[str, Any], filters: Mapping[str, Any]
) -> list[Step]:
    """Requests that save the changes: one PATCH for the board, one for the link, one a person.

    A board is restricted before people are invited, and opened after they were removed: the
    server refuses both in the opposite order.
    """
    board = _board_step(dashboard, changes, filters)
    people = _people_steps(dashboard, changes, saved)
    opens = changes.get("restriction_level") == dashboards.ANYONE
    link = _link_step(dashboard, changes)
    return [*people, *board, *link] if opens else [*board, *people, *link]


def invalid(
    dashboard: int, changes: Mapping[str, Any], saved: Mapping[str, Any], filters: Mapping[str, Any]
) -> dict[str, str]:
    """Fields that can't be sent, with the reason."""
    why: dict[str, str] = {}
    for field, value in changes.items():
        try:
            # Building a request checks its values, so this sends nothing.
            steps(dashboard, {field: value}, saved, filters)
        except ConfigurationError as error:
            why[field] = str(error)
    return why


def refused_fields(fields: tuple[str, ...], error: ApiError) -> tuple[str, ...]:
    """The field that a server's error is about."""
    # Nested fields are joined with two underscores (contract 3.1).
    named = (error.attr or "").split("__")[0]
    about = {"filters": DATES, "settings": LINK[2:], "enabled": LINK[:1]}.get(named, (named,))
    # An unknown attribute blames every field that was sent, rather than none.
    return tuple(field for field in fields if field in about) or fields


def _board_step(
    dashboard: int, changes: Mapping[str, Any], filters: Mapping[str, Any]
) -> list[Step]:
    fields = tuple(field for field in BOARD if field in changes)
    values = {field: changes[field] for field in fields if field not in DATES}
    dates = {field: changes[field] for field in fields if field in DATES}
    if dates:
        values["filters"] = {**filters, **dates}  # the server replaces filters as a whole
    return [(fields, dashboards.update(dashboard, **values))] if fields else []


def _people_steps(
    dashboard: int, changes: Mapping[str, Any], saved: Mapping[str, Any]
) -> list[Step]:
    if PEOPLE not in changes:
        return []
    before, after = set(saved[PEOPLE]), set(changes[PEOPLE])
    return [
        # One request a person: the server has no call for several (contract 8.4).
        *(((PEOPLE,), collaborators.remove(dashboard, one)) for one in sorted(before - after)),
        *(((PEOPLE,), collaborators.add(dashboard, one)) for one in sorted(after - before)),
    ]


def _link_step(dashboard: int, changes: Mapping[str, Any]) -> list[Step]:
    names = {"sharing_enabled": "enabled", "sharing_settings": "settings"}
    fields = tuple(field for field in LINK if field in changes)
    values = {names.get(field, field): changes[field] for field in fields}
    return [(fields, sharing.change(dashboard, **values))] if fields else []
