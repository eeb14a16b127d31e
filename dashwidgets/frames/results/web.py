"""Web analytics: the overview's figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashwidgets.frames.results.reading import Reading, Row, listed


def overview(reading: Reading, result: Any) -> Iterator[Row]:
    """A row per figure, with that of the previous period beside it."""
    for figure in listed(result):
        yield {
            "key": figure["key"],
            "kind": figure.get("kind"),
            "value": figure["value"],
            "previous": figure.get("previous"),
            "changeFromPreviousPct": figure.get("changeFromPreviousPct"),
            "isIncreaseBad": figure.get("isIncreaseBad"),
        }
