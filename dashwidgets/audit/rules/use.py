"""Rules about use, evaluated only from the list, which was read before anything was opened."""

from __future__ import annotations

from collections.abc import Iterator

from dashwidgets.audit.report.words import days, each
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule

# PostHog begins the names of feature flags' dashboards so; nothing else marks them.
GENERATED = "Generated Dashboard:"


@rule(
    "stale",
    severity="medium",
    needs=("dashboards",),
    proves="Nobody has opened it for a long time.",
    spares="Newer dashboards. Reads through the API count too and make a dashboard look used.",
    suggestion="Ask its owner, then delete it with a grace period.",
    peers="Looker, Metabase, Tableau",
)
def stale(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    old = boards[boards["last_accessed_at"] <= evidence.now - settings.stale_after]
    for board in each(old):
        age = days(evidence.now - board.last_accessed_at)
        yield Finding(
            board.id,
            f"last opened {age} ago",
            evidence_date=board.last_accessed_at,
            threshold=days(settings.stale_after),
        )


@rule(
    "never-opened",
    severity="medium",
    needs=("dashboards",),
    proves="Nobody has ever opened it.",
    spares="New dashboards.",
    suggestion="Delete it, or tell people about it.",
    peers="Metabase",
)
def never_opened(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    never = boards["last_accessed_at"].isna()
    for board in each(boards[never & (boards["created_at"] <= evidence.now - settings.young)]):
        age = days(evidence.now - board.created_at)
        yield Finding(
            board.id,
            f"created {age} ago, never opened",
            evidence_date=board.created_at,
            threshold=days(settings.young),
        )


@rule(
    "generated-leftover",
    severity="low",
    needs=("dashboards",),
    proves="PostHog created it for a feature flag, and nobody uses it.",
    spares="Recently opened ones. Whether the flag still exists is unknown.",
    suggestion="Delete it once the flag is gone.",
)
def generated_leftover(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    generated = boards["name"].fillna("").str.startswith(GENERATED)
    opened = boards["last_accessed_at"]
    unused = opened.isna() | (opened <= evidence.now - settings.stale_after)
    young = boards["created_at"] > evidence.now - settings.young
    for board in each(boards[generated & unused & ~young]):
        yield Finding(
            board.id,
            f"named {GENERATED!r}, not opened recently",
            evidence_date=board.created_at,
            threshold=days(settings.stale_after),
        )


@rule(
    "unused-insight",
    severity="low",
    needs=("insights",),
    proves="A saved insight is on no dashboard.",
    spares="New insights, and favorites.",
    suggestion="Put it on a dashboard or delete it.",
    peers="Superset users ask for it",
)
def unused_insight(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    insights = evidence.insights
    placed = set(evidence.tiles["insight_id"].dropna())
    alone = ~insights["id"].isin(placed) & insights["saved"].fillna(False)
    alone &= ~insights["favorited"].fillna(False)
    alone &= insights["created_at"] <= evidence.now - settings.young
    for insight in each(insights[alone]):
        yield Finding(
            None,
            f"insight {insight.id} ({insight.name}) is on no dashboard",
            evidence_date=insight.last_modified_at,
            key=str(insight.id),
        )


@rule(
    "shared-insight",
    severity="info",
    needs=("insights",),
    proves="Many dashboards show the same insight: editing it changes them all.",
    spares="Insights on a few dashboards.",
    suggestion="Mention it in the description before somebody edits it.",
    peers="Lightdash shows it when deleting",
)
def shared_insight(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    tiles = evidence.tiles.dropna(subset=["insight_id"])
    for insight, places in tiles.groupby("insight_id"):
        boards = places["dashboard_id"].nunique()
        if boards >= settings.shared_by:
            yield Finding(
                None,
                f"insight {insight} ({places['name'].iloc[0]}) is on {boards} dashboards",
                threshold=f"{settings.shared_by} dashboards",
                key=str(insight),
            )
