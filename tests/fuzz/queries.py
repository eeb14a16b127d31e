"""Random events and random queries of every kind: DuckDB and ClickHouse must agree on them."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from dashwidgets.embedded.events.clickhouse import ClickHouseEvents
from dashwidgets.embedded.events.duckdb import DuckDBEvents
from dashwidgets.embedded.events.engine import Engine
from dashwidgets.embedded.queries.problem import QueryError
from tests.embedded.queries.chdb_engine import assert_same, chdb_session
from tests.embedded.queries.small import NOW, write

Json = dict[str, Any]
NAMES = ("$pageview", "signed_up", "paid")
BROWSERS = (None, "Chrome", "Safari", "it's \\", "")
SITE = "https://site.example"
START = datetime(2026, 3, 1)


def rarely(what: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.none(), what)


def some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """An object with some of its parts: what is None is left out."""
    return st.fixed_dictionaries(parts).map(
        lambda one: {name: value for name, value in one.items() if value is not None}
    )


def events() -> st.SearchStrategy[list[Json]]:
    """Up to sixty events of a few people; no two at the same second: their order would be open."""
    row = st.fixed_dictionaries(
        {
            "event": st.sampled_from(NAMES),
            "person_id": st.sampled_from(["ada", "bo", "cy", "dee", "eve"]),
            "browser": st.sampled_from(BROWSERS),
            "amount": st.sampled_from([None, 0.0, 1.5, -3.0, 1e6]),
            "plan": st.sampled_from([None, "free", "team"]),
            "$session_id": st.sampled_from([None, "s1", "s2", "s3"]),
            "url": st.sampled_from([f"{SITE}/", f"{SITE}/docs", f"{SITE}/a?b=1"]),
        }
    )
    second = st.integers(0, 19 * 24 * 60).map(lambda minute: minute * 60 + minute % 59)
    seconds = st.lists(second, min_size=1, max_size=60, unique=True)
    return seconds.flatmap(
        lambda found: st.lists(row, min_size=len(found), max_size=len(found)).map(
            lambda rows: [
                one
                | {
                    "timestamp": START + timedelta(seconds=at),
                    "distinct_id": f"{one['person_id']}-device",
                    "pathname": one["url"].removeprefix(SITE),
                }
                for one, at in zip(rows, found, strict=True)
            ]
        )
    )


FILTERS = st.one_of(
    st.builds(
        lambda operator, value: {
            "key": "$browser", "type": "event", "operator": operator, "value": value,
        },
        st.sampled_from(["exact", "is_not", "icontains", "not_icontains"]),
        st.sampled_from(["Chrome", "chr", "it's \\", "^S", ""]),
    ),
    # Patterns that are valid: ClickHouse refuses others only where there is a value to match.
    st.builds(
        lambda operator, value: {
            "key": "$browser", "type": "event", "operator": operator, "value": value,
        },
        st.sampled_from(["regex", "not_regex"]),
        st.sampled_from(["Chrome", "(?i)chr", r"it's \\", "^S", "", "a|b", "."]),
    ),
    st.builds(
        lambda operator, value: {
            "key": "amount", "type": "event", "operator": operator, "value": value,
        },
        st.sampled_from(["gt", "lt", "gte", "lte", "exact", "is_not", "is_set", "is_not_set"]),
        st.sampled_from([0, 1.5, -3, 7]),
    ),
    st.builds(
        lambda value: {"key": "plan", "type": "person", "operator": "exact", "value": value},
        st.sampled_from(["free", "team", ["free", "team"]]),
    ),
    st.just({"type": "hogql", "key": "toHour(timestamp) > 11", "value": None}),
)  # fmt: skip
PROPERTIES = rarely(st.lists(FILTERS, min_size=1, max_size=2))
DATES = st.builds(
    lambda begin, end: {"date_from": begin, "date_to": end},
    st.sampled_from(["-19d", "-7d", "2026-03-02", "mStart", "all"]),
    st.sampled_from([None, "-1d", "2026-03-18"]),
)
INTERVAL = rarely(st.sampled_from(["hour", "day", "week", "month"]))
BREAKDOWN = rarely(
    st.one_of(
        st.builds(
            lambda limit: {
                "breakdown": "$browser", "breakdown_type": "event", "breakdown_limit": limit,
            },
            st.sampled_from([1, 2, 25]),
        ),
        st.just({"breakdown": "plan", "breakdown_type": "person"}),
        st.just({"breakdown": "toHour(timestamp) % 3", "breakdown_type": "hogql"}),
        st.just({"breakdowns": [{"property": "$browser"}, {"property": "$pathname"}]}),
    )
)  # fmt: skip
COMPARE = rarely(st.just({"compare": True}))
MATHS = ("total", "dau", "weekly_active", "unique_session", "first_time_for_user")
MATHS += ("avg_count_per_actor", "max_count_per_actor")
NUMBERS = ("sum", "avg", "min", "max", "median", "p90")
NODE = some(
    kind=st.just("EventsNode"), event=st.sampled_from([*NAMES, None]), properties=PROPERTIES
)
SERIES = st.one_of(
    st.builds(lambda node, math: node | {"math": math}, NODE, st.sampled_from(MATHS)),
    st.builds(
        lambda node, math: node | {"math": math, "math_property": "amount"},
        NODE,
        st.sampled_from(NUMBERS),
    ),
    st.builds(lambda node: node | {"math": "hogql", "math_hogql": "count() / 2"}, NODE),
)


def kind(name: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return some(kind=st.just(name), dateRange=DATES, properties=PROPERTIES, **parts)


DISPLAYS = ("ActionsLineGraph", "ActionsPie", "BoldNumber", "ActionsTable", "WorldMap")
TRENDS = kind(
    "TrendsQuery",
    series=st.lists(SERIES, min_size=1, max_size=2),
    interval=INTERVAL,
    breakdownFilter=BREAKDOWN,
    compareFilter=COMPARE,
    trendsFilter=rarely(
        some(
            display=st.sampled_from(DISPLAYS),
            formula=rarely(st.sampled_from(["A * 2", "A / (A + 1)"])),
        )
    ),
)
FUNNELS = kind(
    "FunnelsQuery",
    series=st.lists(NODE, min_size=2, max_size=3),
    breakdownFilter=BREAKDOWN,
    funnelsFilter=some(
        funnelOrderType=rarely(st.sampled_from(["ordered", "strict", "unordered"])),
        funnelVizType=rarely(st.sampled_from(["steps", "trends", "time_to_convert"])),
        funnelWindowInterval=rarely(st.sampled_from([1, 14])),
        funnelWindowIntervalUnit=rarely(st.sampled_from(["hour", "day"])),
        breakdownAttributionType=rarely(
            st.sampled_from(["first_touch", "last_touch", "all_events"])
        ),
    ),
)
RETENTION = kind(
    "RetentionQuery",
    retentionFilter=some(
        period=rarely(st.sampled_from(["Hour", "Day", "Week", "Month"])),
        totalIntervals=st.sampled_from([2, 5, 8]),
        retentionType=rarely(
            st.sampled_from(["retention_recurring", "retention_first_time"])
        ),
        targetEntity=rarely(st.sampled_from([{"id": name} for name in NAMES])),
        returningEntity=rarely(st.sampled_from([{"id": name} for name in NAMES])),
        cumulative=rarely(st.just(True)),
        minimumOccurrences=rarely(st.just(2)),
    ),
)  # fmt: skip
PATHS = kind(
    "PathsQuery",
    pathsFilter=some(
        includeEventTypes=rarely(st.sampled_from([["$pageview"], ["$pageview", "custom_event"]])),
        stepLimit=rarely(st.sampled_from([2, 4])),
        startPoint=rarely(st.just(f"{SITE}/docs")),
        minEdgeWeight=rarely(st.just(2)),
    ),
)
STICKINESS = kind(
    "StickinessQuery",
    series=st.lists(NODE, min_size=1, max_size=2),
    interval=rarely(st.sampled_from(["day", "week"])),
    compareFilter=COMPARE,
)
LIFECYCLE = kind(
    "LifecycleQuery",
    series=st.lists(NODE, min_size=1, max_size=1),
    interval=rarely(st.sampled_from(["day", "week", "month"])),
)
TABLE = some(
    kind=st.just("EventsQuery"),
    after=st.just("all"),
    properties=PROPERTIES,
    event=rarely(st.sampled_from(NAMES)),
    select=st.sampled_from(
        [["event", "count()"], ["timestamp", "properties.$browser"], ["event", "max(timestamp)"]]
    ),
).map(lambda one: one | {"orderBy": [one["select"][0]]})
SQL = st.sampled_from(
    [
        "SELECT event, count(), uniq(person_id) FROM events GROUP BY event ORDER BY event",
        "SELECT person_id, min(timestamp), max(properties.amount) FROM events "
        "GROUP BY 1 ORDER BY 1",
        "SELECT a.event, count() FROM events a JOIN events b ON a.person_id = b.person_id "
        "WHERE a.timestamp < b.timestamp GROUP BY 1 ORDER BY 1",
        "SELECT toStartOfWeek(timestamp) AS w, countIf(event = 'paid') FROM events "
        "GROUP BY w ORDER BY w",
        "SELECT properties.$browser AS b, avg(properties.amount) FROM events GROUP BY b "
        "ORDER BY b NULLS FIRST",
        "SELECT count() FROM persons WHERE properties.plan = 'team'",
    ]
).map(lambda text: {"kind": "HogQLQuery", "query": text})
OVERVIEW = kind("WebOverviewQuery", compareFilter=COMPARE)
STATS = kind(
    "WebStatsTableQuery", breakdownBy=st.sampled_from(["Page", "Browser", "InitialPage"])
)  # fmt: skip
KINDS: dict[str, st.SearchStrategy[Json]] = {
    "trends": TRENDS, "funnels": FUNNELS, "retention": RETENTION, "paths": PATHS,
    "stickiness": STICKINESS, "lifecycle": LIFECYCLE, "table": TABLE, "sql": SQL,
    "overview": OVERVIEW, "stats": STATS,
}  # fmt: skip


class Two:
    """Both engines over the same events."""

    def __init__(self, rows: list[Json]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(Path(folder), rows)
            self._duckdb = Engine(DuckDBEvents(str(path), lambda: NOW))
            run = chdb_session()
            run.execute("CREATE DATABASE IF NOT EXISTS fuzz ENGINE = Atomic")
            run.execute("DROP TABLE IF EXISTS fuzz.events")
            run.execute(
                "CREATE TABLE fuzz.events ENGINE = MergeTree ORDER BY tuple() AS "
                f"SELECT * FROM file('{path}')"
            )
            self._clickhouse = Engine(ClickHouseEvents(run, "fuzz.events", lambda: NOW))

    def agree_on(self, query: Json) -> None:
        """Assert that both give the same, or refuse in the same way."""
        ours, theirs = (self._outcome(one, query) for one in (self._duckdb, self._clickhouse))
        assert type(ours) is type(theirs), (ours, theirs)
        if isinstance(ours, QueryError) and isinstance(theirs, QueryError):
            assert ours.code == theirs.code, (ours, theirs)
        else:
            assert_same(ours, theirs)

    def _outcome(self, engine: Engine, query: Json) -> Any:
        try:
            return engine.run(query).result
        except QueryError as error:
            return error
