"""Check one field of a body as Django REST framework does, with its words (contract 3.1)."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import Any, cast

from dashwidgets.embedded.clock import iso
from dashwidgets.embedded.server.errors import Problem, invalid, required

_MISSING = object()
# Django REST framework's words: a form can send nothing but text.
_TRUE = {"t", "y", "yes", "true", "on", "1"}
_FALSE = {"f", "n", "no", "false", "off", "0", "0.0"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def null(attr: str) -> Problem:
    """400: null where it may not be."""
    return invalid("This field may not be null.", attr, "null")


def text(
    value: Any, attr: str, *, longest: int | None = None, blank: bool = True, trim: bool = True
) -> str:
    """A string; numbers become text, surrounding spaces go."""
    if value is None:
        raise null(attr)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise invalid("Not a valid string.", attr)
    found = str(value).strip() if trim else str(value)
    if "\0" in found:
        raise invalid("Null characters are not allowed.", attr, "null_characters_not_allowed")
    # JSON can spell half a character, `"\ud800"`, which UTF-8 can't store.
    if _LONE_SURROGATE.search(found):
        raise invalid("Not a valid string.", attr)
    if not found.strip() and not blank:
        raise invalid("This field may not be blank.", attr, "blank")
    if longest is not None and len(found) > longest:
        raise invalid(
            f"Ensure this field has no more than {longest} characters.", attr, "max_length"
        )
    return found


def boolean(value: Any, attr: str) -> bool:
    """A boolean, or what a form would send for one."""
    if value is None:
        raise null(attr)
    if isinstance(value, bool):
        return value
    word = str(value).lower() if isinstance(value, str | int | float) else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise invalid("Must be a valid boolean.", attr)


def integer(value: Any, attr: str) -> int:
    """A whole number; text of one counts."""
    if value is None:
        raise null(attr)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Eighteen digits are what fits into 64 bits.
    if not isinstance(value, bool) and re.fullmatch(r"\s*-?\d{1,18}\s*", str(value)):
        return int(str(value))
    raise invalid("A valid integer is required.", attr)


def choice(value: Any, attr: str, allowed: tuple[Any, ...]) -> Any:
    """One of several values; text of one counts."""
    if value is None:
        raise null(attr)
    by_text = {str(option): option for option in allowed}
    if isinstance(value, bool | list | dict) or str(value) not in by_text:
        raise invalid(f'"{value}" is not a valid choice.', attr, "invalid_choice")
    return by_text[str(value)]


def items(value: Any, attr: str, *, fewest: int = 0) -> list[Any]:
    """A list."""
    if value is None:
        raise null(attr)
    if not isinstance(value, list):
        kind = type(cast("object", value)).__name__
        raise invalid(f'Expected a list of items but got type "{kind}".', attr, "not_a_list")
    found = cast("list[Any]", value)
    if len(found) < fewest:
        raise invalid(f"Ensure this field has at least {fewest} elements.", attr, "min_length")
    return found


def mapping(value: Any, attr: str | None = None) -> dict[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        kind = type(cast("object", value)).__name__
        raise invalid(f"Invalid data. Expected a dictionary, but got {kind}.", attr)
    return cast("dict[str, Any]", value)


def unique_id(value: Any, attr: str) -> str:
    """A UUID."""
    if value is None:
        raise null(attr)
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        raise invalid("Must be a valid UUID.", attr) from None


def moment(value: Any, attr: str) -> str | None:
    """A datetime, or null."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise invalid(
            "Datetime has wrong format. Use one of these formats instead: "
            "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
            attr,
        ) from None
    return iso(found if found.tzinfo else found.replace(tzinfo=UTC))


def tags(value: Any, attr: str = "tags") -> list[str]:
    """Tags as they are stored: trimmed, lowercase, each once."""
    found = (text(tag, attr).lower() for tag in items(value, attr))
    return list(dict.fromkeys(tag for tag in found if tag))


def need(body: dict[str, Any], name: str, attr: str | None = None) -> Any:
    """A required field."""
    # A field that is null is there: its own check says what is wrong with it.
    value = body.get(name, _MISSING)
    if value is _MISSING:
        raise required(attr or name)
    return value
