"""Paths (contract 13.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashwidgets.frames.results.reading import Reading, Row, listed


def paths(reading: Reading, result: Any) -> Iterator[Row]:
    """A row per link; node names carry their step in front."""
    for link in listed(result):
        step, _, source = str(link["source"]).partition("_")
        waited = link.get("average_conversion_time")
        yield {
            "step": int(step),
            "source": source,
            "target": str(link["target"]).partition("_")[2],
            "value": link["value"],
            # The server sends milliseconds here, and seconds everywhere else (contract 13.5).
            "average_time": None if waited is None else waited / 1000,
        }
