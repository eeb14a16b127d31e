"""A board's tiles, small: a number and its course, from results that are cached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.frames.tiles import tile_error, tile_kind, tile_name
from dashwidgets.recordings.comparing.headline import headline, headline_words
from dashwidgets.recordings.numbers.lines import Line, lines_of
from dashwidgets.recordings.publish.markdown import number
from dashwidgets.widgets.shared.state.browse import SmallTile

SERIES, POINTS, BARS = 4, 60, 12
"""What is drawn of a tile at most."""
LONGEST = 200
NOT_COMPUTED = "Not computed yet."


def small_tiles(detail: Mapping[str, Any]) -> list[SmallTile]:
    """Every tile of a dashboard's detail form, in reading order."""
    return [_small(tile) for tile in sorted(inner_list(detail, "tiles"), key=_place)]


def _place(tile: Mapping[str, Any]) -> tuple[int, int]:
    box = inner(inner(tile, "layouts"), "sm")
    # As the web app sorts, which counts a missing place as 0 (10.2).
    return box.get("y") or 0, box.get("x") or 0


def _small(tile: Mapping[str, Any]) -> SmallTile:
    kind, insight = tile_kind(tile), inner(tile, "insight")
    small: SmallTile = {
        "id": tile["id"],
        "name": tile_name(tile),
        "text": _first_line(str(inner(tile, "text").get("body") or "")),
        "value": "",
        "what": "" if kind in ("insight", "text") else f"A {kind} tile.",
        "lines": [],
        "bars": [],
    }
    if kind != "insight":
        return small
    error = tile_error(tile)
    if error is None and insight.get("result") is None:
        return {**small, "what": NOT_COMPUTED}
    lines, reason = lines_of(error, insight)
    value, words = headline(lines, insight), headline_words(insight)
    if value is None:
        return {**small, "what": error or reason or "No numbers."}
    # A card has no room for a legend: two periods would look like two series.
    current = [line for line in lines if line.key[2] != "previous"]
    return {
        **small,
        "value": number(value, words),
        "what": words,
        "lines": list(_courses(current)),
        "bars": list(_bars(current)),
    }


def _first_line(markdown: str) -> str:
    return markdown.strip().partition("\n")[0].lstrip("# ")[:LONGEST]


def _courses(lines: Sequence[Line]) -> Iterator[list[float | None]]:
    """The largest series over time, the last values of each."""
    long = [line for line in lines if len(line.values) > 1 and line.key[4] == "value"]
    for line in sorted(long, key=lambda line: -_sum(line.values.tolist()))[:SERIES]:
        # NaN is no JSON; null is drawn as a gap.
        yield [None if value != value else value for value in line.values[-POINTS:].tolist()]


def _bars(lines: Sequence[Line]) -> Iterator[float]:
    """What has one value each, in its order: steps, breakdowns, rows."""
    first = lines[0].key[4] if lines else None
    alone = [line for line in lines if len(line.values) == 1 and line.key[4] == first]
    for line in alone[:BARS] if len(alone) > 1 else []:
        yield _sum(line.values.tolist())


def _sum(values: Iterable[float]) -> float:
    return sum(value for value in values if value == value)
