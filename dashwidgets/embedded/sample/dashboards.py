"""Dashboards of a team that looks after its product."""

from __future__ import annotations

from dashwidgets.embedded.sample.building_blocks import (
    INES,
    PRIYA,
    TOM,
    SampleDashboard,
    funnel,
    insight,
    series,
    sql,
    text,
    trends,
)

# The order gives the ids, and a tile that is shown `again` needs its board before it: new boards go
# to the end of the sample.
PRODUCT = (
    SampleDashboard(
        "Growth overview",
        "Where we stand, for the Monday review",
        ("growth", "weekly"),
        pinned=True,
        created_days_ago=320,
        opened_days_ago=0.1,
        tiles=(
            text((0, 0, 12, 1), "## Growth\nEverything on this board is **synthetic**."),
            insight(
                (0, 1, 3, 3),
                "Weekly actives",
                trends(
                    series("$pageview", "weekly_active"),
                    since="-7d",
                    display="BoldNumber",
                    compare=True,
                ),
                color="blue",
            ),
            insight(
                (3, 1, 9, 5),
                "Daily signups",
                trends(series("signed_up"), by="source"),
                description="New accounts a day, by where they signed up",
            ),
            insight(
                (0, 4, 3, 2),
                "Signups, 30 days",
                trends(series("signed_up"), display="BoldNumber"),
            ),
            insight(
                (0, 6, 4, 5),
                "Signup funnel",
                funnel("$pageview", "signed_up", "created_board", "invited_teammate"),
            ),
            insight(
                (4, 6, 4, 5),
                "Browsers",
                trends(series("$pageview", "dau"), display="ActionsBarValue", by="$browser"),
            ),
            insight(
                (8, 6, 4, 5),
                "Signups by country",
                sql(
                    "SELECT properties.$geoip_country_code AS country, count() AS signups, "
                    "uniq(person_id) AS people FROM events WHERE event = 'signed_up' AND {filters} "
                    "GROUP BY country ORDER BY signups DESC, country"
                ),
            ),
        ),
    ),
    SampleDashboard(
        "Acquisition by channel",
        "Which channels bring people who stay",
        ("growth", "marketing"),
        owner=TOM,
        created_days_ago=210,
        opened_days_ago=2,
        tiles=(
            insight(
                (0, 0, 8, 5),
                "Visitors by channel",
                trends(
                    series("$pageview", "dau"), by="channel", display="ActionsBar", since="-14d"
                ),
            ),
            insight(
                (8, 0, 4, 5),
                "Signups by channel",
                trends(series("signed_up", "dau"), by="channel", display="ActionsBarValue"),
            ),
            insight(
                (0, 5, 12, 4),
                "Referrers",
                sql(
                    "SELECT properties.$referring_domain AS referrer, uniq(person_id) AS visitors, "
                    "uniqIf(person_id, event = 'signed_up') AS signups FROM events "
                    "WHERE {filters} GROUP BY referrer ORDER BY visitors DESC"
                ),
            ),
        ),
    ),
    SampleDashboard(
        "Activation",
        "From the first visit to the first board",
        ("product", "core"),
        owner=INES,
        pinned=True,
        created_days_ago=150,
        opened_days_ago=0.6,
        tiles=(
            insight(
                (0, 0, 6, 5),
                "First board within a day",
                funnel("signed_up", "created_board", days=1),
            ),
            insight(
                (6, 0, 6, 5),
                "Boards made",
                trends(series("created_board"), series("invited_teammate")),
            ),
            text((0, 5, 12, 1), "Release 4.0 made the signup form shorter, a month ago."),
        ),
    ),
    SampleDashboard(
        "Revenue",
        "Upgrades and what they bring",
        ("finance",),
        restriction_level=37,
        created_days_ago=280,
        opened_days_ago=5,
        tiles=(
            insight(
                (0, 0, 3, 3),
                "Revenue, 30 days",
                trends(
                    series("upgraded_plan", "sum", math_property="revenue"),
                    display="BoldNumber",
                    compare=True,
                ),
            ),
            insight(
                (3, 0, 9, 5),
                "Revenue a week",
                trends(
                    series("upgraded_plan", "sum", math_property="revenue"),
                    interval="week",
                    since="-84d",
                    display="ActionsBar",
                ),
            ),
            insight((0, 5, 6, 4), "Path to paying", funnel("signed_up", "upgraded_plan", days=30)),
        ),
    ),
    SampleDashboard(
        "Web vitals",
        "Largest contentful paint by page",
        ("web", "perf"),
        owner=PRIYA,
        created_days_ago=90,
        opened_days_ago=5,
        tiles=(
            insight(
                (0, 0, 8, 5),
                "LCP, 90th percentile",
                trends(series("$web_vitals", "p90", math_property="lcp_ms")),
            ),
            insight(
                (8, 0, 4, 5),
                "LCP by page",
                sql(
                    "SELECT properties.$pathname AS page, round(quantile(0.9)(properties.lcp_ms)) "
                    "AS p90_ms, count() AS samples FROM events WHERE event = '$web_vitals' "
                    "AND {filters} GROUP BY page ORDER BY p90_ms DESC"
                ),
            ),
        ),
    ),
    SampleDashboard(
        "Launch week",
        "Day by day numbers for 4.0",
        ("launch",),
        owner=INES,
        created_days_ago=35,
        opened_days_ago=3,
        tiles=(
            insight(
                (0, 0, 12, 5),
                "Signups by hour",
                trends(series("signed_up"), since="-3d", interval="hour"),
            ),
            insight(
                (0, 5, 6, 4),
                "Share who sign up",
                trends(series("signed_up", "dau"), series("$pageview", "dau"), formula="A/B*100"),
            ),
        ),
    ),
)
