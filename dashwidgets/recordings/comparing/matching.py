"""Which tile of one round corresponds to which of another: by insight, query, name or tile id."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, cast

import msgspec

from dashwidgets.frames.columns import inner
from dashwidgets.frames.results.kinds import filter_name, source_of
from dashwidgets.recordings.recording import Recording
from dashwidgets.widgets.watch.tile_log import Arrival

By = Literal["insight", "query", "name", "tile"]

_LOOKS = (
    "display",
    "showLegend",
    "showValuesOnSeries",
    "showPercentStackView",
    "showLabelsOnSeries",
    "showAlertThresholdLines",
    "showMultipleYAxes",
    "showTrendLines",
    "showConfidenceIntervals",
    "yAxisScaleType",
    "resultCustomizations",
    "resultCustomizationBy",
    "hiddenLegendIndexes",
    "goalLines",
    "aggregationAxisFormat",
    "aggregationAxisPrefix",
    "aggregationAxisPostfix",
    "decimalPlaces",
    "minDecimalPlaces",
)
"""Settings that change a chart and no number in it."""
_OUTSIDE = ("dateRange", "properties", "filterTestAccounts", "breakdownFilter", "filters")
"""What the filters of a round may have put into every query."""


@dataclass(frozen=True)
class Tile:
    """A tile with what identifies it; ``place`` names the project that its ids belong to."""

    arrival: Arrival
    place: tuple[str, str]

    @cached_property
    def insight(self) -> Mapping[str, Any]:
        """Its insight; empty where it has none."""
        return inner(self.arrival.tile(), "insight")

    @cached_property
    def key(self) -> Hashable | None:
        """The insight itself: its id in links, which no two projects share, or its number."""
        short, number = self.insight.get("short_id"), self.insight.get("id")
        # A number is only unique in its project; short ids are across PostHog.
        return str(short) if short else (number, *self.place) if number else None

    def query(self, *, without_filters: bool = False) -> bytes | None:
        """What was asked, whatever it looks like; None where the query is not known."""
        source = dict(source_of(self.insight))
        if not source:
            return None
        look = filter_name(str(source.get("kind")))
        settings = {k: v for k, v in inner(source, look).items() if k not in _LOOKS}
        left_out = (look, "version", "tags", "response", *(_OUTSIDE if without_filters else ()))
        kept = {k: v for k, v in source.items() if k not in left_out and v is not None}
        # Servers reorder keys when they store a query.
        return msgspec.json.encode([kept, settings], order="deterministic")


@dataclass(frozen=True)
class Pair:
    """One tile of each side; one of them is missing when it has no counterpart."""

    before: Tile | None
    after: Tile | None
    by: By | None = None


def tiles_of(run: Recording) -> list[Tile]:
    """The tiles of a round that hold an insight, or failed before it was known."""
    origin = run.manifest.origin
    place = origin.host, str(origin.project_id)
    kept = [tile for tile in run.tiles if tile.kind == "insight" or tile.error is not None]
    return [Tile(tile, place) for tile in kept]


def pairs(before: Sequence[Tile], after: Sequence[Tile]) -> list[Pair]:
    """Each tile once: those of ``after`` in their order, then what is only in ``before``."""
    left, right = list(before), list(after)
    found: dict[int, Pair] = {}
    ways: tuple[tuple[By, Callable[[Tile], Hashable | None]], ...] = (
        ("insight", lambda tile: tile.key),
        ("query", lambda tile: tile.query()),
        ("name", lambda tile: tile.arrival.name),
        ("tile", lambda tile: (tile.arrival.id, *tile.place)),  # one that failed has nothing else
    )
    # The surest first; each way takes only what those before it left.
    for by, key_of in ways:
        for one, other in _matched(left, right, key_of):
            found[id(other)] = Pair(one, other, by)
        left = [tile for tile in left if not any(pair.before is tile for pair in found.values())]
        right = [tile for tile in right if id(tile) not in found]
    rows = [found.get(id(tile)) or Pair(None, tile) for tile in after]
    return rows + [Pair(tile, None) for tile in left]


def _matched(
    left: Sequence[Tile], right: Sequence[Tile], key_of: Callable[[Tile], Hashable | None]
) -> list[tuple[Tile, Tile]]:
    """Tiles with the same key; of several with one key, the first is the first."""
    waiting: dict[Hashable, list[Tile]] = {}
    for tile in left:
        if (key := key_of(tile)) is not None:
            waiting.setdefault(key, []).append(tile)
    found: list[tuple[Tile, Tile]] = []
    for tile in right:
        same = waiting.get(cast("Hashable", key_of(tile)))
        if same:
            found.append((same.pop(0), tile))
    return found
