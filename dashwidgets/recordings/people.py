"""Remove from a tile's JSON who created, changed or viewed it."""

from __future__ import annotations

from typing import Any, cast

import msgspec

_DATA = ("result", "query", "filters", "columns", "types", "boxplot_data", "layouts")
"""Fields that are kept as sent: the query and its result."""
_DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])


def without_people(tile: bytes | msgspec.Raw) -> bytes:
    """A tile's JSON without names and addresses of users.

    Fields that end in ``_by`` go, and every ``email``; results stay, whatever is in them. Numbers
    keep all their digits: results are not decoded.
    """
    fields = _DECODER.decode(tile)
    if bytes(fields.get("insight", b"")).lstrip().startswith(b"{"):
        insight = _DECODER.decode(fields["insight"])
        fields["insight"] = msgspec.Raw(msgspec.json.encode(_kept(insight)))
    return msgspec.json.encode(_kept(fields, "insight"))


def _kept(fields: dict[str, msgspec.Raw], *known: str) -> dict[str, msgspec.Raw]:
    return {
        name: raw if name in (*_DATA, *known) else _cleaned(raw)
        for name, raw in fields.items()
        if not _is_person(name)
    }


def _cleaned(raw: msgspec.Raw) -> msgspec.Raw:
    """The value unchanged, unless it contains objects with a person in them."""
    # No object, no person in it; most fields are plain, and decoding them would be for nothing.
    if b"{" not in bytes(raw):
        return raw
    return msgspec.Raw(msgspec.json.encode(_pruned(msgspec.json.decode(raw))))


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {name: _pruned(held) for name, held in fields.items() if not _is_person(name)}
    if isinstance(value, list):
        return [_pruned(held) for held in cast("list[Any]", value)]
    return value


def _is_person(name: str) -> bool:
    # By the form of the name, so that a field which a newer server adds is caught as well.
    return name.endswith("_by") or "email" in name or name in ("user", "distinct_id")
