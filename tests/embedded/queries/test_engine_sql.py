"""SQL that users write reaches our events and nothing else, and not for too long."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.duckdb import DuckDBEvents
from dashwidgets.embedded.events.engine import Engine, QueryError
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
