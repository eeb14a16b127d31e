"""The sample's actions, cohorts and annotations; their ids are 1, 2, 3, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Definition = dict[str, Any]

# The order gives the ids, which queries of the sample name: new ones go to the end.
ACTIONS: tuple[Definition, ...] = (
    {
        "name": "Viewed pricing",
        "description": "Looked at the pricing page",
        "tags": ["growth"],
        "steps": [{"event": "$pageview", "url": "/pricing", "url_matching": "contains"}],
    },
    {
        "name": "Got started",
        "description": "Made a board or invited somebody",
        "tags": [],
        "steps": [{"event": "created_board"}, {"event": "invited_teammate"}],
    },
    {
        "name": "Bought a larger plan",
        "description": "Paid 29 or more",
        "tags": ["revenue"],
        "steps": [
            {
                "event": "upgraded_plan",
                "properties": [{"key": "revenue", "type": "event", "operator": "gte", "value": 29}],
            }
        ],
    },
)


def _all_of(*values: Definition) -> Definition:
    inner = {"type": "AND", "values": list(values)}
    return {"properties": {"type": "OR", "values": [inner]}}


COHORTS: tuple[Definition, ...] = (
    {
        "name": "Paying plans",
        "description": "On the team or the business plan",
        "is_static": False,
        "filters": _all_of(
            {"type": "person", "key": "plan", "operator": "exact", "value": ["team", "business"]}
        ),
    },
    {
        "name": "Came back often",
        "description": "Ten page views or more within 30 days",
        "is_static": False,
        "filters": _all_of(
            {
                "type": "behavioral",
                "key": "$pageview",
                "event_type": "events",
                "value": "performed_event_multiple",
                "operator": "gte",
                "operator_value": 10,
                "explicit_datetime": "-30d",
                "negation": False,
            }
        ),
    },
    {
        "name": "Design partners",
        "description": "Uploaded as a list",
        "is_static": True,
        "filters": {},
        "distinct_ids": [f"person-{number}" for number in range(0, 900, 9)],
    },
    {
        "name": "Got started, never paid",
        "description": "",
        "is_static": False,
        "filters": _all_of(
            {
                "type": "behavioral",
                "key": 2,
                "event_type": "actions",
                "value": "performed_event",
                "explicit_datetime": "-90d",
                "negation": False,
            },
            {
                "type": "behavioral",
                "key": "upgraded_plan",
                "event_type": "events",
                "value": "performed_event",
                "explicit_datetime": "-90d",
                "negation": True,
            },
        ),
    },
)


@dataclass(frozen=True)
class SampleAnnotation:
    """What somebody wrote at a moment; for one dashboard, or for the whole project."""

    content: str
    days_ago: int
    author: str
    dashboard: str | None = None


ANNOTATIONS: tuple[SampleAnnotation, ...] = (
    SampleAnnotation("New pricing page", 12, "tom@example.com"),
    SampleAnnotation("Larkspur 4.2 released", 5, "priya@example.com"),
    SampleAnnotation("Onboarding email went out", 3, "ines@example.com", "Growth overview"),
)
