"""SQL is read by PostHog's own parser where it installs; elsewhere sqlglot reads less."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.embedded.events.engine import Definitions, Engine, QueryError
from dashwidgets.embedded.queries.sql.posthog import parser

TEAM = {"type": "person", "key": "plan", "value": "team", "operator": "exact"}
DEFINITIONS = Definitions(
    actions={3: {"id": 3, "name": "Viewed a page", "steps": [{"event": "$pageview"}]}},
    cohorts={5: {"id": 5, "name": "Teams", "filters": {"properties": TEAM}}},
)

needs_parser = pytest.mark.skipif(
    not parser.is_installed(), reason="PostHog's parser does not install here"
)


@pytest.fixture
def without_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "_module", lambda: None)


def ask(engine: Engine, text: str, **more: Any) -> list[list[Any]]:
    return engine.run({"kind": "HogQLQuery", "query": text} | more, DEFINITIONS).result


SAME = [
    ("SELECT count() FROM events WHERE equals(event, 'signed_up')",
     "SELECT count() FROM events WHERE event = 'signed_up'"),
    ("SELECT count() FROM events WHERE matchesAction('Viewed a page')",
     "SELECT count() FROM events WHERE event = '$pageview'"),
    ("SELECT count() FROM events WHERE matchesAction(3)",
     "SELECT count() FROM events WHERE event = '$pageview'"),
    ("SELECT count() FROM persons WHERE id IN COHORT 'Teams'",
     "SELECT count() FROM persons WHERE properties.plan = 'team'"),
    ("SELECT count() FROM persons WHERE id NOT IN COHORT 5",
     "SELECT countIf(coalesce(properties.plan, '') != 'team') FROM persons"),
    ("SELECT count() FROM events WHERE event = {name}",
     "SELECT count() FROM events WHERE event = 'signed_up'"),
    ("SELECT count() FROM events WHERE properties.revenue = NULL",
     "SELECT count() FROM events WHERE properties.revenue IS NULL"),
    ("SELECT count() FROM events WHERE properties.source != 'x'",
     "SELECT count() FROM events WHERE properties.source IS NULL OR properties.source != 'x'"),
    ("SELECT count() FROM events WHERE NOT (properties.source = 'x')",
     "SELECT count() FROM events WHERE properties.source IS NULL OR properties.source != 'x'"),
    ("SELECT count() FROM events WHERE events.properties['$browser'] =~ '^Chr'",
     "SELECT countIf(startsWith(properties.$browser, 'Chr')) FROM events"),
    ("SELECT CASE WHEN 1 > 2 THEN 'a' WHEN 2 > 1 THEN 'b' ELSE 'c' END", "SELECT 'b'"),
    ("SELECT f'{1 + 1} b', 'it''s', 5::float, (1, 2).2, [1, 2][2], -3",
     "SELECT '2 b', 'it\\'s', 5.0, 2, 2, -3"),
]  # fmt: skip


@needs_parser
@pytest.mark.parametrize(("written", "means"), SAME, ids=[one for one, _ in SAME])
def test_hogql_means_what_posthog_says(engine: Engine, written: str, means: str) -> None:
    found = ask(engine, written, values={"name": "signed_up"})
    assert found == ask(engine, means)
    assert found[0][0], "nothing was compared"


@needs_parser
def test_expressions_are_read_alike(engine: Engine) -> None:
    def total(**math: Any) -> Any:
        series = {"kind": "EventsNode", "event": "$pageview", "math": "hogql"} | math
        query = {"kind": "TrendsQuery", "series": [series], "dateRange": {"date_from": "-5d"}}
        return engine.run(query).result[0]["data"]

    told = total(math_hogql="countIf(equals(properties.$browser, 'Chrome'))")
    assert told == total(math_hogql="countIf(properties.`$browser` = 'Chrome')")
    assert sum(told)
    for wrong in ("count() FROM events", "max(session.$session_duration)", "count(), 1",
                  "countIf(person_id IN COHORT 5)", "count()) --"):  # fmt: skip
        with pytest.raises(QueryError) as caught:
            total(math_hogql=wrong)
        assert caught.value.user_visible


@needs_parser
def test_a_mistake_is_told_with_its_place(engine: Engine) -> None:
    with pytest.raises(QueryError, match="line 2, column") as caught:
        ask(engine, "SELECT event\nevents WHERE WHERE 1")
    assert (caught.value.code, caught.value.user_visible) == ("syntax_error", True)


@needs_parser
@pytest.mark.parametrize(
    "text",
    ["SELECT 1 FROM events SAMPLE 0.1", "SELECT event FROM events ORDER BY event WITH FILL",
     "SELECT event, count() FROM events GROUP BY ROLLUP(event)",
     "SELECT columns('e') FROM events", "SELECT event::nothing FROM events",
     "SELECT `f(` (1) FROM events", "SELECT 1 FROM (VALUES (1)) AS t"],
)  # fmt: skip
def test_what_is_not_written_is_named(engine: Engine, text: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(engine, text)
    assert caught.value.user_visible


@needs_parser
@pytest.mark.parametrize(
    "text", ["SELECT 1 FROM events" + " JOIN events ON 1 = 1" * 200, "SELECT " + "- " * 5000 + "1"]
)
def test_what_would_keep_the_parser_busy_is_refused_at_once(engine: Engine, text: str) -> None:
    with pytest.raises(QueryError, match="at most 1000 operators"):
        ask(engine, text)


@needs_parser
def test_nested_comparisons_do_not_grow_without_end(engine: Engine) -> None:
    text = "(properties.plan = 'team')"
    for _ in range(20):
        text = f"({text} = (properties.source = event))"
    assert ask(engine, f"SELECT count() FROM events WHERE {text}")


def test_sqlglot_reads_where_the_parser_is_not(engine: Engine, without_parser: None) -> None:
    text = "SELECT count() FROM events WHERE event = {variables.which}"
    variables = {"a": {"code_name": "which", "value": "signed_up"}}
    assert ask(engine, text, variables=variables)[0][0] > 0
    assert ask(engine, "SELECT properties.$browser FROM events LIMIT 1")[0][0]
    with pytest.raises(QueryError, match="less of HogQL is read here"):
        ask(engine, "SELECT count() FROM persons WHERE id IN COHORT 5")
