"""Whatever a query holds, reading it does not fail, and nothing is left out silently."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashwidgets.references.frame import Collected
from dashwidgets.references.queries.kinds import references
from dashwidgets.references.rename import rename
from tests.references.labels import json_set


def row(key: int, query: Any, **more: Any) -> dict[str, Any]:
    tiles = [{"id": key, "dashboard_id": 1}]
    return {"id": key, "name": f"n{key}", "query": query, "dashboard_tiles": tiles} | more


def sql(text: Any) -> dict[str, Any]:
    return {"kind": "DataVisualizationNode", "source": {"kind": "HogQLQuery", "query": text}}


@pytest.mark.parametrize(
    ("query", "where"),
    [
        (None, ""),
        ("a text", ""),
        ([1], ""),
        ({"kind": "InsightVizNode"}, "/source"),
        ({"kind": "TomorrowQuery"}, ""),
        ({"kind": ["x"]}, ""),
        ({"kind": "TrendsQuery", "series": "x"}, "/series"),
        ({"kind": "TrendsQuery", "series": [3]}, "/series/0"),
        ({"kind": "TrendsQuery", "series": [{"kind": "NewNode"}]}, "/series/0"),
        ({"kind": "TrendsQuery", "properties": [{"type": "new", "key": "x"}]}, "/properties/0"),
        ({"kind": "TrendsQuery", "properties": "x"}, "/properties"),
        ({"kind": "TrendsQuery", "breakdownFilter": {"breakdown": 1.5}},
         "/breakdownFilter/breakdown"),
        ({"kind": "RetentionQuery", "retentionFilter": "x"}, "/retentionFilter"),
        ({"kind": "PathsQuery", "pathsFilter": 3}, "/pathsFilter"),
        ({"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "math_hogql": 3}]},
         "/series/0/math_hogql"),
        ({"kind": "TrendsQuery", "series": [{"type": "groups", "nodes": 3}]}, "/series/0/nodes"),
        ({"kind": "TrendsQuery", "series": [{"type": "new"}]}, "/series/0"),
        ({"kind": "HogQuery", "code": "return 1"}, "/code"),
        (sql("SELECT ("), "/source/query"),
        (sql({"a": 1}), "/source/query"),
        (sql("SELECT 1 WHERE " + "(" * 5000), "/source/query"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(query: Any, where: str) -> None:
    assert where in [one.pointer for one in references(query).unread]


def test_the_frame_counts_and_names_what_was_not_read() -> None:
    collected = Collected({1: {"name": "Board"}})
    collected.insights([row(1, sql("SELECT (")), row(2, {"kind": "Tomorrow"}), row(3, None)])
    frame = collected.to_frame()
    assert list(frame.attrs["unread"]) == ["insight 1 /source/query", "insight 2", "insight 3"]
    assert "Tomorrow" in frame.attrs["unread"]["insight 2"]


def test_known_names_are_found_in_sql_that_cannot_be_parsed() -> None:
    broken = sql("SELECT ((\nFROM events WHERE event = 'signed_up' AND properties.`a b` = 1")
    good = {
        "kind": "TrendsQuery",
        "series": [{"kind": "EventsNode", "event": "signed_up"}],
        "properties": [{"key": "a b", "type": "event"}],
    }
    collected = Collected({1: {"name": "Board"}})
    collected.insights([row(1, broken), row(2, good)])
    found = collected.to_frame().query("insight_id == 1")
    assert found[["kind", "name", "certain", "where"]].to_numpy().tolist() == [
        ["event", "signed_up", False, "/source/query:2:27"],
        ["event property", "a b", False, "/source/query:2:54"],
    ]
    alone = Collected({1: {}}, "signed_up")
    alone.insights([row(1, broken)])
    assert len(alone.to_frame()) == 1
    assert rename(broken, None, {"event"}, "signed_up", "x").refused


def test_a_large_text_is_read_in_time() -> None:
    cases = "\n".join(f"  countIf(event = 'event {n}') AS c{n}," for n in range(5000))
    text = f"SELECT\n{cases}\n  1 FROM events"
    assert len(text) > 200_000
    began = time.process_time()
    found = references(sql(text))
    assert time.process_time() - began < 10
    assert found.unread or len(found.references) == 5000


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [at, *(path for key, one in inside for path in paths(one, (*at, key)))]  # fmt: skip


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], by)
    return copy


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, 10_000), where=st.integers(0, 10_000), by=json)
def test_any_part_of_a_query_may_be_broken(at: int, where: int, by: Any) -> None:
    everything = json_set()
    _, query, legacy, _ = everything[at % len(everything)]
    whole: Any = query or legacy
    options = paths(whole)
    broken = replaced(whole, options[where % len(options)], by)
    found = references(broken) if query else references(None, broken)
    assert isinstance(found.references, list)
    rename(broken if query else None, None if query else broken, {"event"}, "signed_up", "x")


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet="SELECT event='x`\"(){}[].,\\%$ FROM🎉-\n/*", max_size=60))
def test_any_text_may_be_sql(text: str) -> None:
    found = references(sql(text))
    assert text.strip() == "" or found.unread or found.references is not None
