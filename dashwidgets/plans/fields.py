"""The fields that can be changed in bulk, the values each allows, and what can't be undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from dashwidgets.api.endpoints.dashboards import ANYONE, COLLABORATORS, LONGEST_NAME
from dashwidgets.api.endpoints.tiles import LONGEST_COLOR, LONGEST_TEXT
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.frames.columns import inner

BOARD = ("name", "description", "pinned", "tags", "restriction_level")
PUBLIC, LINK, DELETED = "public", "link", "deleted"
PERSON = "collaborator "
"""Prefix of the field of an invitation; the email follows."""
BOX = ("x", "y", "w", "h")
COLOR, TEXT, PLACE = "color", "text", "dashboard_id"
TILE = (*BOX, COLOR, TEXT, PLACE)

_QUERY = re.compile(r"insight (\d+) query")
_PLACE = re.compile(r"insight \d+ query at ")

_LEVELS: tuple[int, ...] = (ANYONE, COLLABORATORS)
A_NEW_LINK = "a new link"
COLUMNS_OF_GRID = 12
MOST_ROWS = 10_000

_UNSENDABLE = re.compile("[\0\ud800-\udfff]")

NO_UNDO = {LINK: "can't be undone: the old link stops working after five minutes"}


def person_of(field: str) -> str | None:
    """The email an invitation is about."""
    return field[len(PERSON) :] if field.startswith(PERSON) else None


def insight_of(field: str) -> int | None:
    """The insight whose query a field is."""
    found = _QUERY.fullmatch(field)
    return int(found[1]) if found else None


def is_refused_place(field: str) -> bool:
    """Whether it is one place of a query that can't be renamed: it is shown, and never sent."""
    return _PLACE.match(field) is not None


def as_kept(field: str, value: Any) -> Any:
    """A value as the server will store it (8.2): texts trimmed, tags lowercase and unique.

    Raises `ConfigurationError` for a value of the wrong type: that is a mistake of the caller,
    not a refusal of one row.
    """
    if field == "tags":
        if isinstance(value, str) or not isinstance(value, list | tuple | set | frozenset):
            raise ConfigurationError(
                f'tags must be a list of strings, such as ["growth"], not {value!r}.'
            )
        # A set has no order of its own, and a plan must read the same twice.
        words: list[Any] = sorted(value) if isinstance(value, set | frozenset) else list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        if wrong := [word for word in words if not isinstance(word, str)]:
            raise ConfigurationError(f"{wrong[0]!r} is not a tag: a tag is a non-empty string.")
        # As the server normalizes them: otherwise reading back would find another value and cry
        # wolf.
        return list(dict.fromkeys(word.strip().lower() for word in words))
    if field in ("pinned", PUBLIC, DELETED) or person_of(field):
        if not isinstance(value, bool):
            raise ConfigurationError(f"{field} must be True or False, not {value!r}.")
        return value
    if field in ("restriction_level", PLACE, *BOX):
        # pandas turns a column of whole numbers into floats as soon as one is missing.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ConfigurationError(f"{field} must be a whole number, not {value!r}.")
        return value
    if field == COLOR and value is None:
        return None
    if insight_of(field) is not None:
        if not isinstance(value, dict):
            raise ConfigurationError(f"{field} must be a JSON object, not {value!r}.")
        return cast("Any", value)
    if not isinstance(value, str):
        raise ConfigurationError(f"{field} must be a string, not {value!r}.")
    return value if field == TEXT else value.strip()


def refusal(field: str, value: Any) -> str:
    """Why the server would refuse a value; empty if it would not."""
    if field == "tags" and not all(value):
        return "a tag must not be empty"
    if field == "name" and len(value) > LONGEST_NAME:
        return f"it has {len(value)} characters: PostHog allows {LONGEST_NAME}"
    if field == TEXT and not value.strip():
        return "a text tile needs a non-empty text"
    if field == TEXT and len(value) > LONGEST_TEXT:
        return f"it has {len(value)} characters: PostHog allows {LONGEST_TEXT}"
    if field == COLOR and value is not None and len(value) > LONGEST_COLOR:
        return f"it has {len(value)} characters: PostHog allows {LONGEST_COLOR}"
    if field in BOX and not _fits(field, value):
        return f"the grid has {COLUMNS_OF_GRID} columns, and boxes of at least 1 by 1"
    if isinstance(value, str) and _UNSENDABLE.search(value):
        return "it contains a character that can't be sent"
    if field == "restriction_level" and value not in _LEVELS:
        return f"it must be {ANYONE} (everyone can edit) or {COLLABORATORS} (collaborators only)"
    return ""


def _fits(side: str, value: Any) -> bool:
    # The server checks none of this: boxes off the grid are stored as sent (contract 10.1).
    most = {"x": COLUMNS_OF_GRID - 1, "w": COLUMNS_OF_GRID, "y": MOST_ROWS, "h": MOST_ROWS}
    return (0 if side in "xy" else 1) <= value <= most[side]


def same(field: str, a: Any, b: Any) -> bool:
    """Whether two values of a field are equal: tags have no order, None equals an empty text."""
    if field == "tags":
        return sorted(a or [], key=str) == sorted(b or [], key=str)
    if field in ("name", "description", COLOR):
        return (a or "") == (b or "")
    if insight_of(field) is not None:
        return bool(_essence(a) == _essence(b))
    return bool(a == b)


def _essence(value: Any) -> Any:
    """A query without what a server adds when it keeps one: nulls, and versions of its schema."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value).items()
        return {k: _essence(v) for k, v in fields if v is not None and k != "version"}
    return [_essence(one) for one in cast("list[Any]", value)] if isinstance(value, list) else value


def board_value(row: Mapping[str, Any], field: str) -> Any:
    """A field of a dashboard's row or detail form."""
    if field == PUBLIC:
        return bool(row.get("is_shared"))
    if field == "tags":
        return list(row.get("tags") or [])
    if field == "pinned":
        return bool(row.get("pinned"))
    if field == "restriction_level":
        return row.get(field) or ANYONE
    return row.get(field)


def tile_value(tile: Mapping[str, Any], field: str) -> Any:
    """A field of a tile, but for the dashboard it is on."""
    if field in BOX:
        return inner(inner(tile, "layouts"), "sm").get(field)
    return inner(tile, "text").get("body") if field == TEXT else tile.get(field)
