"""What real boards use beside events: ClickHouse (chDB) and DuckDB give the same numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashwidgets.embedded.events.engine import Definitions, Engine
from tests.embedded.queries.chdb_engine import add_table, assert_same, chdb_engine, chdb_session
from tests.embedded.queries.clickhouse.test_statements import (
    BOARD,
    BY,
    DATES,
    SIGNUP,
    VIEW,
    funnel,
    trends,
)
from tests.embedded.queries.defined import DEFINED
from tests.embedded.queries.filters.test_actions_and_cohorts import EVENTS, clicks
from tests.embedded.queries.small import NOW, write
from tests.embedded.queries.small import engine as small_engine

DEFINITIONS = replace(DEFINED, path_cleaning=[{"alias": "/app/<section>", "regex": "/app/.+"}])
ACTION = {"kind": "ActionsNode", "id": 1}
BY_COHORT = {"breakdown_type": "cohort", "breakdown": [*DEFINITIONS.cohorts, "all"]}
BY_PAGE = {"breakdown": "$pathname", "breakdown_type": "event", "breakdown_limit": 3}
COMPARED = {"compareFilter": {"compare": True}}
REVENUE = {"aggregationProperty": "revenue"}


def retention(*, by: dict[str, Any] | None = None, **shown: Any) -> dict[str, Any]:
    query = {"kind": "RetentionQuery", "dateRange": DATES, "retentionFilter": shown}
    return query | ({"breakdownFilter": by} if by else {})


def paths(**shown: Any) -> dict[str, Any]:
    return {"kind": "PathsQuery", "dateRange": DATES, "pathsFilter": shown}


def by_cohort(key: int, operator: str = "in") -> list[dict[str, Any]]:
    return [{"type": "cohort", "key": "id", "operator": operator, "value": key}]


def web(**more: Any) -> dict[str, Any]:
    source = {"kind": "WebStatsTableQuery", "dateRange": DATES, "properties": []} | more
    return {"kind": "DataTableNode", "source": source}


QUERIES: dict[str, dict[str, Any]] = {
    **{f"action {key}": trends({"kind": "ActionsNode", "id": key}) for key in DEFINITIONS.actions},
    "action as filter": trends(VIEW, properties=[{"type": "action", "key": "id", "value": 1}]),
    "funnel of an action": funnel(series=[ACTION, SIGNUP]),
    "lifecycle of an action": {"kind": "LifecycleQuery", "dateRange": DATES, "series": [ACTION]},
    **{f"cohort {key}": trends(VIEW, properties=by_cohort(key)) for key in DEFINITIONS.cohorts},
    **{
        f"not cohort {key}": trends(VIEW, properties=by_cohort(key, "not_in"))
        for key in DEFINITIONS.cohorts
    },
    "trends by cohort": trends(VIEW | {"math": "dau"}, SIGNUP, breakdownFilter=BY_COHORT),
    "funnel by cohort": funnel(breakdownFilter=BY_COHORT),
    "retention by cohort": retention(by=BY_COHORT, totalIntervals=4),
    "hogql math": trends(
        VIEW | {"math": "hogql", "math_hogql": "count() / uniq(person_id)"}, breakdownFilter=BY
    ),
    "hogql sum": trends(
        {"event": None, "math": "hogql", "math_hogql": "sum(toFloat(properties.revenue))"}
    ),
    "hogql filter": trends(VIEW, properties=[{"type": "hogql", "key": "toHour(timestamp) > 12"}]),
    "hogql breakdown": trends(
        VIEW, breakdownFilter={"breakdown": "toHour(timestamp) % 3", "breakdown_type": "hogql"}
    ),
    "median": trends({"event": "upgraded_plan", "math": "median", "math_property": "revenue"}),
    "counts per person": trends(VIEW | {"math": "avg_count_per_actor"}, breakdownFilter=BY),
    "most per person": trends(
        VIEW | {"math": "max_count_per_actor"}, trendsFilter={"display": "BoldNumber"}
    ),
    **{
        f"{display} totals": trends(VIEW, breakdownFilter=BY, trendsFilter={"display": display})
        for display in ("RegionMap", "Progress")
    },
    "slope": trends(VIEW, breakdownFilter=BY, trendsFilter={"display": "SlopeGraph"}, **COMPARED),
    "box plot": trends(
        {"event": "$web_vitals", "math_property": "lcp_ms"}, trendsFilter={"display": "BoxPlot"}
    ),
    **{
        f"funnel by {attribution}": funnel(
            breakdownFilter=BY_PAGE, shown={"breakdownAttributionType": attribution}
        )
        for attribution in ("first_touch", "last_touch", "all_events")
    },
    **{
        f"funnel by step {step}, {order}": funnel(
            breakdownFilter=BY_PAGE,
            shown={
                "breakdownAttributionType": "step",
                "breakdownAttributionValue": step,
                "funnelOrderType": order,
            },
        )
        for step, order in ((0, "ordered"), (1, "ordered"), (1, "strict"), (0, "unordered"))
    },
    "funnel of sessions": funnel(shown={"funnelAggregateByHogQL": "properties.$session_id"}),
    "funnel without, of sessions": funnel(
        shown={
            "funnelAggregateByHogQL": "properties.$session_id",
            "exclusions": [BOARD | {"funnelFromStep": 0, "funnelToStep": 1}],
        }
    ),
    **{
        f"funnel compared, {drawn}": funnel(shown={"funnelVizType": drawn}, **COMPARED)
        for drawn in ("steps", "time_to_convert", "trends")
    },
    "funnel by country compared": funnel(breakdownFilter=BY, **COMPARED),
    "retention by country": retention(by=BY, totalIntervals=4),
    "retention brackets": retention(totalIntervals=10, retentionCustomBrackets=[1, 3, 5]),
    "retention of weeks in brackets": retention(
        period="Week", totalIntervals=6, retentionCustomBrackets=[2, 3]
    ),
    "retention, cumulative": retention(cumulative=True, totalIntervals=6),
    "retention, twice": retention(minimumOccurrences=2, totalIntervals=6),
    "retention, first ever": retention(
        retentionType="retention_first_ever_occurrence",
        totalIntervals=6,
        targetEntity={
            "id": "$pageview",
            "properties": [{"key": "$pathname", "value": "/", "type": "event"}],
        },
    ),
    **{
        f"retention by {how}": retention(
            aggregationType=how,
            totalIntervals=6,
            targetEntity={"id": "signed_up"},
            returningEntity={"id": "upgraded_plan"},
            **REVENUE,
        )
        for how in ("sum", "avg")
    },
    "retention by sum of countries": retention(
        by=BY, aggregationType="sum", totalIntervals=4, returningEntity={"id": None}, **REVENUE
    ),
    "paths grouped": paths(pathGroupings=["*/app*", "*/doc*"]),
    "paths cleaned": paths(
        pathReplacements=True,
        localPathCleaningFilters=[{"alias": "<money>", "regex": "pricing|settings"}],
    ),
    "paths by expression": paths(
        includeEventTypes=["hogql"], pathsHogQLExpression="concat(event, '!')"
    ),
    "web overview": {"kind": "WebOverviewQuery", "dateRange": DATES, "properties": [], **COMPARED},
    "web overview of a browser": {
        "kind": "WebOverviewQuery",
        "dateRange": DATES,
        "properties": [{"key": "$browser", "value": "Chrome", "type": "event"}],
    },
    "web overview of a goal": {
        "kind": "WebOverviewQuery",
        "dateRange": DATES,
        "properties": [],
        "conversionGoal": {"customEventName": "signed_up"},
        **COMPARED,
    },
    **{
        f"web {by}": web(breakdownBy=by, includeBounceRate=True, **COMPARED)
        for by in ("Page", "InitialPage", "InitialReferringDomain", "Browser", "InitialUTMSource")
    },
}


@pytest.fixture(scope="module")
def clickhouse() -> Engine:
    return chdb_engine()


@pytest.mark.parametrize("name", QUERIES)
def test_clickhouse_and_duckdb_agree(name: str, engine: Engine, clickhouse: Engine) -> None:
    query = QUERIES[name]
    ours, theirs = engine.run(query, DEFINITIONS), clickhouse.run(query, DEFINITIONS)
    assert (ours.columns, ours.types) == (theirs.columns, theirs.types)
    assert_same(ours.result, theirs.result)
    assert ours.result, "nothing was compared"


SELECTORS = ("a.buy", "#nav > a.btn.buy", "body a", 'a[data-plan="team"]', ".btn", "button > span")


def test_elements_are_found_by_both(tmp_path: Path) -> None:
    path = write(tmp_path, EVENTS)
    add_table(chdb_session(), "elements.events", f"SELECT * FROM file('{path}')")
    ours = small_engine(tmp_path, EVENTS)
    theirs = chdb_engine("elements.events", lambda: NOW)
    wanted = [clicks(selector=one) for one in SELECTORS]
    wanted += [clicks(text="Buy now"), clicks(text="buy", text_matching="contains")]
    wanted += [clicks(href="^/b", href_matching="regex"), clicks(tag_name="button")]
    definitions = Definitions(actions=dict(enumerate(wanted, 1)))
    series = [{"kind": "ActionsNode", "id": key} for key in definitions.actions]
    query = trends(*series, dateRange={"date_from": "all"})
    assert_same(ours.run(query, definitions).result, theirs.run(query, definitions).result)
