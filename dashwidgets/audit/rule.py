"""What a rule is: a function over evidence, with what it proves and what it costs.

A rule of your own is a decorated function; importing it registers its name:

>>> from dashwidgets.audit.rule import Evidence, Finding, Settings, forget, rule
>>> @rule("no-team-tag", severity="low", needs=("dashboards",), proves="No tag names a team.",
...       spares="Pinned dashboards.", suggestion="Tag it with the team that owns it.")
... def no_team_tag(evidence: Evidence, settings: Settings):
...     for board in evidence.dashboards[~evidence.dashboards["pinned"]].itertuples():
...         if not any(tag.startswith("team-") for tag in board.tags):
...             yield Finding(board.id, f"tags: {', '.join(board.tags) or 'none'}")
>>> forget("no-team-tag")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.audit.evidence.definitions import CARRIED, EVENTS, OBJECTS
from dashwidgets.audit.evidence.leftovers import ALERTS, ANNOTATIONS, LEFTOVERS
from dashwidgets.frames.by_sql import HISTORY
from dashwidgets.references.frame import REFERENCES

Severity = Literal["info", "low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high")

Need = Literal[
    "dashboards",
    "insights",
    "members",
    "sharing",
    "collaborators",
    "details",
    "stream",
    "events",
    "carried",
    "objects",
    "layouts",
    "leftovers",
    "alerts",
    "annotations",
    "history",
]
# From cheap to dear: a rule's cost is that of its last need in this order.
COSTS: dict[Need, str] = {
    "dashboards": "1 request",
    "insights": "1 request for 5,000 insights",
    "members": "1 request",
    "sharing": "1 request per public dashboard",
    "collaborators": "1 request per restricted dashboard",
    "events": "2 requests by SQL or a few more",
    "carried": "1 request by SQL, which looks into the events of 30 days",
    "objects": "1 request by SQL",
    "layouts": "2 requests by SQL for 50,000 tiles; else each dashboard is opened",
    "leftovers": "the same 2 requests by SQL",
    "alerts": "1 request by SQL",
    "annotations": "1 request by SQL",
    "history": "1 request by SQL, which reads 90 days of the activity log",
    "details": "1 request per dashboard, which counts as opening it",
    "stream": "1 or more requests per dashboard, which computes its tiles and counts as opening",
}
REQUESTS: dict[Need, int] = {
    **dict.fromkeys(("insights", "members", "carried", "objects"), 1),
    **dict.fromkeys(("alerts", "annotations", "history"), 1),
    "events": 2,
}
"""Requests of what is read once for all dashboards, where one answer holds it."""
CHEAP: frozenset[Need] = frozenset({"dashboards", "insights", "members"})
OPENING: frozenset[Need] = frozenset({"details", "stream"})
"""Reading these changes ``last_accessed_at`` on the server."""


def _long(text: str) -> Callable[[], pd.Timedelta]:
    return lambda: pd.Timedelta(text)


@dataclass(frozen=True)
class Settings:
    """Thresholds; durations as pandas writes them, such as ``"90D"``."""

    stale_after: pd.Timedelta = field(default_factory=_long("90D"))
    young: pd.Timedelta = field(default_factory=_long("14D"))
    data_stale_after: pd.Timedelta = field(default_factory=_long("7D"))
    link_after: pd.Timedelta = field(default_factory=_long("365D"))
    password_after: pd.Timedelta = field(default_factory=_long("180D"))
    silent_after: pd.Timedelta = field(default_factory=_long("7D"))
    slow_after: pd.Timedelta = field(default_factory=_long("15s"))
    sparse: int = 3
    crowded: int = 20
    similar: float = 0.8
    shared_by: int = 5


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong.

    Attributes
    ----------
    dashboard_id : int or None
        None for what is on no dashboard.
    evidence : str
        What was seen, in a few words.
    tile_id : int, optional
    evidence_date : Timestamp, optional
        When what was seen happened.
    threshold : str, optional
        The limit it passed.
    key : str
        Distinguishes findings of one rule about one dashboard.
    """

    dashboard_id: int | None
    evidence: str
    tile_id: int | None = None
    evidence_date: Any = None
    threshold: str | None = None
    key: str = ""


@dataclass(frozen=True)
class Evidence:
    """What was read, as frames; only what the rules asked for is there.

    Attributes
    ----------
    now : Timestamp
        When reading began: "today" for every rule.
    dashboards, insights, members, sharing, collaborators : DataFrame
        As ``ph.dashboards()`` and the others give them.
    tiles : DataFrame
        ``ph.tiles()``; with every kind and layouts when they were read by SQL or by opening.
    details : DataFrame
        ``id`` of each dashboard whose tiles were all read.
    leftovers : DataFrame
        Tiles that no board shows because their insight is deleted: ``id, dashboard_id, name``.
    alerts : DataFrame
        ``id, name, insight_id, enabled, state, last_checked_at``.
    annotations : DataFrame
        Those on deleted dashboards: ``id, content, dashboard_id, date_marker``.
    history : DataFrame
        ``ph.history()`` of dashboards.
    queries : dict
        Insight id to a digest of its query.
    references : DataFrame
        ``ph.references(everywhere=True)``.
    fixed_ends : dict
        Insight id to the last day of a range that was fixed by hand.
    events, carried, objects : DataFrame
        When each event last arrived, which properties it carries, and which cohorts and actions
        were deleted: the frames of `Definitions`.
    waits : DataFrame
        ``dashboard_id, tile_id, seconds, cached, error`` of each streamed tile.
    """

    now: pd.Timestamp
    dashboards: pd.DataFrame
    insights: pd.DataFrame
    tiles: pd.DataFrame
    members: pd.DataFrame
    sharing: pd.DataFrame
    collaborators: pd.DataFrame
    details: pd.DataFrame
    waits: pd.DataFrame
    leftovers: pd.DataFrame = field(default_factory=LEFTOVERS.empty)
    alerts: pd.DataFrame = field(default_factory=ALERTS.empty)
    annotations: pd.DataFrame = field(default_factory=ANNOTATIONS.empty)
    history: pd.DataFrame = field(default_factory=HISTORY.empty)
    queries: dict[int, str] = field(default_factory=dict[int, str])
    references: pd.DataFrame = field(default_factory=REFERENCES.empty)
    fixed_ends: dict[int, str] = field(default_factory=dict[int, str])
    events: pd.DataFrame = field(default_factory=EVENTS.empty)
    carried: pd.DataFrame = field(default_factory=CARRIED.empty)
    objects: pd.DataFrame = field(default_factory=OBJECTS.empty)


Check = Callable[[Evidence, Settings], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule and its description."""

    name: str
    severity: Severity
    needs: tuple[Need, ...]
    proves: str
    spares: str
    suggestion: str
    peers: str
    check: Check

    @property
    def is_cheap(self) -> bool:
        """Whether it needs only lists: a few requests, and no dashboard is opened."""
        return CHEAP.issuperset(self.needs)

    @property
    def cost(self) -> str:
        """The most expensive of its needs, in words."""
        return COSTS[max(self.needs, key=list(COSTS).index)]


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    *,
    severity: Severity,
    needs: Sequence[Need],
    proves: str,
    spares: str,
    suggestion: str,
    peers: str = "none",
) -> Callable[[Check], Rule]:
    """Register a rule.

    Parameters
    ----------
    name : str
        Lowercase with hyphens, and unique.
    needs : sequence
        Keys of `COSTS`: what is read for it.
    proves : str
        What a finding means.
    spares : str
        What it does not report, to avoid false alarms.
    suggestion : str
        What to do.
    peers : str
        Other tools with this rule.
    """

    def register(check: Check) -> Rule:
        # A second registration would silently replace the first, wherever either was written.
        if name in RULES:
            raise ConfigurationError(f"A rule is already called {name!r}: choose another name.")
        if severity not in SEVERITIES:
            raise ConfigurationError(f"severity must be one of {', '.join(SEVERITIES)}.")
        if unknown := set(needs) - set(COSTS):
            raise ConfigurationError(f"{min(unknown)!r} can't be read: needs {', '.join(COSTS)}.")
        made = Rule(name, severity, tuple(needs), proves, spares, suggestion, peers, check)
        RULES[name] = made
        return made

    return register


def forget(name: str) -> None:
    """Unregister a rule, for example before a cell defines it again."""
    RULES.pop(name, None)
