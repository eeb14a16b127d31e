"""Neglected dashboards: stale, duplicated, without an owner, public, broken."""

from __future__ import annotations

from dashwidgets.embedded.sample.building_blocks import (
    INES,
    MARA,
    TOM,
    SampleDashboard,
    SampleTile,
    funnel,
    insight,
    series,
    sql,
    text,
    trends,
)

# On two boards: the audit finds the same content twice.
_CHECKOUT: tuple[SampleTile, ...] = (
    insight((0, 0, 6, 5), "Checkout steps", funnel("signed_up", "upgraded_plan", days=30)),
    insight((6, 0, 6, 5), "Upgrades", trends(series("upgraded_plan"))),
)

NEGLECTED = (
    SampleDashboard(
        "Checkout funnel",
        "From the pricing page to a paid plan",
        ("growth",),
        owner=TOM,
        created_days_ago=120,
        opened_days_ago=12,
        tiles=_CHECKOUT,
    ),
    SampleDashboard(
        "Checkout funnel (Copy)",
        "Copied for the pricing test",
        owner=TOM,
        creation_mode="duplicate",
        created_days_ago=80,
        opened_days_ago=49,
        tiles=_CHECKOUT,
    ),
    SampleDashboard(
        "Generated Dashboard: new-nav Usage",
        "Made with the feature flag new-nav",
        owner=MARA,
        created_days_ago=70,
        opened_days_ago=None,
        tiles=(insight((0, 0, 6, 5), "Views with new-nav", trends(series("$pageview"))),),
    ),
    SampleDashboard(
        "Old marketing site",
        "",
        owner=None,
        created_days_ago=600,
        opened_days_ago=410,
        tiles=(
            insight((0, 0, 6, 5), "Landing page views", trends(series("$pageview"))),
            text((6, 0, 6, 2), "Ask **Jo** before changing this. (Jo has left.)"),
        ),
    ),
    SampleDashboard(
        "Partner numbers",
        "Shared with resellers",
        ("external",),
        owner=INES,
        public=True,
        created_days_ago=420,
        opened_days_ago=240,
        tiles=(
            insight(
                (0, 0, 6, 5),
                "Upgrades by country",
                trends(
                    series("upgraded_plan"), by="$geoip_country_code", display="ActionsBarValue"
                ),
            ),
        ),
    ),
    SampleDashboard(
        "Orders (broken)",
        "Reads a table that was renamed",
        ("finance",),
        owner=MARA,
        created_days_ago=260,
        opened_days_ago=31,
        tiles=(
            text((0, 0, 12, 1), "The last tile has been failing since the rename."),
            insight((0, 1, 6, 5), "Upgrades a day", trends(series("upgraded_plan"))),
            insight(
                (6, 1, 6, 5),
                "Orders by plan",
                sql("SELECT plan, count() AS orders FROM orders GROUP BY plan"),
            ),
        ),
    ),
    SampleDashboard(
        "Untitled experiment",
        "",
        owner=INES,
        created_days_ago=20,
        opened_days_ago=19,
        tiles=(),
    ),
    SampleDashboard(
        "Pricing page test",
        "Notes while the test runs; charts follow when it ends",
        ("experiments",),
        owner=TOM,
        created_days_ago=15,
        opened_days_ago=14,
        tiles=(
            text(
                (0, 0, 6, 2),
                "**Hypothesis:** showing yearly prices first brings more upgrades. "
                "See the [brief](https://larkspur.example/briefs/pricing).",
            ),
        ),
    ),
)
