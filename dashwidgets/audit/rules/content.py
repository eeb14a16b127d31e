"""Rules about content: duplicates, and dashboards with too little or too much on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dashwidgets.audit.report.words import counted, some
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule

SMALLEST = 2
"""Tiles below which two dashboards resemble each other by chance."""


def asked(evidence: Evidence) -> dict[int, frozenset[str]]:
    """The digests of the queries of each dashboard's insights."""
    tiles = evidence.tiles.dropna(subset=["insight_id", "dashboard_id"])
    found: dict[int, set[str]] = {}
    for board, insight in zip(tiles["dashboard_id"], tiles["insight_id"], strict=True):
        digest = evidence.queries.get(int(insight))
        if digest:
            found.setdefault(int(board), set()).add(digest)
    return {board: frozenset(digests) for board, digests in found.items()}


@rule(
    "same-content",
    severity="medium",
    needs=("dashboards", "insights"),
    proves="Two dashboards have exactly the same queries.",
    spares="Dashboards with a single insight. Text tiles are not compared.",
    suggestion="Keep one and delete the other.",
    peers="none by content; Metabase by name",
)
def same_content(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    groups: dict[frozenset[str], list[int]] = {}
    for board, digests in asked(evidence).items():
        if len(digests) >= SMALLEST:
            # As a frozen set: neither the order of tiles nor their places make a difference.
            groups.setdefault(digests, []).append(board)
    for digests, boards in groups.items():
        for board in boards if len(boards) > 1 else ():
            others = [other for other in boards if other != board]
            yield Finding(board, f"has the same {len(digests)} queries as {some(others)}")


@rule(
    "near-duplicate",
    severity="low",
    needs=("dashboards", "insights"),
    proves="Two dashboards have mostly the same queries.",
    spares="Exact copies, which another rule finds, and dashboards with a single insight.",
    suggestion="Check whether one of them is enough.",
    peers="tableau-audit-mcp, for sheets",
)
def near_duplicate(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    sets = {board: found for board, found in asked(evidence).items() if len(found) >= SMALLEST}
    showing: dict[str, list[int]] = {}
    for board, digests in sets.items():
        for digest in digests:
            showing.setdefault(digest, []).append(board)
    # Only pairs that share something: comparing 5,000 with each other would take minutes.
    pairs = {pair for boards in showing.values() for pair in combinations(sorted(boards), 2)}
    for one, other in sorted(pairs):
        shared, all_of_them = len(sets[one] & sets[other]), len(sets[one] | sets[other])
        if settings.similar <= shared / all_of_them < 1:
            yield Finding(
                one,
                f"{shared} of {all_of_them} queries are also on {other}",
                threshold=f"{settings.similar:.0%}",
                key=str(other),
            )


def counts(evidence: Evidence, settings: Settings) -> dict[int, int]:
    """Number of tiles of every dashboard whose tiles were all read, and which is not new."""
    boards = evidence.dashboards
    old = boards.loc[boards["created_at"] <= evidence.now - settings.young, "id"]
    known = evidence.details.loc[evidence.details["id"].isin(old), "id"]
    tiles = evidence.tiles["dashboard_id"].value_counts().to_dict()
    return {board: int(tiles.get(board, 0)) for board in known.tolist()}


@rule(
    "empty",
    severity="medium",
    needs=("dashboards", "layouts"),
    proves="It has no tiles.",
    spares="New dashboards.",
    suggestion="Delete it.",
    peers="Looker, Metabase",
)
def empty(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    for board, tiles in counts(evidence, settings).items():
        if tiles == 0:
            yield Finding(board, "no tiles")


@rule(
    "sparse",
    severity="info",
    needs=("dashboards", "layouts"),
    proves="It has few tiles.",
    spares="New dashboards, and empty ones, which another rule finds.",
    suggestion="Merge it with another one.",
    peers="Metabase",
)
def sparse(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    for board, tiles in counts(evidence, settings).items():
        if 0 < tiles <= settings.sparse:
            yield Finding(board, counted(tiles, "tile"), threshold=f"{settings.sparse} tiles")


@rule(
    "crowded",
    severity="low",
    needs=("dashboards", "insights"),
    proves="It has more tiles than anyone reads; without details only insights are counted.",
    spares="Nothing.",
    suggestion="Split it.",
    peers="Metabase, Power BI labs",
)
def crowded(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    for board, tiles in evidence.tiles.groupby("dashboard_id").size().items():
        if tiles > settings.crowded:
            yield Finding(int(str(board)), f"{tiles} tiles", threshold=f"{settings.crowded} tiles")
