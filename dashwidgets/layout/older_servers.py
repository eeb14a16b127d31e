"""Tile actions on servers that have no endpoint for them yet (contract 14, V1).

Such a server answers 404. So does a newer one when a dashboard or a tile is not there, therefore
the board is read first; what is not on it is refused as before. Reading counts as opening.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, insights
from dashwidgets.api.endpoints import tiles as api
from dashwidgets.api.errors import NotFound, UnexpectedAnswer
from dashwidgets.api.request import UNSET, Request, Unset
from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.layout.arrangements import in_columns, packed
from dashwidgets.layout.grid import COLUMNS, Box

Detail = Mapping[str, Any]

WIDE, TALL = 6, 5
"""The size `reorder_tiles` gives a tile that has none (10.3)."""


def reorder(
    client: Client, board: int, order: Sequence[int], layout: api.Arrangement = "preserve"
) -> dict[str, Any]:
    """Pack tiles in reading order; returns the detail form. One request, three on an old server."""

    request = api.reorder(board, order, layout)
    order = [int(key) for key in order]

    def instead(detail: Detail) -> dict[str, Any]:
        on_board = _by_id(detail)
        sizes = {key: _size(on_board[key]) for key in order}
        columns = {"two_column": 2, "full_width": 1}.get(layout)
        boxes = in_columns(order, columns) if columns else packed(sizes, order)
        patches = [{"id": key, "layouts": {"sm": box}} for key, box in boxes.items()]
        return client.send(dashboards.update(board, tiles=patches))

    return _send(client, request, board, order, instead)


def add_text(
    client: Client, board: int, body: str, layouts: Mapping[str, Any] | Unset = UNSET
) -> int:
    """Add a text tile and return its id. One request, three on an old server."""

    def instead(detail: Detail) -> dict[str, Any]:
        patch = {"text": {"body": body}, "layouts": {} if layouts is UNSET else layouts}
        after = _by_id(client.send(dashboards.update(board, tiles=[patch])))
        # PATCH answers with the whole dashboard, so the new tile is the one that was not there
        # before.
        for key in after.keys() - _by_id(detail).keys():
            if inner(after[key], "text").get("body") == body:
                return {"id": key}
        raise UnexpectedAnswer(f"The server did not add the text to dashboard {board}.")

    made = _send(client, api.create_text(board, body, layouts=layouts), board, (), instead)
    return int(made["id"])


def remove(client: Client, board: int, tile: int) -> None:
    """Remove a tile. One request, three on an old server; the gap then closes when it is drawn."""

    def instead(_detail: Detail) -> None:
        client.send(dashboards.update(board, tiles=[{"id": tile, "deleted": True}]))

    _send(client, api.remove(board, tile), board, (tile,), instead)


def copy(client: Client, tile: int, *, source: int, to: int) -> None:
    """Show a tile's insight or text on another dashboard too. One request, seven on an old server.

    An old server can't show one text twice: there it is a new text that says the same.
    """

    def instead(detail: Detail) -> None:
        found = _by_id(detail)[tile]
        columns = {name: found.get(name) for name in ("layouts", "color") if found.get(name)}
        if text := inner(found, "text").get("body"):
            patch = {"text": {"body": text}} | columns
            client.send(dashboards.update(to, tiles=[patch]))
            return
        insight = inner(found, "insight").get("id")
        if insight is None:
            raise UnexpectedAnswer("Only insight and text tiles can be copied between dashboards.")
        # Its dashboards are written as a whole: without the full set others would lose their tile.
        on = inner_list(client.send(insights.read(insight)), "dashboards")
        # A list without the source is not the full set; writing it back would take tiles off
        # dashboards.
        if source not in on:
            raise UnexpectedAnswer(f"The server does not say where insight {insight} is.")
        if to in on:
            raise UnexpectedAnswer(f"Dashboard {to} shows insight {insight} already.")
        client.send(insights.update(insight, dashboards=[*on, to]))
        for key, there in _by_id(client.send(dashboards.read(to))).items():
            if columns and inner(there, "insight").get("id") == insight:
                client.send(dashboards.update(to, tiles=[{"id": key} | columns]))

    _send(client, api.copy(tile, source=source, to=to), source, (tile,), instead, also=to)


def _send(
    client: Client,
    request: Request[Any],
    board: int,
    needs: Sequence[int],
    instead: Callable[[Detail], Any],
    *,
    also: int | None = None,
) -> Any:
    """Send an action; ``instead`` does it where only the action is missing.

    So has to be a second board, where it is about one.
    """
    try:
        return client.send(request)
    except NotFound as missing:
        try:
            if also is not None:
                client.send(dashboards.read(also))
            detail = client.send(dashboards.read(board))
        except NotFound:
            raise missing from None
        # The tile is not there: the 404 was about it, and is the answer.
        if set(needs) - _by_id(detail).keys():
            raise
        return instead(detail)


def _by_id(detail: Detail) -> dict[int, Mapping[str, Any]]:
    return {tile["id"]: tile for tile in inner_list(detail, "tiles")}


def _size(tile: Mapping[str, Any]) -> Box:
    box = inner(inner(tile, "layouts"), "sm")
    w, h = (box.get(side) for side in "wh")
    w = w if isinstance(w, int) and w > 0 else WIDE
    return {"x": 0, "y": 0, "w": min(COLUMNS, w), "h": h if isinstance(h, int) and h > 0 else TALL}
