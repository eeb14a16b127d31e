"""A dashboard whose every tile is real work: ninety days, unique people, many groups."""

from __future__ import annotations

from dashwidgets.embedded.sample.building_blocks import (
    SampleDashboard,
    funnel,
    insight,
    series,
    sql,
    text,
    trends,
)

_SINCE = "-89d"

# For benchmarks and for watching tiles arrive: in DuckDB its tiles take from milliseconds to
# seconds.
HEAVY = SampleDashboard(
    "Heavy board",
    "Ninety days, and every hard question at once",
    ("heavy",),
    created_days_ago=60,
    opened_days_ago=9,
    tiles=(
        text((0, 0, 12, 1), "### Ninety days of everything\nEach tile asks a hard question."),
        insight(
            (0, 1, 8, 5),
            "Active people, 30 days rolling",
            trends(series("$pageview", "monthly_active"), since=_SINCE, by="$browser"),
        ),
        insight(
            (8, 1, 4, 5),
            "Whole journey",
            funnel(
                *("$pageview", "signed_up", "created_board", "invited_teammate", "upgraded_plan"),
                since=_SINCE,
                days=60,
            ),
        ),
        insight(
            (0, 6, 6, 5),
            "Weekly retention",
            sql(
                "SELECT toDate(toStartOfWeek(first_seen)) AS cohort, uniq(person_id) AS people, "
                "uniqIf(person_id, age BETWEEN 7 AND 13) AS week_1, "
                "uniqIf(person_id, age BETWEEN 14 AND 20) AS week_2, "
                "uniqIf(person_id, age BETWEEN 21 AND 27) AS week_3, "
                "uniqIf(person_id, age BETWEEN 28 AND 34) AS week_4 FROM "
                "(SELECT a.person_id, first_seen, dateDiff('day', first_seen, timestamp) AS age "
                "FROM events AS a JOIN (SELECT person_id, min(timestamp) AS first_seen "
                "FROM events GROUP BY person_id) AS b ON a.person_id = b.person_id) AS ages "
                "GROUP BY cohort ORDER BY cohort"
            ),
        ),
        insight(
            (6, 6, 6, 5),
            "Pages seen by the same people",
            sql(
                "SELECT a.properties.$pathname AS page, b.properties.$pathname AS later_page, "
                "count() AS times, uniq(a.person_id) AS people FROM events AS a "
                "JOIN events AS b ON a.person_id = b.person_id AND b.timestamp > a.timestamp "
                "AND b.timestamp < a.timestamp + toIntervalDay(7) "
                "WHERE a.event = '$pageview' AND b.event = '$pageview' "
                "GROUP BY page, later_page ORDER BY times DESC, page, later_page LIMIT 50"
            ),
        ),
        insight(
            (0, 11, 6, 5),
            "Active people by country, 30 days rolling",
            trends(
                series("$pageview", "monthly_active"),
                since=_SINCE,
                by="$geoip_country_code",
                limit=10,
            ),
        ),
        insight(
            (6, 11, 6, 5),
            "Active people by page, 30 days rolling",
            trends(
                series("$pageview", "monthly_active"),
                since=_SINCE,
                interval="week",
                by="$pathname",
                limit=8,
                display="ActionsBar",
            ),
        ),
        insight(
            (0, 16, 3, 3),
            "First reports, 90 days",
            trends(
                series("exported_report", "first_time_for_user"),
                since=_SINCE,
                display="BoldNumber",
            ),
        ),
        insight(
            (3, 16, 9, 5),
            "Active people by channel, 30 days rolling",
            trends(series(None, "monthly_active"), since=_SINCE, by="channel"),
        ),
        insight(
            (0, 21, 6, 5),
            "Conversion by country",
            funnel(
                *("$pageview", "signed_up", "created_board"),
                since="-59d",
                days=30,
                by="$geoip_country_code",
            ),
        ),
        insight(
            (6, 21, 6, 5),
            "Busiest people",
            sql(
                "SELECT person_id, count() AS events, uniq($session_id) AS sessions, "
                "uniq(toDate(timestamp)) AS days, max(hours) AS longest_break_hours FROM "
                "(SELECT person_id, $session_id, timestamp, dateDiff('hour', min(timestamp) OVER "
                "(PARTITION BY person_id ORDER BY timestamp, uuid "
                "ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING), timestamp) AS hours FROM events) "
                "AS visits GROUP BY person_id ORDER BY events DESC, person_id LIMIT 20"
            ),
        ),
    ),
)
