"""The card of a project: host, user, scopes of the key, and requests left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, users
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.request import Request
from dashwidgets.cards.card import Row, html

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds to wait for each answer."""
STEPS = ("ph.explore()", "ph.browse()", "ph.audit()", "ph.dashboards()", 'ph["Board name"]')


@dataclass(frozen=True)
class ProjectFacts:
    """What a project's card says; a part that could not be read is a sentence."""

    who: str
    scopes: str
    boards: str
    unread: dict[str, str] = field(default_factory=dict[str, str])


def read_facts(client: Client) -> ProjectFacts:
    """The key's user and scopes, and the number of dashboards. Three requests; never raises."""
    unread: dict[str, str] = {}

    def part(name: str, request: Request[T], say: Callable[[T], str]) -> str:
        try:
            # No waiting for the budget: a card is drawn when a cell ends, and must not hold it.
            return say(client.send(replace(request, timeout=PATIENCE), deadline=0.0))
        except DashwidgetsError as error:
            unread[name] = str(error)
            return f"unknown: {error}"

    return ProjectFacts(
        who=part("who", users.me(), _who),
        scopes=part("scopes", users.key(), lambda key: scopes_of(key) or "none"),
        boards=part("boards", dashboards.page(limit=1), lambda page: f"{page.count:,}"),
        unread=unread,
    )


def project_html(client: Client, facts: ProjectFacts, *, embedded: bool) -> str:
    """The card."""
    left = client.budget
    where = "embedded on this machine" if embedded else client.host
    rows: Sequence[Row] = (
        ("Host", where),
        ("Project", str(client.project_id)),
        ("You", facts.who),
        ("Scopes of the key", facts.scopes),
        (
            "Requests left",
            "not counted"
            if left is None
            else f"{left.this_minute:,} this minute, {left.this_hour:,} this hour",
        ),
        ("Dashboards", facts.boards),
    )
    return html("PostHog project", rows, STEPS)


def scopes_of(key: dict[str, Any]) -> str:
    """Scopes of a key, in words; ``*`` is everything."""
    scopes = [str(scope) for scope in key.get("scopes") or ()]
    return "all (*)" if "*" in scopes else ", ".join(sorted(scopes))


def _who(me: dict[str, Any]) -> str:
    name = " ".join(filter(None, (me.get("first_name"), me.get("last_name"))))
    email = str(me.get("email") or "")
    return f"{name} ({email})" if name and email else name or email or "unknown"
