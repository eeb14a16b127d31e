"""What nobody sees in the web app: alerts, annotations and tiles that outlived their purpose."""

from __future__ import annotations

from collections.abc import Iterator

from dashwidgets.audit.report.words import days, each
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule

BROKEN = "Errored"


@rule(
    "alert-without-dashboard",
    severity="low",
    needs=("insights", "alerts"),
    proves="An alert watches an insight that is on no dashboard: nobody sees what it is about.",
    spares="Alerts that are off.",
    suggestion="Put the insight on a dashboard, or delete the alert.",
)
def alert_without_dashboard(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    placed = set(evidence.tiles["insight_id"].dropna())
    on = evidence.alerts[evidence.alerts["enabled"].fillna(True)]
    for alert in each(on[~on["insight_id"].isin(placed)]):
        said = f"alert {alert.name!r} watches insight {alert.insight_id}, which is on no dashboard"
        yield Finding(None, said, key=str(alert.id))


@rule(
    "alert-broken",
    severity="high",
    needs=("insights", "alerts"),
    proves="An alert fails, or has not been computed for a long time: it would stay silent.",
    spares="Alerts that are off, and young ones that were never computed.",
    suggestion="Fix its insight, or delete the alert.",
)
def alert_broken(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    alerts = evidence.alerts[evidence.alerts["enabled"].fillna(True)]
    where = evidence.tiles.dropna(subset=["insight_id"]).drop_duplicates("insight_id")
    boards = where.set_index("insight_id")["dashboard_id"]
    for alert in each(alerts):
        late = evidence.now - alert.last_checked_at
        # Servers write the state with and without a capital.
        failed = str(alert.state).casefold() == BROKEN.casefold()
        if failed or late > settings.data_stale_after:
            said = f"its state is {alert.state}" if failed else f"last computed {days(late)} ago"
            board = boards.get(alert.insight_id)
            yield Finding(
                None if board is None else int(board),
                f"alert {alert.name!r}: {said}",
                evidence_date=alert.last_checked_at,
                threshold=None if failed else days(settings.data_stale_after),
                key=str(alert.id),
            )


@rule(
    "deleted-insight",
    severity="low",
    needs=("dashboards", "leftovers"),
    proves="A board keeps the tile of a deleted insight: it shows nothing, and a restore fills it.",
    spares="Tiles that are removed themselves.",
    suggestion="Remove the tile, or restore the insight.",
)
def deleted_insight(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    for tile in each(evidence.leftovers):
        said = f"insight {tile.insight_id} ({tile.name}) is deleted"
        yield Finding(tile.dashboard_id, said, tile_id=tile.id)


@rule(
    "changed-by-leaver",
    severity="info",
    needs=("dashboards", "members", "history"),
    proves="Somebody who is no longer a member changed it in the last 90 days.",
    spares="Dashboards that a member has changed since.",
    suggestion="Have a member look over what was changed.",
)
def changed_by_leaver(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    history = evidence.history.dropna(subset=["user_id"])
    members = set(evidence.members["user_id"].dropna())
    listed = set(evidence.dashboards["id"].astype(str))
    # The last change counts: a member who edited it since has seen what the leaver did.
    last = (
        history[history["item_id"].isin(listed)]
        .sort_values("at")
        .drop_duplicates("item_id", keep="last")
    )
    for entry in each(last[~last["user_id"].isin(members)]):
        said = f"{entry.activity} by user {entry.user_id}, who is not a member"
        yield Finding(int(entry.item_id), said, evidence_date=entry.at)


@rule(
    "annotation-on-deleted",
    severity="info",
    needs=("annotations",),
    proves="An annotation is on a dashboard that is deleted.",
    spares="Annotations of the whole project.",
    suggestion="Delete it, or put it on the project.",
)
def annotation_on_deleted(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    for note in each(evidence.annotations):
        said = f"annotation {note.id} ({note.content!r}) is on dashboard {note.dashboard_id}"
        yield Finding(None, said, evidence_date=note.date_marker, key=str(note.id))
