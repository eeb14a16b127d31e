"""What a view may ask of the boards it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from dashwidgets.api.endpoints.dashboards import Refresh
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.widgets.watch.feed import Feed


def obey(feeds: Sequence[Feed], wish: Mapping[str, Any]) -> None:
    """Do what a message asks for: stop, pause, resume, again, retry; for one board."""
    at = wish.get("section")
    if not isinstance(at, int) or not 0 <= at < len(feeds):
        raise ConfigurationError(f"The view asked for a board that is not watched: {at!r}.")
    feed = feeds[at]
    match wish.get("op"):
        case "stop":
            feed.stop()
        case "pause":
            feed.pause()
        case "resume":
            feed.resume()
        case "again":
            feed.start(**_changes(feed, wish))
        case "retry" if isinstance(wish.get("tile"), int):
            feed.retry(int(wish["tile"]))
        case op:
            raise ConfigurationError(f"The view asked for something unknown: {op!r}.")


def _changes(feed: Feed, wish: Mapping[str, Any]) -> dict[str, Any]:
    """Refresh and date range, as far as the view chose them."""
    changes: dict[str, Any] = {}
    if wish.get("refresh") in get_args(Refresh):
        changes["refresh"] = wish["refresh"]
    if "date_from" in wish:
        filters = dict(feed.options.filters or {})
        filters.pop("date_to", None)
        filters["date_from"] = wish["date_from"]
        if wish["date_from"] is None:  # the dashboard's own
            del filters["date_from"]
        changes["filters"] = filters or None
    return changes
