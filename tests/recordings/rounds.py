"""Recordings made by hand, without a server."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.stream.events import Complete, Metadata, TileFailed, TileRendered
from dashwidgets.recordings.record import record_board
from dashwidgets.recordings.recording import Recording
from dashwidgets.widgets.watch.feed import Options, Source
from tests.widgets.scripted import BOARD, Script, one_tile

Series = dict[str, Any]


def series(name: str, values: dict[str, float | None], breakdown: str | None = None) -> Series:
    return {
        "label": name,
        "breakdown_value": breakdown,
        "days": list(values),
        "data": list(values.values()),
    }


def trend(key: int, name: str, result: Any, **insight: Any) -> TileRendered:
    """A tile with a line chart; ``result`` is its list of series."""
    event = insight.pop("event", "signed_up")
    source = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": event}]}
    known = {"id": key + 100, "short_id": f"abc{key}", "name": name, "query": {"source": source}}
    body = {
        "id": key,
        "order": key - 1,
        "insight": {**known, "result": result, **insight},
        "layouts": {"sm": {"x": 0, "y": key, "w": 6, "h": 5}},
    }
    return one_tile(body)


def recorded(*tiles: Any, complete: bool = True, name: str = "Board") -> Recording:
    """A round of these tiles."""
    acts = [Metadata({"id": 7, "name": name}), *tiles, *([Complete()] if complete else [])]
    source: Any = Source({**BOARD, "name": name}, list, lambda *_: Script(*acts))  # pyright: ignore
    return record_board(source, Options())


WEEK = {f"2026-11-{day:02}": float(day) for day in range(1, 8)}

__all__ = ["WEEK", "TileFailed", "recorded", "series", "trend"]
