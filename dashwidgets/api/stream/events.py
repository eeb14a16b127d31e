"""The events of a stream of tiles, typed (contract 8.14)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.api.request import UNREADABLE, read_object

NULL = msgspec.Raw(b"null")
_DETAIL = re.compile(r"ErrorDetail\(string=(['\"])(.*?)\1, code=", re.DOTALL)


@dataclass(frozen=True)
class Metadata:
    """The board itself, always first.

    Attributes
    ----------
    dashboard : dict
        The detail form (7.3) without its tiles.
    size : int
        Bytes of the server's event.
    """

    dashboard: dict[str, Any] = field(repr=False)
    size: int = 0


class TileRendered(msgspec.Struct, frozen=True, gc=False):
    """A tile with its result. A struct, because a data class takes ten times as long to make.

    Attributes
    ----------
    tile_id : int
    order : int or None
        Rank on the board, 0-based.
    raw : bytes-like
        The tile's JSON as sent (7.4), or the event's around it; read only when `tile` is asked for.
    result_json : bytes-like
        The JSON of its insight's result as sent, ``null`` without one.
    took : float or None
        Seconds its own request took; None when it was streamed among others.
    """

    tile_id: int
    order: int | None
    raw: bytes | msgspec.Raw
    result_json: msgspec.Raw
    enclosed: bool = False
    took: float | None = None

    @property
    def tile(self) -> dict[str, Any]:
        """The tile as a dict."""
        found = read_object(self.raw)
        return found["tile"] if self.enclosed else found

    @property
    def result(self) -> Any:
        """The result of its insight, as JSON has it; None without one. Decodes nothing else."""
        return _JSON.decode(self.result_json)

    @property
    def json(self) -> msgspec.Raw:
        """The tile's own JSON, as it was sent."""
        if self.enclosed:
            return _AROUND.decode(self.raw).tile
        return self.raw if isinstance(self.raw, msgspec.Raw) else msgspec.Raw(self.raw)

    @property
    def size(self) -> int:
        """Bytes received for it."""
        return len(self.raw)

    def __repr__(self) -> str:
        return f"TileRendered(tile_id={self.tile_id}, order={self.order}, {self.size:,} bytes)"


@dataclass(frozen=True)
class TileFailed:
    """A tile the server could not render; the stream goes on.

    Attributes
    ----------
    tile_id : int
    order : int or None
    message : str
        The server's message, unwrapped.
    """

    tile_id: int
    order: int | None
    message: str
    size: int = 0
    took: float | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Complete:
    """Every tile was sent."""


Event = Metadata | TileRendered | TileFailed | Complete


class _Insight(msgspec.Struct, gc=False):
    """An insight of which only the result is wanted, found while the tile is read."""

    result: msgspec.Raw = NULL


class _TileHead(msgspec.Struct, gc=False):
    """The part of a tile that is decoded first."""

    id: int
    order: int | None = None
    insight: _Insight | None = None
    layouts: msgspec.Raw = NULL
    error: Any = None


class _Envelope(msgspec.Struct, gc=False):
    """Any event of the stream; its heavy parts stay undecoded."""

    type: Any = None
    order: int | None = None
    tile: _TileHead | None = None
    tile_id: int | None = None
    error: Any = None
    dashboard: dict[str, msgspec.Raw] | None = None


class _Around(msgspec.Struct):
    """An event of which only the undecoded tile is wanted."""

    tile: msgspec.Raw = NULL


_AROUND = msgspec.json.Decoder(_Around)
_JSON = msgspec.json.Decoder()
_ENVELOPE = msgspec.json.Decoder(_Envelope)
_HEAD = msgspec.json.Decoder(_TileHead)


def rendered(
    raw: bytes | msgspec.Raw, rank: int, enclosed: _TileHead | None = None
) -> TileRendered | TileFailed:
    """Read one tile object; the short form with only ``id`` and ``error`` is a failure (8.14)."""
    head = enclosed or _HEAD.decode(raw)
    order = rank if head.order is None else head.order
    # A tile whose stored query is invalid has an ``error`` too, but everything else as well.
    if head.error is not None and head.insight is None and head.layouts == NULL:
        return TileFailed(head.id, order, sentence(head.error), len(raw))
    result = head.insight.result if head.insight else NULL
    return TileRendered(head.id, order, raw, result, enclosed is not None)


def dashboard_events(fields: dict[str, msgspec.Raw], size: int) -> list[Event]:
    """A detail form as events: the board, then each tile it carries."""
    # Each tile stays undecoded bytes: a board of 300 tiles holds megabytes that nobody may look at.
    sent = fields.get("tiles", b"[]")
    tiles: list[msgspec.Raw] = msgspec.json.decode(sent, type=list[msgspec.Raw] | None) or []
    rest = {name: msgspec.json.decode(value) for name, value in fields.items() if name != "tiles"}
    found: list[Event] = [Metadata(rest, size)]
    found += [rendered(tile, rank) for rank, tile in enumerate(tiles)]
    return found


def sentence(error: Any) -> str:
    """The part of a server's error that is meant for people."""
    text = error.get("message") if isinstance(error, dict) else error  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    text = str(text)  # pyright: ignore[reportUnknownArgumentType]
    wrapped = _DETAIL.search(text)
    return wrapped.group(2) if wrapped else text


def decoded(data: bytes, rank: int) -> list[Event]:
    """Turn one server event into ours; unknown kinds are skipped.

    Raises `UnexpectedAnswer` when it can't be read, or says that the whole stream failed.
    """
    try:
        event = _ENVELOPE.decode(data)
        if event.type == "tile" and event.tile is not None:
            return [rendered(data, rank if event.order is None else event.order, event.tile)]
        if event.type == "metadata" and event.dashboard is not None:
            return dashboard_events(event.dashboard, len(data))
        # An error without a tile is the end of the stream, below.
        if event.type == "error" and event.tile_id is not None:
            return [TileFailed(event.tile_id, rank, sentence(event.error), len(data))]
        if event.type == "complete":
            return [Complete()]
    except UNREADABLE as error:
        raise UnexpectedAnswer("the server sent an event that can't be read") from error
    if event.type == "error":
        raise UnexpectedAnswer(f"the server gave up ({sentence(event.error)})")
    return []
