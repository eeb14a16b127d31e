"""Check values before they are sent, and turn NumPy's into Python's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.secret import Secret

_KINDS = tuple("biufU")
"""NumPy's booleans, numbers and strings."""


def checked_id(value: object, what: str = "dashboard id") -> int:
    """An id that can exist: a positive whole number, NumPy's too, never a bool or a float."""
    plain = scalar(value)
    # ``True`` is an int in Python, and would become dashboard 1.
    if isinstance(plain, bool) or not isinstance(plain, int) or plain <= 0:
        article = "an" if what[:1] in "aeiou" else "a"
        raise ConfigurationError(
            f"{value!r} is not {article} {what}: give a positive whole number."
        )
    return plain


def checked_text(field: str, value: object) -> str:
    """A string that is not a secret."""
    if isinstance(value, Secret):
        raise ConfigurationError(f"{field} is a secret: PostHog would store its mask.")
    if not isinstance(value, str):
        raise ConfigurationError(f"{field} must be a string, not {value!r}.")
    return value


def checked_tags(tags: object) -> list[str]:
    """Tags as a list of non-empty strings; passing a single string is a common mistake."""
    if isinstance(tags, str | Mapping) or not isinstance(tags, Iterable):
        raise ConfigurationError(
            f'tags must be a list of strings, such as ["growth"], not {tags!r}.'
        )
    found = list(cast("Iterable[object]", tags))
    for tag in found:
        if isinstance(tag, Secret):
            raise ConfigurationError("A tag is a secret: PostHog would store its mask.")
        if not isinstance(tag, str) or not tag.strip():
            raise ConfigurationError(f"{tag!r} is not a tag: a tag is a non-empty string.")
    return [str(tag) for tag in found]


def checked_json(what: str, value: object) -> dict[str, Any]:
    """A mapping that JSON can carry: NaN and foreign objects are refused here, not on the way."""
    if not isinstance(value, Mapping):
        raise ConfigurationError(f"{what} must be a dict, not {type(value).__name__}.")
    try:
        plain = _plain(cast("Mapping[object, object]", value))
        msgspec.json.encode(plain)
    except RecursionError:
        raise ConfigurationError(f"{what} can't be sent as JSON: nested too deeply.") from None
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{what} can't be sent as JSON: {error}.") from error
    return plain


def scalar(value: object) -> Any:
    """A frame's number, boolean or text as a Python value; anything else unchanged."""
    one: Any = value
    # item() would turn NumPy's datetimes into integers.
    known = getattr(getattr(one, "dtype", None), "kind", "") in _KINDS
    return one.item() if known and getattr(one, "shape", None) == () else one


def _plain(value: object) -> Any:
    """The value made of Python's own types; raises for what JSON can't express."""
    value = scalar(value)
    if isinstance(value, Secret):
        raise TypeError("it holds a secret, of which PostHog would store the mask")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        # A subclass (an enum's member, NumPy's str_) is not a type that the encoder knows.
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("NaN and infinity are not JSON")
        return float(value)
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value).items()
        return {_key(key): _plain(inner) for key, inner in entries}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in cast("Sequence[object]", value)]
    raise TypeError(f"{type(value).__name__} is not JSON")


def _key(key: object) -> str:
    plain = _plain(key)
    if isinstance(plain, bool) or not isinstance(plain, str | int):
        raise TypeError(f"a key must be a string, not {type(key).__name__}")
    # JSON has only string keys; True would become "True", which nobody means.
    return str(plain)
