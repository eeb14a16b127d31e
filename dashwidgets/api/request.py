"""A request is a value: what to send, and how to read the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Literal, TypeVar, cast

import msgspec

from dashwidgets.api.errors import UnexpectedAnswer

T = TypeVar("T")


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Literal[Unset.UNSET] = Unset.UNSET
"""Marks an argument that was not given, where None means "set it to null"."""


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding JSON can raise: not JSON, not UTF-8, or nested too deeply."""


def read_as(shape: type[T], body: bytes | msgspec.Raw, what: str) -> T:
    """Decode JSON of a type; ``what`` names the expected answer in the error."""
    try:
        return msgspec.json.decode(body, type=shape)
    except UNREADABLE as error:
        raise UnexpectedAnswer(
            f"The server's answer is not {what}: check that the host is PostHog's."
        ) from error


def read_object(body: bytes | msgspec.Raw) -> dict[str, Any]:
    """Read one JSON object; unknown fields are kept."""
    answer = read_as(object, body, "JSON")
    if not isinstance(answer, dict):
        raise UnexpectedAnswer(
            "The server answered with JSON of another shape: check that the host is PostHog's."
        )
    return answer  # pyright: ignore[reportUnknownVariableType]


NOT_THIS_API = (
    "The server's answer lacks fields that this API always has: check that the host is PostHog's."
)


def read_dashboard(body: bytes) -> dict[str, Any]:
    """Read a dashboard's detail form; it and its tiles have ids, whatever else is missing."""
    found = read_object(body)
    tiles: Any = found.get("tiles") or []
    # Any web page that speaks JSON would pass for an empty dashboard otherwise.
    if not (_has_id(found) and isinstance(tiles, list) and all(map(_has_id, cast("Any", tiles)))):
        raise UnexpectedAnswer(NOT_THIS_API)
    return found


def reads_object(*fields: str) -> Callable[[bytes], dict[str, Any]]:
    """A reader of one JSON object that has one of some fields: servers differ in the others."""

    def read(body: bytes) -> dict[str, Any]:
        found = read_object(body)
        if found.keys().isdisjoint(fields):
            raise UnexpectedAnswer(NOT_THIS_API)
        return found

    return read


def read_tile(body: bytes) -> dict[str, Any]:
    """Read one tile, which has an id."""
    found = read_object(body)
    if not _has_id(found):
        raise UnexpectedAnswer(NOT_THIS_API)
    return found


def _has_id(thing: Any) -> bool:
    return isinstance(thing, dict) and isinstance(thing.get("id"), int)  # pyright: ignore[reportUnknownMemberType]


def read_list(body: bytes) -> list[dict[str, Any]]:
    """Read a plain JSON array of objects."""
    return read_as(list[dict[str, Any]], body, "a list")


def read_nothing(body: bytes) -> None:
    """Read an answer without a body; whoever sends one is not this API, and has done nothing."""
    if body:
        raise UnexpectedAnswer(NOT_THIS_API)


@dataclass(frozen=True)
class Request(Generic[T]):
    """One call of the API.

    Attributes
    ----------
    method, path, params, json
        What is sent. A path is relative to the project, or absolute from ``/api/``.
    reads : callable
        Turns the bytes of the answer into its value.
    scope : str
        The scope a personal API key needs (contract 1.1).
    what : str
        What is being done, as the start of an error's sentence.
    once : bool
        True for a PATCH that must not be sent twice.
    reads_only : bool
        True for a POST that changes nothing.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    reads: Callable[[bytes], T]
    scope: str
    what: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    json: Any = None
    accept: str = "application/json"
    timeout: float | None = None
    once: bool = False
    reads_only: bool = False


def given(**values: Any) -> dict[str, Any]:
    """The given arguments: everything but `UNSET`."""
    return {name: value for name, value in values.items() if value is not UNSET}
