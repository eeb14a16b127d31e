"""Stream a dashboard's tiles, each as its query finishes (contract 8.14)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from starlette.responses import StreamingResponse

from dashwidgets.embedded.resources import serializers as forms
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.tiles.read import TileForms, as_error_tile, error_text, in_order
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.storage import Row

log: logging.Logger = logging.getLogger("dashwidgets.embedded")

INSIDE_METADATA = 2
AT_ONCE = 2
"""Tiles rendered at the same time; they are sent in their order all the same."""
HEADERS = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


def stream_tiles(call: Call) -> StreamingResponse:
    """8.14: what can be refused is refused before the first byte."""
    row = dashboards.visible(call, call.number("id"))
    reading = dashboards.read_parameters(call)
    size = call.query.get("layoutSize") or call.query.get("layout_size")
    rows = in_order(call.context.storage, row["id"], "xs" if size == "xs" else "sm")
    # After everything that can be refused: a refused stream does not count as opening.
    row = dashboards.opened(call.context, row)
    metadata = forms.dashboard_detail(
        call.context.storage,
        row,
        call.actor,
        [],
        filters_override=reading.filters,
        variables_override=reading.variables,
    )
    tiles = TileForms(call.context, call.actor, row, reading, rows)
    answer = StreamingResponse(_events(metadata, rows, tiles), headers=HEADERS)
    answer.headers["content-type"] = "text/event-stream"  # no charset, as PostHog sends it
    return answer


def _events(metadata: dict[str, Any], rows: list[Row], tiles: TileForms) -> Iterator[bytes]:
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="tile")
    try:
        early, late = enumerate(rows[:INSIDE_METADATA]), enumerate(rows[INSIDE_METADATA:], 2)
        first = [pool.submit(_first, row, order, tiles) for order, row in early]
        rest = [pool.submit(_later, row, order, tiles) for order, row in late]
        # The metadata has the first two tiles inside, so nothing is sent before they are computed
        # (8.14).
        inside = [future.result() for future in first]
        yield _event({"type": "metadata", "dashboard": metadata | {"tiles": inside}})
        # In their order: a slow tile holds back those behind it, as on PostHog.
        for future in rest:
            yield _event(future.result())
        yield _event({"type": "complete"})
    except Exception as error:
        log.exception("a stream failed")
        # Without `complete`: a client must see that it ended early.
        yield _event({"type": "error", "error": str(error)})
    finally:
        # A client that went away needs no more tiles.
        pool.shutdown(wait=False, cancel_futures=True)


def _first(row: Row, order: int, tiles: TileForms) -> dict[str, Any]:
    try:
        return tiles.one(row, order)
    except Exception as error:
        return as_error_tile(row, error)


def _later(row: Row, order: int, tiles: TileForms) -> dict[str, Any]:
    try:
        return {"type": "tile", "order": order, "tile": tiles.one(row, order)}
    except Exception as error:
        return {"type": "error", "tile_id": row["id"], "error": error_text(error)}


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + msgspec.json.encode(data) + b"\n\n"
