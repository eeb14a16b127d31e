"""Faults that an audit should find, each with a near miss that it should not."""

from __future__ import annotations

from dashwidgets.embedded.sample.building_blocks import (
    GWEN,
    INES,
    PRIYA,
    TOM,
    YESTERDAY,
    SampleDashboard,
    SampleTile,
    again,
    insight,
    series,
    text,
    trends,
)

_RETENTION = {
    "kind": "InsightVizNode",
    "source": {
        "kind": "RetentionQuery",
        "dateRange": {"date_from": "-30d", "date_to": YESTERDAY},
        "retentionFilter": {
            "period": "Week",
            "totalIntervals": 5,
            "retentionType": "retention_first_time",
            "targetEntity": {"id": "$pageview", "type": "events"},
            "returningEntity": {"id": "$pageview", "type": "events"},
        },
    },
}
_CALENDAR = {
    "kind": "InsightVizNode",
    "source": {
        "kind": "CalendarHeatmapQuery",
        "series": [series("$pageview")],
        "dateRange": {"date_from": "-30d", "date_to": YESTERDAY},
    },
}
_PACK = (
    again((0, 0, 6, 5), "Weekly actives"),
    again((6, 0, 6, 5), "Daily signups"),
    again((0, 5, 6, 5), "Signup funnel"),
    again((6, 5, 6, 5), "Browsers"),
)

FAULTS = (
    SampleDashboard(
        "Retention",
        "Who comes back, week by week",
        ("product",),
        owner=INES,
        created_days_ago=110,
        opened_days_ago=4,
        tiles=(
            insight((0, 0, 8, 6), "Weekly return", _RETENTION),
            again((8, 0, 4, 6), "Weekly actives"),
        ),
    ),
    SampleDashboard(
        "Hours of use",
        "A calendar of page views",
        ("product",),
        owner=PRIYA,
        created_days_ago=45,
        opened_days_ago=6,
        tiles=(insight((0, 0, 12, 6), "Views by hour and weekday", _CALENDAR),),
    ),
    SampleDashboard(
        # Two spaces and other capitals: for an audit the same name as "Checkout funnel".
        "checkout  FUNNEL",
        "Steps to a paid plan, for the support team",
        ("growth",),
        owner=PRIYA,
        created_days_ago=65,
        opened_days_ago=8,
        tiles=(again((0, 0, 4, 4), "Path to paying"),),
    ),
    SampleDashboard(
        "Hiring plan",
        "Numbers behind next year's headcount",
        ("people",),
        # She has left, and only who was invited may edit: nobody but an admin can.
        owner=GWEN,
        restriction_level=37,
        created_days_ago=380,
        opened_days_ago=60,
        tiles=(insight((0, 0, 6, 5), "Reports exported", trends(series("exported_report"))),),
    ),
    SampleDashboard(
        "Weekly report",
        "One note a week, and the number that matters",
        ("weekly",),
        owner=TOM,
        created_days_ago=170,
        opened_days_ago=7,
        tiles=(
            *(
                text((3 * (n % 4), n // 4, 3, 1), f"**Week {n + 1}:** see the minutes")
                # A near miss of a crowded board: many tiles, one of which is computed.
                for n in range(20)
            ),
            again((0, 5, 12, 5), "Weekly actives"),
        ),
    ),
    SampleDashboard(
        "Sprint notes",
        "Pinned during planning",
        ("product",),
        owner=PRIYA,
        created_days_ago=75,
        opened_days_ago=10,
        tiles=(
            text((0, 0, 6, 2), "**Goal:** fewer steps to the first board"),
            text((3, 1, 6, 2), "**Risk:** the new editor is late"),
            text((8, 5, 6, 2), "**Next:** invitations by link"),
            # Without a box, like a tile that was made over the API.
            SampleTile(None, text="**Later:** templates"),
        ),
    ),
    SampleDashboard(
        "Board pack",
        "Quarterly numbers for investors",
        ("external",),
        public=True,
        # An old password; the next board's is recent, and no finding.
        password_days_ago=500,
        created_days_ago=500,
        opened_days_ago=20,
        tiles=_PACK,
    ),
    SampleDashboard(
        "Status page",
        "Usage numbers for customers",
        ("external",),
        public=True,
        password_days_ago=30,
        created_days_ago=100,
        opened_days_ago=1,
        tiles=(*_PACK, again((0, 10, 6, 5), "Boards made")),
    ),
)

LOOSE = (insight((0, 0, 6, 5), "Exports, first draft", trends(series("exported_report"))),)
"""Insights on no dashboard."""
