"""The body of a request: JSON or a form, as the content type says (contract 1)."""

from __future__ import annotations

from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from dashwidgets.embedded.server.errors import Problem, standard

JSON = "application/json"
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"

_LISTS = {"tags", "quick_filter_ids", "tile_order", "dashboards", "ids"}
"""Fields that are lists in a form too, even when it gives only one item."""


def parse_body(body: bytes, content_type: str | None, *, forms: bool = True) -> Any:
    """Decode a body; ``forms`` says whether it may be a form."""
    kind = (content_type or JSON).partition(";")[0].strip().lower()
    # Before the content type is judged: clients send one with empty bodies too.
    if not body:
        return {}
    if kind == JSON:
        try:
            return msgspec.json.decode(body)
        # Thousands of opening brackets end the decoder's recursion, and should end in a 400.
        except (msgspec.DecodeError, RecursionError) as error:
            raise _unreadable(f"JSON parse error - {error}") from None
    if kind == FORM and forms:
        return _fields(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if kind == MULTIPART and forms:
        try:
            return _fields(_parts(body, content_type or ""))
        except RecursionError:
            raise _unreadable("Multipart form parse error - nested too deeply.") from None
    detail = f'Unsupported media type "{content_type}" in request.'
    raise standard(415, "invalid_request", "unsupported_media_type", detail)


def _fields(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """A form as an object: a name that comes again is a list."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return {
        name: values if len(values) > 1 or name in _LISTS else values[0]
        for name, values in given.items()
    }


def _parts(body: bytes, content_type: str) -> list[tuple[str, str]]:
    """The fields of a multipart form; files are read as text, no action takes one."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = message_from_bytes(head + body)
    if not message.is_multipart():
        raise _unreadable("Multipart form parse error - Invalid boundary in multipart.")
    pairs: list[tuple[str, str]] = []
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes):
            pairs.append((name, value.decode("utf-8", "replace")))
    return pairs


def _unreadable(detail: str) -> Problem:
    return standard(400, "invalid_request", "parse_error", detail)
