"""A board about how people move: between them its tiles depend on names in every role there is."""

from __future__ import annotations

from dashwidgets.embedded.sample.building_blocks import (
    INES,
    YESTERDAY,
    Query,
    SampleDashboard,
    funnel,
    insight,
    series,
    trends,
)

_DAYS = {"date_from": "-30d", "date_to": YESTERDAY}
# Cohorts and actions by number, as PostHog stores them: the order of `definitions.py`.
_PAYING = {"type": "cohort", "key": "id", "value": 1, "operator": "in"}
_ON_TEAM = {"type": "person", "key": "plan", "operator": "exact", "value": ["team"]}
_PRICING: Query = {"kind": "ActionsNode", "id": 1, "name": "Viewed pricing", "math": "dau"}
_WITHOUT_EXPORT: Query = {
    "kind": "EventsNode",
    "event": "exported_report",
    "funnelFromStep": 0,
    "funnelToStep": 1,
}
_PATHS: Query = {
    "kind": "InsightVizNode",
    "source": {
        "kind": "PathsQuery",
        "dateRange": _DAYS,
        "pathsFilter": {
            "includeEventTypes": ["custom_event"],
            "startPoint": "signed_up",
            "endPoint": "created_board",
            "excludeEvents": ["exported_report"],
            "stepLimit": 4,
            "edgeLimit": 20,
        },
    },
}
_RETENTION: Query = {
    "kind": "InsightVizNode",
    "source": {
        "kind": "RetentionQuery",
        "dateRange": _DAYS,
        "retentionFilter": {
            "period": "Week",
            "totalIntervals": 5,
            "retentionType": "retention_first_time",
            "targetEntity": {"id": "signed_up", "type": "events"},
            "returningEntity": {"id": 2, "type": "actions"},
        },
    },
}
_WEB: Query = {
    "kind": "InsightVizNode",
    "source": {
        "kind": "WebOverviewQuery",
        "dateRange": _DAYS,
        "properties": [],
        "conversionGoal": {"customEventName": "signed_up"},
    },
}

JOURNEYS = (
    SampleDashboard(
        "Customer journeys",
        "How people find a plan that fits, and what they do before",
        ("product",),
        owner=INES,
        created_days_ago=60,
        opened_days_ago=1.5,
        tiles=(
            insight(
                (0, 0, 6, 5),
                "Looked at pricing",
                trends(_PRICING, series("upgraded_plan", "dau", properties=[_ON_TEAM])),
            ),
            insight(
                (6, 0, 6, 5),
                "Paying without a report",
                funnel("created_board", "upgraded_plan", days=30, exclusions=[_WITHOUT_EXPORT]),
            ),
            insight((0, 5, 6, 5), "From signing up to a first board", _PATHS),
            insight((6, 5, 6, 5), "Signed up, then got started", _RETENTION),
            insight((0, 10, 6, 3), "Visits that end in an account", _WEB),
            insight(
                (6, 10, 6, 3),
                "Sessions of paying customers",
                trends(
                    series("$pageview", "unique_session", properties=[_PAYING]), interval="week"
                ),
            ),
        ),
    ),
)
