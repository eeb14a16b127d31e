"""Rules about layout. Only ``sm`` is evaluated, because ``xs`` is derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dashwidgets.audit.report.words import each
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule

COLUMNS = 12


@rule(
    "overlap",
    severity="low",
    needs=("dashboards", "layouts"),
    proves="Two tiles overlap; the web app moves one of them.",
    spares="Tiles that merely touch, or have no place.",
    suggestion="Pack the board: board.layout.pack().",
)
def overlap(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    placed = evidence.tiles.dropna(subset=["x", "y", "w", "h"])
    for board, tiles in placed.groupby("dashboard_id"):
        for one, other in combinations(each(tiles), 2):
            across = one.x < other.x + other.w and other.x < one.x + one.w
            down = one.y < other.y + other.h and other.y < one.y + one.h
            if across and down:
                yield Finding(int(str(board)), f"overlaps tile {other.id}", tile_id=one.id)


@rule(
    "off-grid",
    severity="low",
    needs=("dashboards", "layouts"),
    proves="A tile lies outside the twelve columns, or has no size.",
    spares="Tiles without a place.",
    suggestion="Pack the board: board.layout.pack().",
)
def off_grid(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    tiles = evidence.tiles.dropna(subset=["x", "y", "w", "h"])
    inside = (tiles["x"] >= 0) & (tiles["y"] >= 0) & (tiles["x"] + tiles["w"] <= COLUMNS)
    inside &= (tiles["w"] > 0) & (tiles["h"] > 0)
    for tile in each(tiles[~inside]):
        place = f"x {tile.x}, y {tile.y}, {tile.w} by {tile.h}"
        yield Finding(tile.dashboard_id, place, tile_id=tile.id, threshold=f"{COLUMNS} columns")


@rule(
    "no-layout",
    severity="info",
    needs=("dashboards", "layouts"),
    proves="A tile has no position: PostHog puts it wherever there is room.",
    spares="Nothing.",
    suggestion="Place it: board.layout.pack().",
)
def no_layout(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    # Only tiles whose place was asked for: the list of insights tells none.
    tiles = evidence.tiles[evidence.tiles["order"].notna()]
    lost = tiles[["x", "y", "w", "h"]].isna().any(axis="columns")
    for tile in each(tiles[lost]):
        yield Finding(tile.dashboard_id, "no place on the grid", tile_id=tile.id)
