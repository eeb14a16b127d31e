"""Insights (contract 12.5) and rate limits (5)."""

from __future__ import annotations

import time

import pytest

from dashwidgets.embedded.server.errors import Problem
from dashwidgets.embedded.server.limits import Limits
from tests.embedded.conftest import Api

QUERY = {
    "kind": "InsightVizNode",
    "source": {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]},
}


def test_the_basic_list_opens_nothing_and_computes_nothing(api: Api) -> None:
    before = api.get("dashboards/").json()
    rows = api.get("insights/", basic="true", limit=500).json()["results"]
    assert len(rows) == 47
    assert "result" not in rows[0]
    assert rows[0]["dashboard_tiles"][0]["dashboard_id"] == rows[0]["dashboards"][0]
    assert api.get("dashboards/").json() == before
    one = api.get("insights/", basic="true", dashboards="[1]").json()
    assert one["count"] == 6
    assert api.get("insights/", short_id=rows[3]["short_id"]).json()["count"] == 1


def test_the_list_can_be_narrowed(api: Api) -> None:
    def names(**params: str) -> list[str]:
        found = api.get("insights/", basic="true", limit="500", **params)
        assert found.status_code == 200
        return [row["name"] for row in found.json()["results"]]

    everything = api.get("insights/", basic="true", limit=500).json()["results"]
    sources = [(row["query"] or {}).get("source", {}).get("kind") for row in everything]
    for word, kind in (
        ("FUNNELS", "FunnelsQuery"),
        ("SQL", "HogQLQuery"),
        ("TRENDS", "TrendsQuery"),
    ):
        assert len(names(insight=word)) == sources.count(kind) > 0
    assert names(insight="STICKINESS,TRENDS") == []
    key = api.post("insights/", {"name": "Mine", "query": QUERY, "tags": ["Zed"]}).json()["id"]
    assert names(tags='["zed"]') == names(tags="zed") == ["Mine"]
    assert names(date_from="-1d") == names(created_date_from="-1h") == ["Mine"]
    assert "Mine" not in names(date_to="-1d")
    assert names(created_date_to="2001-01-01") == names(last_viewed_date_from="-90d") == []
    assert "Mine" in names(user="true")
    assert "Mine" not in [
        row["name"] for row in api.as_user("member").get("insights/", user="true").json()["results"]
    ]
    api.patch(f"insights/{key}/", {"favorited": True})
    assert names(favorited="true") == ["Mine"]
    for odd in ("{}", '[{"a": 1}]', "[[]]", "x"):
        assert names(tags=odd) == names(created_by=odd) == names(dashboards=odd) == []
    assert len(names(date_from="whenever")) == 48
    long = api.get("insights/", search="x" * 201)
    assert (long.status_code, long.json()["attr"]) == (400, "search")


def test_one_by_either_id_as_a_dashboard_shows_it(api: Api) -> None:
    api.patch("dashboards/1/", {"filters": {"date_from": "-3d"}})
    row = next(
        r for r in api.get("insights/", limit=99).json()["results"] if r["name"] == "Daily signups"
    )
    alone = api.get(f"insights/{row['id']}/", refresh="blocking").json()
    there = api.get(
        f"insights/{row['short_id']}/", from_dashboard=row["dashboards"][0], refresh="blocking"
    ).json()
    assert (len(alone["result"][0]["days"]), len(there["result"][0]["days"])) == (30, 3)
    assert api.get("insights/zzzzzzzz/").status_code == 404


def test_create_place_and_take_away(api: Api) -> None:
    made = api.post("insights/", {"name": "New", "query": QUERY, "dashboards": [2, 4]})
    assert made.status_code == 201
    key = made.json()["id"]
    assert made.json()["dashboards"] == [2, 4]
    assert api.get("dashboards/2/").json()["tiles"][-1]["layouts"] == {}
    moved = api.patch(f"insights/{key}/", {"dashboards": [4, 5]}).json()
    assert moved["dashboards"] == [4, 5]
    assert key not in [
        t["insight"]["id"] for t in api.get("dashboards/2/").json()["tiles"] if t["insight"]
    ]
    assert api.patch(f"insights/{key}/", {"deleted": True}).json()["deleted"]
    assert api.get(f"insights/{key}/").status_code == 404
    assert api.send("DELETE", f"insights/{key}/").status_code == 405


def test_what_can_not_be_an_insight(api: Api) -> None:
    unknown = api.post("insights/", {"query": {"kind": "Nonsense"}})
    assert (unknown.status_code, unknown.json()["code"]) == (400, "parse_error")
    assert api.post("insights/", {"query": "x"}).json()["detail"] == (
        "Query must be a valid JSON object"
    )
    assert api.post("insights/", {"dashboards": [999]}).json()["detail"] == "Dashboard not found"
    member = api.as_user("member")
    revenue = api.board("Revenue")["id"]
    refused = member.post("insights/", {"query": QUERY, "dashboards": [revenue]})
    assert refused.json()["detail"] == (
        f"You don't have permission to add insights to dashboard: {revenue}"
    )


def test_a_background_refresh_can_be_followed(api: Api) -> None:
    key = api.post("insights/", {"name": "New", "query": QUERY}).json()["id"]
    status = api.get(f"insights/{key}/", refresh="async").json()["query_status"]
    assert (status["complete"], status["error"]) == (False, False)
    for _ in range(200):
        status = api.get(f"query/{status['id']}/").json()["query_status"]
        if status["complete"]:
            break
        time.sleep(0.02)
    assert status["results"]["result"]
    assert api.get(f"insights/{key}/").json()["is_cached"]
    assert api.get("query/unknown/").status_code == 404


def test_a_kind_that_is_not_computed_says_so(api: Api) -> None:
    query = {"kind": "DataTableNode", "source": {"kind": "ActorsQuery"}}
    key = api.post("insights/", {"query": query}).json()["id"]
    insight = api.get(f"insights/{key}/", refresh="blocking").json()
    assert insight["result"] is None
    assert insight["query_status"]["error"]
    assert "ActorsQuery" in insight["query_status"]["error_message"]


def test_limits_are_per_key_and_kind_and_say_how_long() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0])
    for _ in range(240):
        limits.check("one", "/api/projects/1/insights/")
    limits.check("two", "/api/projects/1/insights/")
    limits.check("one", "/api/projects/1/dashboards/")
    now[0] = 12.0
    with pytest.raises(Problem) as caught:
        limits.check("one", "/api/projects/1/insights/7/")
    assert caught.value.status == 429
    assert caught.value.headers == {"Retry-After": "48"}
    assert caught.value.body["detail"] == (
        "Request was throttled. Expected available in 48 seconds."
    )
    now[0] = 60.1
    limits.check("one", "/api/projects/1/insights/")
