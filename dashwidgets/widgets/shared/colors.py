"""A dashboard's colors: its own by breakdown value, and those of its theme."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import organization
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.frames.columns import inner, inner_list

log: logging.Logger = logging.getLogger("dashwidgets")

ThemeReader = Callable[[int], Mapping[str, str] | None]
"""Token to CSS color of a theme; None when they could not be read."""

PATIENCE = 5.0
"""Seconds tiles wait for their colors at most, an attempt."""


def no_theme(_theme: int) -> Mapping[str, str]:
    """Every theme is the default one."""
    return {}


def read_theme(client: Client, theme: int) -> dict[str, str] | None:
    """A theme's colors, as the server names them. One request, which may fail."""
    request = replace(organization.themes(), timeout=PATIENCE)
    try:
        # Never waits for the budget: charts in default colors are better than a late board.
        found = [row for row in client.send(request, deadline=0.0) if row.get("id") == theme]
    except DashwidgetsError as error:
        log.info("theme %s was not read, so charts keep the default colors: %s", theme, error)
        return None
    given = inner(found[0], "colors") if found else dict[str, Any]()
    return {token: color for token, color in given.items() if isinstance(color, str)}


def breakdown_colors(board: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The board's own colors by breakdown value (contract 7.9); older entries may be anything."""
    names = ("breakdownValue", "breakdownType", "colorToken")
    entries: list[Any] = inner_list(board, "breakdown_colors")
    known = [cast("dict[str, Any]", entry) for entry in entries if isinstance(entry, dict)]
    return [{name: entry.get(name) for name in names} for entry in known]
