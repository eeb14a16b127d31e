"""SQL that users write reaches our events and nothing else, and not for too long."""

from __future__ import annotations

import resource
import time
from typing import Any

import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.duckdb import DuckDBEvents
from dashwidgets.embedded.events.engine import Engine, QueryError
from dashwidgets.embedded.events.isolated import IsolatedEvents
from dashwidgets.embedded.sample import events_path
from dashwidgets.embedded.server.serve import default_cache
from tests.embedded.queries.test_engine import VIEW, trends

SQL_REFUSED = [
    ("SELECT * FROM '/etc/passwd'", "Unknown table|Syntax"),
    ("SELECT * FROM read_csv('/etc/passwd')", "Unknown table"),
    ("SELECT * FROM duckdb_settings()", "Unknown table"),
    ("SELECT * FROM information_schema.tables", "Unknown table"),
    ("SELECT (SELECT count() FROM orders)", "Unknown table `orders`"),
    ("SELECT getenv('HOME')", "Unknown function"),
    ("SELECT nonsense(1)", "Unknown function `nonsense`"),
    ("COPY events TO '/tmp/x'", "Only SELECT|Syntax"),
    ("ATTACH '/tmp/x'", "Only SELECT|Syntax"),
    ("INSTALL httpfs", "Only SELECT|Syntax"),
    ("PRAGMA database_list", "Only SELECT|Syntax"),
    ("SET threads = 1", "Only SELECT|Syntax"),
    ("DROP TABLE events", "Only SELECT|Syntax"),
    ("SELECT 1; DROP TABLE events", "one statement|Syntax"),
    ("SELECT 1 IN (secrets)", "Unknown table"),
    ("SELECT 1 IN system.users", "Unknown table"),
    ("WITH orders AS (SELECT * FROM orders) SELECT * FROM orders", "Unknown table"),
    ("SELECT file('/etc/passwd')", "Unknown function"),
    ("SELECT currentUser()", "Unknown function"),
    ("SELECT 1 SETTINGS max_threads = 1", "not allowed|Unsupported"),
    ("SELECT", "Syntax|error"),
    ("SELECT " + "[" * 50_000, "Syntax|error"),
    ("SELECT " + "+".join("1" * 5_000), "depth|error"),
    ("SELECT " + "<a>" * 50_000, "Syntax"),
    ("SELECT " + "(" * 3000 + "1" + ")" * 3000, "Syntax|too deep|error"),
]


@pytest.mark.parametrize(("text", "says"), SQL_REFUSED, ids=range(len(SQL_REFUSED)))
def test_sql_reaches_no_file_and_no_setting(engine: Engine, text: str, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        engine.run({"kind": "HogQLQuery", "query": text})
    assert caught.value.user_visible
    assert engine.run(trends(VIEW)).result


def test_sql_has_a_row_limit_and_a_time_limit(engine: Engine) -> None:
    def run(text: str) -> Any:
        return engine.run({"kind": "HogQLQuery", "query": text})

    assert (len(run("SELECT event FROM events").result), run("SELECT 1").has_more) == (100, False)
    assert len(run("SELECT event FROM events LIMIT 100000").result) == 50_000
    quick = Engine(DuckDBEvents(str(events_path(default_cache())), now, timeout=0.2))
    endless = "SELECT count() FROM events a, events b, events c WHERE a.uuid > b.uuid"
    with pytest.raises(QueryError, match="took over") as caught:
        quick.run({"kind": "HogQLQuery", "query": endless})
    assert caught.value.code == "timeout"


EVENT = {"kind": "EventsNode", "event": "$pageview"}
ENDLESS = {
    "rows": "SELECT count() FROM events a, events b, events c WHERE a.uuid > b.uuid",
    "a list in one value": "SELECT length(arrayMap(x -> x * 2, range(10000000000)))",
    "lists of lists": "SELECT length(arrayMap(x -> arrayMap(y -> x * y, range(100000)), "
    "range(100000)))",
    "a text that doubles": "WITH "
    + ", ".join(
        [
            "t0 AS (SELECT 'text that doubles' AS v)",
            *(f"t{n} AS (SELECT concat(v, v) AS v FROM t{n - 1})" for n in range(1, 40)),
        ]
    )
    + " SELECT length(v) FROM t39",
}


@pytest.fixture(scope="module")
def bounded() -> Engine:
    return Engine(IsolatedEvents(str(events_path(default_cache())), now, timeout=2, grace=1))


@pytest.mark.parametrize("what", ENDLESS)
def test_the_bounds_hold_inside_one_operator_too(bounded: Engine, what: str) -> None:
    def run(text: str) -> Any:
        return bounded.run({"kind": "HogQLQuery", "query": text}).result

    run("SELECT 1")  # the process is there
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    with pytest.raises(QueryError) as caught:
        run(ENDLESS[what])
    assert caught.value.code in ("timeout", "memory", "query_failed")
    assert time.monotonic() - began < 30  # it went on for 81 s
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
    assert run("SELECT count() > 100000 FROM events") == [[True]]


LONG = "length(arrayMap(x -> x * 2, range(10000000000)))"
ANYWHERE: dict[str, dict[str, Any]] = {
    "a series' math": {"series": [EVENT | {"math": "hogql", "math_hogql": f"sum({LONG})"}]},
    "a breakdown": {
        "series": [EVENT],
        "breakdownFilter": {"breakdown": LONG, "breakdown_type": "hogql"},
    },
    "a filter": {
        "series": [EVENT],
        "properties": [{"type": "hogql", "key": f"{LONG} > 1", "value": None}],
    },
}


@pytest.mark.parametrize("where", ANYWHERE)
def test_the_bounds_hold_for_expressions_in_other_queries_too(bounded: Engine, where: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(QueryError) as caught:
        bounded.run({"kind": "TrendsQuery"} | ANYWHERE[where])
    assert caught.value.code in ("timeout", "memory", "query_failed")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_filters_and_variables_go_where_the_text_asks(engine: Engine) -> None:
    query = {
        "kind": "HogQLQuery",
        "query": "SELECT count() FROM events WHERE {filters} AND event = {variables.which}",
        "filters": {"properties": [{"key": "source", "value": "it's", "operator": "exact"}]},
        "variables": {"a": {"code_name": "which", "value": "' OR 1=1 --"}},
    }
    assert engine.run(query).result == [[0]]


def test_a_list_is_a_list_and_not_a_text_that_looks_like_one(engine: Engine) -> None:
    variables = {"a": {"code_name": "which", "value": ["signed_up", "it's", "created_board"]}}
    query = {
        "kind": "HogQLQuery",
        "query": "SELECT uniq(event) FROM events WHERE event IN {variables.which}",
        "variables": variables,
    }
    assert engine.run(query).result == [[2]]
