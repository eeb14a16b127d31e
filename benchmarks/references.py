"""10,000 insights to the full frame of references: JSON queries alone, and a third of them SQL."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Measured
from dashwidgets.references.frame import Collected
from dashwidgets.references.sql.parse import is_exact

COUNT = 10_000
TARGET_JSON, TARGET_SQL = 0.5, 3.0
ROUNDS = 5

SQL = """WITH signups AS (
  SELECT person_id, min(timestamp) AS first_seen,
    any(properties.$browser) AS browser,
    any(person.properties.plan) AS plan
  FROM events
  WHERE event = 'event {n}'
    AND {{filters}}
  GROUP BY person_id
),
visits AS (
  SELECT person_id, count() AS views,
    countIf(properties.$pathname LIKE '/docs%') AS docs,
    uniq(toDate(timestamp)) AS days
  FROM events
  WHERE event IN ('$pageview', '$screen')
    AND timestamp > now() - INTERVAL 30 DAY
  GROUP BY person_id
)
SELECT
  signups.plan AS plan,
  signups.browser AS browser,
  count() AS people,
  round(avg(visits.views), 2) AS views,
  sum(visits.docs) AS docs,
  countIf(visits.days >= 2) / count() AS returning
FROM signups
LEFT JOIN visits ON visits.person_id = signups.person_id
WHERE signups.plan IS NOT NULL
GROUP BY plan, browser
ORDER BY people DESC
LIMIT 100"""


def trend(n: int) -> dict[str, Any]:
    """Two series, a sum, filters in groups, a cohort and a breakdown."""
    cohort = {"key": "id", "type": "cohort", "value": n % 20}
    plan = {"key": "plan", "type": "person", "value": "team", "operator": "exact"}
    browser = {"key": "$browser", "type": "event", "value": ["Chrome"], "operator": "exact"}
    first = {"kind": "EventsNode", "event": f"event {n % 300}", "math": "sum"}
    series = [
        first | {"math_property": f"property {n % 50}"},
        {"kind": "EventsNode", "event": "$pageview", "math": "dau", "properties": [browser]},
    ]
    inside = {"type": "AND", "values": [plan, cohort]}
    source = {
        "kind": "TrendsQuery",
        "series": series,
        "dateRange": {"date_from": "-30d"},
        "interval": "day",
        "properties": {"type": "AND", "values": [inside]},
        "breakdownFilter": {"breakdown": "$os", "breakdown_type": "event"},
        "trendsFilter": {"display": "ActionsLineGraph"},
    }
    return {"kind": "InsightVizNode", "source": source}


def insights(count: int, *, sql: bool) -> list[dict[str, Any]]:
    """Rows of the insights list, each on one dashboard."""
    rows: list[dict[str, Any]] = []
    for n in range(count):
        query = trend(n)
        if sql and n % 3 == 0:
            source = {"kind": "HogQLQuery", "query": SQL.format(n=n % 300)}
            query = {"kind": "DataVisualizationNode", "source": source}
        tiles = [{"id": n + 1, "dashboard_id": n % 500, "deleted": False}]
        rows.append({"id": n, "name": f"insight {n}", "query": query, "dashboard_tiles": tiles})
    return rows


def seconds(count: int, *, sql: bool, rounds: int = ROUNDS) -> tuple[float, int, float]:
    """The least processor time of some rounds, how many references there are, and a yardstick.

    The yardstick is Python's own ``json.loads`` of the same rows, in the same rounds: a busy
    machine slows both.
    """
    rows = insights(count, sql=sql)
    text = json.dumps(rows)
    boards = {n: {"name": f"board {n}"} for n in range(500)}
    best, found, yardstick = float("inf"), 0, float("inf")
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        json.loads(text)
        yardstick = min(yardstick, time.process_time() - began)
        gc.collect()
        began = time.process_time()
        collected = Collected(boards)
        collected.insights(rows)
        frame = collected.to_frame()
        best, found = min(best, time.process_time() - began), len(frame)
        assert not frame.attrs["unread"]
    return best, found, yardstick


def measure(quick: bool) -> Iterator[Measured]:
    count = COUNT // 20 if quick else COUNT
    for title, sql, target in (
        ("JSON queries", False, TARGET_JSON),
        ("a third of them SQL of 30 lines", True, TARGET_SQL),
    ):
        counts = is_exact() or not sql  # sqlglot's tree is a way out, not a way to be fast
        took, found, yardstick = seconds(
            count, sql=sql, rounds=ROUNDS if counts and not quick else 1
        )
        note = "" if counts else "without PostHog's parser, which brings the speed: no target"
        what = f"{count:,} insights, {title}"
        yield Measured(what, took, "s", target if counts else None, note=note)
        yield Measured(f"{what} / json.loads", took / yardstick, "ratio")
        yield Measured(f"{what}: references", found, "rows")
