"""How far several dashboards are, as one status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from dashwidgets.widgets.shared.state.watch import StreamStatus
from dashwidgets.widgets.watch.tile_log import OVER


def together(statuses: Sequence[StreamStatus]) -> StreamStatus:
    """The statuses of several dashboards as one: the phase of the one least advanced."""
    phases = ("connecting", "retrying", "streaming", "refreshing", "paused", *OVER[::-1])
    first = min(statuses, key=lambda status: phases.index(status["phase"]))
    if len(statuses) == 1:
        return first
    expected = [status["expected"] for status in statuses]
    sources = {status["source"] for status in statuses}
    nexts = [status["next_in"] for status in statuses if status["next_in"] is not None]
    return {
        **first,
        "arrived": sum(status["arrived"] for status in statuses),
        "failed": sum(status["failed"] for status in statuses),
        "expected": None if None in expected else sum(cast("list[int]", expected)),
        "elapsed": max(status["elapsed"] for status in statuses),
        "bytes": sum(status["bytes"] for status in statuses),
        "source": first["source"] if len(sources) == 1 else None,
        "message": " ".join(status["message"] for status in statuses if status["message"]),
        "next_in": min(nexts, default=None),
        "asking": [tile for status in statuses for tile in status["asking"]],
    }
