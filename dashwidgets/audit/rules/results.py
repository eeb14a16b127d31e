"""Rules about results: tiles that fail, are slow, or are out of date."""

from __future__ import annotations

from collections.abc import Iterator

from dashwidgets.audit.report.words import days, each
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule


@rule(
    "broken-tile",
    severity="high",
    needs=("dashboards", "stream"),
    proves="A tile fails when it is computed.",
    spares="Queries refused only because too many ran at once.",
    suggestion="Fix its query, or remove the tile.",
    peers="Looker, Metabase, Lightdash",
)
def broken_tile(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    waits = evidence.waits
    # A code of PostHog's, not words for people: the tile is fine, the organization was busy.
    busy = waits["error"].fillna("").str.contains("concurrency_limit_exceeded", regex=False)
    for tile in each(waits[waits["error"].notna() & ~busy]):
        yield Finding(
            tile.dashboard_id, str(tile.error), tile_id=tile.tile_id, evidence_date=evidence.now
        )


@rule(
    "slow-tile",
    severity="medium",
    needs=("dashboards", "stream"),
    proves="One tile takes long to compute.",
    spares="Cached results, and tiles that failed.",
    suggestion="Shorten its date range, or let it refresh on a schedule.",
    peers="Looker, Metabase",
)
def slow_tile(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    waits = evidence.waits
    fresh = waits["error"].isna() & ~waits["cached"].fillna(False)
    for tile in each(waits[fresh & (waits["seconds"] >= settings.slow_after.total_seconds())]):
        yield Finding(
            tile.dashboard_id,
            f"took {tile.seconds:.1f} s",
            tile_id=tile.tile_id,
            evidence_date=evidence.now,
            threshold=days(settings.slow_after),
        )


@rule(
    "stale-data",
    severity="low",
    needs=("dashboards", "details"),
    proves="A tile's result was computed long ago.",
    spares="Text tiles, and insights without a cached result, whose age is unknown.",
    suggestion="Refresh the dashboard; if nobody misses it, it may be stale itself.",
    peers="Lightdash users ask for it",
)
def stale_data(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    tiles = evidence.tiles
    for tile in each(tiles[tiles["last_refresh"] <= evidence.now - settings.data_stale_after]):
        yield Finding(
            tile.dashboard_id,
            f"computed {days(evidence.now - tile.last_refresh)} ago",
            tile_id=tile.id,
            evidence_date=tile.last_refresh,
            threshold=days(settings.data_stale_after),
        )
