"""ClickHouse's functions on DuckDB give what ClickHouse gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dashwidgets.embedded.events.engine import Engine, QueryError
from dashwidgets.embedded.queries.sql import dialect
from dashwidgets.embedded.queries.sql.dialect import MACROS, to_duckdb
from tests.embedded.queries.chdb_engine import assert_same, chdb_engine

EXPRESSIONS = (Path(__file__).parent / "functions.txt").read_text().splitlines()
"""One a line: of a time ``T`` and a day ``D``, or of the events when there is a ``#`` in front."""
SQL = Path(dialect.__file__).parent
TIME, DAY = "toDateTime('2026-03-04 15:16:17')", "toDate('2026-03-04')"


@pytest.fixture(scope="module")
def clickhouse() -> Engine:
    return chdb_engine()


def asked(line: str) -> dict[str, Any]:
    events, expression = line.startswith("#"), line.removeprefix("#")
    expression = re.sub(r"(?<![%'\w])T(?!\w)", TIME, expression)
    expression = re.sub(r"(?<![%'\w])D(?!\w)", DAY, expression)
    text = f"SELECT {expression} AS x{' FROM events' if events else ''}"
    return {"kind": "HogQLQuery", "query": text}


@pytest.mark.parametrize("line", EXPRESSIONS)
def test_a_function_gives_the_same(line: str, engine: Engine, clickhouse: Engine) -> None:
    ours, theirs = engine.run(asked(line)).result, clickhouse.run(asked(line)).result
    assert_same(ours, theirs)


def test_no_macro_stands_for_what_is_there_already() -> None:
    """sqlglot translates more functions with each version, and DuckDB has more."""
    made = re.findall(r'CREATE MACRO "?(\w+)"?\(([^)]*)\)', MACROS)
    written = "".join(path.read_text() for path in sorted(SQL.glob("*.py")))
    for name, parameters in made:
        needed = [one for one in parameters.split(",") if one and ":=" not in one]
        calls = [["a"] * len(needed), ["a"] * len(parameters.split(","))]
        found = [to_duckdb(f"SELECT {name}({', '.join(given)})") for given in calls]
        by_us = f'"{name}"' in written or MACROS.count(f"{name}(") > 1
        assert by_us or any(f"{name}(" in sql for sql in found), f"{name} is never called: {found}"


@pytest.mark.parametrize(
    "call",
    ["windowFunnel(3600)(timestamp, event = 'a')", "nonsense(1)", "topK(3)(event)", "arrayFold(1)",
     "formatReadableSize(1)", "toTypeName(1)", "toQuarter(timestamp)", "sumMap(event)"],
)  # fmt: skip
def test_a_function_that_is_not_there_is_named(call: str, engine: Engine) -> None:
    name = call.partition("(")[0]
    with pytest.raises(QueryError, match=f"Unknown function `{name}`") as caught:
        engine.run({"kind": "HogQLQuery", "query": f"SELECT 1 + length({call}) FROM events"})
    assert (caught.value.code, caught.value.user_visible) == ("unknown_function", True)
    assert "dashwidgets[exact]" in str(caught.value)


def test_a_function_of_several_values_needs_as_many_lists(engine: Engine) -> None:
    with pytest.raises(QueryError, match="A function of 2 values") as caught:
        engine.run({"kind": "HogQLQuery", "query": "SELECT arrayMap((x, y) -> x, [1])"})
    assert caught.value.user_visible


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "SELECT toStartOfMonth(timestamp),  length(event), dateDiff('day', timestamp, now()),"
            " if(1, 2, 3), 'a, b', properties.$browser FROM events",
            "toStartOfMonth(timestamp)|length(event)|dateDiff('day', timestamp, now())"
            "|if(1, 2, 3)|'a, b'|$browser",
        ),
        ("SELECT DISTINCT\n  count( ) , 1+1", "count( )|1+1"),
        ("SELECT count(), 2 UNION ALL SELECT 3, 4", "count()|2"),
        ("WITH x AS (SELECT 1 AS y, count() FROM events) SELECT * FROM x", "y|count()"),
        ("(SELECT count())", "count()"),
    ],
)  # fmt: skip
def test_a_column_is_called_what_was_written(text: str, names: str, engine: Engine) -> None:
    assert "|".join(engine.run({"kind": "HogQLQuery", "query": text}).columns or ()) == names
