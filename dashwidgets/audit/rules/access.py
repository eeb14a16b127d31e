"""Rules about access: who can see a dashboard, and who can still maintain it."""

from __future__ import annotations

from collections.abc import Iterator

from dashwidgets.audit.report.words import days, each
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule

COLLABORATORS_ONLY = 37


@rule(
    "public",
    severity="medium",
    needs=("dashboards",),
    proves="Anyone with the link can see it.",
    spares="Nothing: a public link is always worth knowing about.",
    suggestion="Close the link if nobody outside needs it.",
    peers="Power BI labs, partly Grafana and Superset",
)
def public(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    for board in each(boards[boards["public"].fillna(False)]):
        yield Finding(board.id, "its public link is open")


@rule(
    "public-and-stale",
    severity="high",
    needs=("dashboards",),
    proves="The public link is open, but nobody in the organization opens the dashboard any more.",
    spares="New dashboards. Visits through the link are not counted by PostHog's list.",
    suggestion="Close the link.",
)
def public_and_stale(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    # Never opened counts from its creation.
    since = boards["last_accessed_at"].fillna(boards["created_at"])
    forgotten = boards["public"].fillna(False) & (since <= evidence.now - settings.stale_after)
    for board in each(boards[forgotten]):
        yield Finding(
            board.id,
            f"public, not opened for {days(evidence.now - since[board.Index])}",
            evidence_date=since[board.Index],
            threshold=days(settings.stale_after),
        )


@rule(
    "public-without-password",
    severity="high",
    needs=("dashboards", "sharing"),
    proves="The public link is open without a password.",
    spares="Links that could not be read; the coverage lists those.",
    suggestion="Require a password, or close the link.",
)
def public_without_password(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    links = evidence.sharing
    bare = links["public"].fillna(False) & ~links["password_required"].fillna(False)
    for link in each(links[bare]):
        yield Finding(link.dashboard_id, "no password", evidence_date=link.created_at)


@rule(
    "password-never-rotated",
    severity="medium",
    needs=("dashboards", "sharing"),
    proves="The newest password of an open public link is old.",
    spares="Links without a password, which another rule finds.",
    suggestion="Add a new password, tell those who need it, remove the old one.",
)
def password_never_rotated(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    links = evidence.sharing
    locked = links["public"].fillna(False) & links["password_required"].fillna(False)
    old = locked & (links["password_since"] <= evidence.now - settings.password_after)
    for link in each(links[old]):
        yield Finding(
            link.dashboard_id,
            f"newest password is {days(evidence.now - link.password_since)} old",
            evidence_date=link.password_since,
            threshold=days(settings.password_after),
        )


@rule(
    "old-link",
    severity="low",
    needs=("dashboards", "sharing"),
    proves="The same public link has been open for a very long time.",
    spares="Closed links.",
    suggestion="Rotate the link; the old one works for another five minutes.",
)
def old_link(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    links = evidence.sharing
    old = links["public"].fillna(False) & (
        links["created_at"] <= evidence.now - settings.link_after
    )
    for link in each(links[old]):
        yield Finding(
            link.dashboard_id,
            f"link created {days(evidence.now - link.created_at)} ago",
            evidence_date=link.created_at,
            threshold=days(settings.link_after),
        )


@rule(
    "ownerless",
    severity="medium",
    needs=("dashboards",),
    proves="The account that created it no longer exists.",
    spares="Nothing.",
    suggestion="Find a new owner and name them in the description.",
    peers="partly Looker, Superset",
)
def ownerless(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    for board in each(boards[boards["owner_id"].isna()]):
        yield Finding(board.id, "created by an account that no longer exists")


@rule(
    "owner-left",
    severity="medium",
    needs=("dashboards", "members"),
    proves="Its creator is no longer in the organization.",
    spares="Dashboards without an owner, which another rule finds.",
    suggestion="Find a new owner.",
    peers="partly Looker",
)
def owner_left(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    left = boards["owner_id"].notna() & ~boards["owner_id"].isin(evidence.members["user_id"])
    for board in each(boards[left]):
        yield Finding(board.id, f"{board.owner} is not a member")


@rule(
    "nobody-can-edit",
    severity="high",
    needs=("dashboards", "members", "collaborators"),
    proves="Only collaborators can edit it, and its owner and all collaborators have left.",
    spares="Dashboards whose collaborators could not be read. Administrators can always edit.",
    suggestion="Let an administrator lift the restriction or invite somebody.",
)
def nobody_can_edit(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    members = set(evidence.members["user_id"].dropna())
    read = set(evidence.collaborators.attrs.get("read", ()))
    restricted = boards["restriction_level"].fillna(0) >= COLLABORATORS_ONLY
    for board in each(boards[restricted & boards["id"].isin(read)]):
        invited = evidence.collaborators
        invited = set(invited.loc[invited["dashboard_id"] == board.id, "user_id"].dropna())
        # Only where collaborators were read: an unread list would look like an empty one.
        if board.owner_id not in members and not invited & members:
            yield Finding(board.id, "restricted; neither the owner nor a collaborator is a member")
