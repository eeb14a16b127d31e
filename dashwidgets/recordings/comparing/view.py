"""A comparison as a board: each tile before and after, in the widget that shows boards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, cast

import msgspec

from dashwidgets.frames.results.kinds import kind_of
from dashwidgets.recordings.comparing.matching import Tile
from dashwidgets.recordings.comparing.row import Row
from dashwidgets.recordings.publish.markdown import escaped
from dashwidgets.widgets.watch.tile_log import Arrival, KnownTile

Layout = Literal["over", "side by side"]
Object = dict[str, Any]
Rounds = tuple[str, str]

_HALF = 6
"""Columns of a tile: two of them stand side by side."""
_TOGETHER = ("line", "columns", "number", "bars", "pie", "progress", "funnel")
"""Drawings that show a period and the one before it in one chart."""


def tiles_of_view(
    rows: Sequence[Row], spans: tuple[datetime, datetime], summary: str, layout: Layout
) -> list[Arrival]:
    """Tiles for a watch: what is compared first, then a tile or two for each pair."""
    rounds = _rounds(*spans)
    words, lines = _words(rows, spans, rounds, summary)
    head = {"text": {"body": words}, "layouts": _box(0, 0, 2 * _HALF, lines)}
    made: list[Object] = [head | {"transparent_background": True}]
    y = lines
    for line in _lines([_insights(row, layout, rounds) for row in rows]):
        height = max(map(_height, line))
        width = 2 * _HALF // len(line)
        for at, insight in enumerate(line):
            made.append({"insight": insight, "layouts": _box(at * width, y, width, height)})
        y += height
    return [_arrival(at, tile) for at, tile in enumerate(made, 1)]


def _lines(groups: Sequence[list[Object]]) -> list[list[Object]]:
    """Two tiles a line; those of one pair stay together."""
    lines: list[list[Object]] = []
    for group in groups:
        if lines and len(lines[-1]) + len(group) <= 2:
            lines[-1] += group
        else:
            lines.append(list(group))
    return lines


def _height(insight: Object) -> int:
    """Rows of the grid: a single number needs few."""
    kind = kind_of(insight)
    return 2 if kind is not None and kind.drawing in ("number", "metric") else 4


def skeleton(tiles: Sequence[Arrival]) -> list[KnownTile]:
    """The same tiles as they are known before they arrive."""
    return [
        {
            "id": tile.id,
            "name": tile.name or "",
            "kind": tile.kind,
            "layout": (tile.tile() or {})["layouts"]["sm"],
        }
        for tile in tiles
    ]


def _insights(row: Row, layout: Layout, rounds: Rounds) -> list[Object]:
    """One insight with both periods in it, or one each where they can't be in one chart."""
    before, after = row.pair.before, row.pair.after
    if before is None or after is None:
        tile = before or after
        assert tile is not None
        return [_named(tile, _title(row))]
    kind = kind_of(after.insight)
    results = [tile.insight.get("result") for tile in (before, after)]
    fits = kind is not None and kind.compared and kind.drawing in _TOGETHER
    is_whole = all(map(_is_flat, results))
    if layout == "over" and fits and is_whole and row.row["kind"] in ("same", "changed"):
        return [_over(row, before, after, rounds)]
    title = _title(row)
    return [
        _named(side, f"{title} ({name})")
        for side, name in zip((before, after), rounds, strict=True)
    ]


def _is_flat(result: Any) -> bool:
    """A list of series or steps; funnels by breakdown are lists of lists."""
    rows = cast("list[Any]", result) if isinstance(result, list) else []
    return bool(rows) and all(isinstance(row, dict) for row in rows)


def _over(row: Row, before: Tile, after: Tile, rounds: Rounds) -> Object:
    """Before as the previous period, which is drawn dashed, and after as the current one."""
    old, new = (_current(tile.insight["result"]) for tile in (before, after))
    # On common days, because the chart lays series over each other by position.
    if row.row["aligned"] == "time" and all(series.get("days") for series in (*old, *new)):
        days = sorted({day for series in (*old, *new) for day in series.get("days") or ()}, key=str)
        old, new = (list(_on(days, series)) for series in (old, new))
    earlier, later = (
        {"compare": True, "compare_label": label, "compare_name": name}
        for label, name in zip(("previous", "current"), rounds, strict=True)
    )
    result = [series | later for series in new] + [series | earlier for series in old]
    query: Any = after.insight.get("query") or {}
    source = {**(query.get("source") or query), "compareFilter": {"compare": True}}
    shown = {**query, "source": source} if query.get("source") else source
    return _named(after, _title(row)) | {"result": result, "query": shown}


def _current(result: Sequence[Object]) -> list[Object]:
    return [series for series in result if series.get("compare_label") != "previous"]


def _on(days: Sequence[Any], result: Sequence[Object]) -> Iterator[Object]:
    """Series on the same days, with gaps where they have none."""
    for series in result:
        values = dict(zip(series.get("days") or (), series.get("data") or (), strict=False))
        names = dict(zip(series.get("days") or (), series.get("labels") or (), strict=False))
        yield series | {
            "days": list(days),
            "labels": [names.get(day, day) for day in days],
            "data": [values.get(day) for day in days],
        }


def _named(tile: Tile, name: str) -> Object:
    if tile.insight:
        return {**tile.insight, "name": name}
    status = {"error": True, "error_message": tile.arrival.error or "It did not arrive."}
    return {"name": name, "result": None, "query_status": status}


def _name(row: Row) -> str:
    return str(row.row["name"] or f"Tile {row.row['tile']}")


def _title(row: Row) -> str:
    """The tile's name and how it moved."""
    name = _name(row)
    share, kind = row.row["share"], row.row["kind"]
    if kind in ("new", "gone", "query changed", "not compared"):
        return f"{name} · {kind}"
    return name if share is None else f"{name} · {share:+.1%}" if share else f"{name} · no change"


def _rounds(before: datetime, after: datetime) -> Rounds:
    """What both are called in a legend: as short as tells them apart, the day or the time."""
    for written in ("{0.day} {0:%b}", "{0.day} {0:%b %Y}", "{0:%H:%M}"):
        names = written.format(before), written.format(after)
        if names[0] != names[1]:
            return names
    return "before", "after"


def _words(
    rows: Sequence[Row], spans: tuple[datetime, datetime], rounds: Rounds, summary: str
) -> tuple[str, int]:
    """What is compared and what is not, and how many rows of the grid that takes."""
    left_out = [
        f"- {escaped(_name(row))}: {escaped(row.row['reason'])}"
        for row in rows
        if row.row["reason"]
    ]
    before, after = (f"{moment:%Y-%m-%d %H:%M} UTC" for moment in spans)
    dashed, solid = (
        ("dashed", "solid") if rounds[0] != "before" else ("before: dashed", "after: solid")
    )
    told = f"**{before}** ({dashed}) and **{after}** ({solid}). {escaped(summary)}"
    if not left_out:
        return told, 1
    reasons = "\n".join(left_out)
    return f"{told}\n\nNot compared, or not all of it:\n\n{reasons}", min(6, 1 + len(left_out))


def _box(x: int, y: int, w: int, h: int) -> Mapping[str, Any]:
    return {"sm": {"x": x, "y": y, "w": w, "h": h}}


def _arrival(at: int, tile: Object) -> Arrival:
    raw = msgspec.json.encode({"id": at, "order": at - 1, **tile})
    insight: Mapping[str, Any] = tile.get("insight") or {}
    status: Mapping[str, Any] = insight.get("query_status") or {}
    return Arrival(
        id=at,
        order=at - 1,
        elapsed=0.0,
        took=0.0,
        size=len(raw),
        round=1,
        name=insight.get("name"),
        kind="insight" if insight else "text",
        error=status.get("error_message") if status.get("error") else None,
        raw=msgspec.Raw(raw),
    )
