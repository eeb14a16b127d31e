"""ClickHouse itself computes where it is asked for, behind the same door as DuckDB."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import dashwidgets as dw
from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine, QueryError, open_events
from dashwidgets.embedded.events.isolated import open_chdb
from dashwidgets.embedded.sample import events_path
from dashwidgets.embedded.server.serve import default_cache
from tests.embedded.queries import small

TOP = {"kind": "HogQLQuery", "query": "SELECT topK(1)(event) AS top FROM events"}


@pytest.fixture(scope="module")
def exact() -> Engine:
    return Engine(open_events(events_path(default_cache()), now, "chdb"))


def test_a_function_that_duckdb_lacks_names_the_extra_and_runs_there(
    engine: Engine, exact: Engine
) -> None:
    with pytest.raises(QueryError, match=r"Unknown function `topK`.*dashwidgets\[exact\]"):
        engine.run(TOP)
    assert exact.run(TOP).result == [[["$pageview"]]]


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        ("(1, 'a')", [1, "a"]),
        ("CAST((1, 'a'), 'Tuple(`a b` UInt8, c String)')", [1, "a"]),
        ("map('a', toDate('2026-01-02'))", {"a": "2026-01-02"}),
        ("toDecimal64(1.5, 2)", "1.5"),
        ("[toDateTime64('2026-01-02 03:04:05', 6, 'UTC')]", ["2026-01-02T03:04:05Z"]),
        ("toLowCardinality('a')", "a"),
        ("18446744073709551615", 18446744073709551615),
        ("char(255)", "\ufffd"),
        ("nan", None),
    ],
)
def test_every_type_arrives(exact: Engine, text: str, is_: object) -> None:
    found = exact.run({"kind": "HogQLQuery", "query": f"SELECT {text} AS x"})
    assert found.result == [[is_]]


@pytest.mark.parametrize(
    "text", ["SELECT * FROM file('/etc/passwd')", "SELECT getSetting('max_threads')",
             "SELECT * FROM system.tables", "SELECT * FROM loaded.events_0"],
)  # fmt: skip
def test_sql_reaches_no_more_there(exact: Engine, text: str) -> None:
    with pytest.raises(QueryError, match="Unknown"):
        exact.run({"kind": "HogQLQuery", "query": text})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT count() FROM events a, events b, events c WHERE a.uuid > b.uuid",
        "SELECT arraySum(arrayMap(x -> arraySum(range(x % 5000)), range(3000000)))",
        "SELECT length(arrayMap(x -> arrayMap(y -> x * y, range(100000)), range(100000)))",
    ],
)
def test_time_and_memory_are_bounded_there_too(text: str) -> None:
    events = events_path(default_cache())
    bounded = Engine(open_chdb(str(events), now, patience=3))
    with pytest.raises(QueryError) as caught:
        bounded.run({"kind": "HogQLQuery", "query": text})
    assert caught.value.code in ("timeout", "memory", "query_failed")
    counted = {"kind": "HogQLQuery", "query": "SELECT count() > 100000 FROM events"}
    assert bounded.run(counted).result == [[True]]


def test_a_statement_that_failed_leaves_nothing_to_the_next(exact: Engine) -> None:
    broken = "SELECT count() FROM events WHERE match(event, concat(event, '[')) OR event = 'x'"
    for _ in range(3):
        with pytest.raises(QueryError, match="compile"):
            exact.run({"kind": "HogQLQuery", "query": broken})
        assert exact.run(TOP).result == [[["$pageview"]]]


def test_your_own_events_are_loaded(tmp_path: Path) -> None:
    path = small.write(tmp_path, [small.event("a", "05 10:30"), small.event("b", "06 11:00")])
    found = Engine(open_events(path, lambda: small.NOW, "chdb"))
    assert found.run({"kind": "HogQLQuery", "query": "SELECT uniq(person_id) FROM events"}).result
    with pytest.raises(ValueError, match="The events can't be read"):
        open_events(tmp_path / "none.parquet", now, "chdb")


def test_without_it_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chdb", None)
    with pytest.raises(ValueError, match=r"pip install \"dashwidgets\[exact\]\""):
        open_events("events.parquet", now, "chdb")


def test_an_engine_that_there_is_not_starts_nothing() -> None:
    with pytest.raises(dw.ConfigurationError, match="choose from duckdb, chdb"):
        dw.local(engine="postgres")
