"""PostHog's own widget tiles, which are behind a flag that is off here (contract 9.7)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.errors import Problem, forbidden

SWITCHED_OFF = "Dashboard widgets are not enabled for this project."


def catalog(_call: Call) -> dict[str, Any]:
    """The kinds there are: none."""
    return {"results": []}


def refuse(call: Call) -> Problem:
    """Run or add widgets: always 403."""
    dashboards.find(call.context, call.number("id"))
    raise forbidden(SWITCHED_OFF)
