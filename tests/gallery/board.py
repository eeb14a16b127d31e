"""The queries' results as tiles of a board, as the watch widget gets them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine, open_events
from dashwidgets.embedded.sample import events_path
from dashwidgets.embedded.server.serve import default_cache
from tests.gallery.queries import HALF, KINDS, SMALL

Tile = dict[str, Any]

HEIGHT = 5
HOSTILE = "<img src=x onerror=alert(1)>"


@cache
def tiles() -> list[Tile]:
    """One state (contract 7.4 within) a kind, laid out from left to right."""
    engine = Engine(open_events(events_path(default_cache()), now))
    made = [(name, width, insight(engine, name, query)) for name, (width, query) in KINDS.items()]
    made.append(("Of a kind to come", SMALL, of_a_new_kind()))
    made.append(("Names are only text", HALF, hostile()))
    made.append(("Days as weeks", HALF, calendar()))
    states: list[Tile] = []
    x, y = 0, 0
    for name, width, content in made:
        if x + width > 12:
            x, y = 0, y + HEIGHT
        states.append(state(len(states) + 1, name, content, (x, y, width)))
        x += width
    return states


def state(key: int, name: str, insight: Tile, place: tuple[int, int, int]) -> Tile:
    """A tile that arrived."""
    x, y, width = place
    box = {"x": x, "y": y, "w": width, "h": HEIGHT}
    tile = {"id": key, "insight": insight | {"name": name}, "layouts": {"sm": box}}
    return {
        "id": key,
        "order": key,
        "elapsed": key / 10,
        "took": 0.1,
        "size": 1,
        "cached": False,
        "round": 1,
        "tile": tile,
        "error": None,
        "truncated": False,
    }


def insight(engine: Engine, name: str, query: Tile) -> Tile:
    """An insight as the server would send it."""
    outcome = engine.run(query)
    return {
        "name": name,
        "query": query,
        "result": outcome.result,
        "columns": outcome.columns,
        "types": outcome.types,
        "hasMore": outcome.has_more,
        "timezone": outcome.timezone,
        "last_refresh": now().isoformat(),
    }


def of_a_new_kind() -> Tile:
    """What no version of the widget knows."""
    source = {"kind": "NebulaQuery"}
    return {"query": {"kind": "InsightVizNode", "source": source}, "result": [{}, {}]}


def calendar() -> Tile:
    """A daily series drawn as weeks, should a server send one; two days are missing."""
    first = date(2026, 1, 7)
    days = [str(first + timedelta(at)) for at in range(150)]
    data = [None if at in (40, 41) else 100 + at * (7 - (at + 2) % 7) for at in range(150)]
    series = {"label": "$pageview", "days": days, "data": data}
    source = {"kind": "TrendsQuery", "trendsFilter": {"display": "CalendarHeatmap"}}
    return {"query": {"kind": "InsightVizNode", "source": source}, "result": [series]}


def hostile() -> Tile:
    """Names that would be markup if anyone took them for that; one value is missing."""
    days = [f"2026-06-{day:02}" for day in range(10, 17)]
    named = {HOSTILE: [1, 4, None, 6, 2, 9, 3], "</svg>": [4, 3, 2, None, 5, None, 1]}
    result = [
        {"label": name, "breakdown_value": name, "days": days, "data": data}
        for name, data in named.items()
    ]
    source = {"kind": "TrendsQuery", "trendsFilter": {"display": "ActionsLineGraph"}}
    return {"query": {"kind": "InsightVizNode", "source": source}, "result": result}
