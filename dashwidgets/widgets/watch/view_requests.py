"""Handle requests from the front end of a watch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from dashwidgets.api.endpoints.dashboards import Refresh
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.widgets.watch.feed import Feed


def handle(feeds: Sequence[Feed], request: Mapping[str, Any]) -> None:
    """Stop, pause, resume, start again, or retry one tile, of one board."""
    at = request.get("section")
    if not isinstance(at, int) or not 0 <= at < len(feeds):
        raise ConfigurationError(f"The front end named a board that is not being watched: {at!r}.")
    feed = feeds[at]
    match request.get("op"):
        case "stop":
            feed.stop()
        case "pause":
            feed.pause()
        case "resume":
            feed.resume()
        case "again":
            feed.start(**_changes(feed, request))
        case "retry" if isinstance(request.get("tile"), int):
            feed.retry(int(request["tile"]))
        case op:
            raise ConfigurationError(f"The front end sent an unknown request: {op!r}.")


def _changes(feed: Feed, request: Mapping[str, Any]) -> dict[str, Any]:
    """The refresh and the date range that the user chose, if any."""
    changes: dict[str, Any] = {}
    if request.get("refresh") in get_args(Refresh):
        changes["refresh"] = request["refresh"]
    if "date_from" in request:
        filters = dict(feed.options.filters or {})
        # A range chosen in the view runs until now; the old end would cut it.
        filters.pop("date_to", None)
        filters["date_from"] = request["date_from"]
        if request["date_from"] is None:  # the dashboard's own
            del filters["date_from"]
        changes["filters"] = filters or None
    return changes
