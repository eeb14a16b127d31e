"""Actions, cohorts and annotations: what queries and charts refer to."""

from __future__ import annotations

from typing import Any

from tests.embedded.conftest import Api


def shown(node: dict[str, Any], **query: Any) -> dict[str, Any]:
    source = {"kind": "TrendsQuery", "series": [node], "trendsFilter": {"display": "BoldNumber"}}
    return {"kind": "InsightVizNode", "source": source | query}


def total(api: Api, query: dict[str, Any]) -> Any:
    made = api.post("insights/", {"name": "x", "query": query}).json()
    answer = api.get(f"insights/{made['id']}/", refresh="blocking")
    assert answer.status_code == 200, answer.text
    return answer.json()["result"][0]["aggregated_value"]


def test_actions_and_cohorts_are_listed_and_read(api: Api) -> None:
    for path, name in (("actions", "Viewed pricing"), ("cohorts", "Design partners")):
        page = api.get(f"{path}/").json()
        assert page["count"] == len(page["results"]) >= 3
        one = next(row for row in page["results"] if row["name"] == name)
        assert api.get(f"{path}/{one['id']}/").json() == one
        assert one["created_by"]["email"] == "mara@example.com"
        assert api.get(f"{path}/999/").status_code == 404
        assert api.get(f"{path}/", search="zzz").json()["count"] == 0


def test_an_insight_counts_an_action_and_a_cohort(api: Api) -> None:
    views = {"kind": "EventsNode", "event": "$pageview"}
    everything = total(api, shown(views))
    pricing = total(api, shown({"kind": "ActionsNode", "id": 1}))
    assert 0 < pricing < everything
    paying = {"type": "cohort", "key": "id", "value": 1}
    assert 0 < total(api, shown(views, properties=[paying])) < everything
    missing = api.post("insights/", {"query": shown({"kind": "ActionsNode", "id": 99})}).json()
    assert api.get(f"insights/{missing['id']}/", refresh="blocking").status_code == 400


def test_annotations_are_written_changed_and_hidden(api: Api) -> None:
    before = api.get("annotations/").json()["results"]
    assert [one["content"] for one in before] == [
        "Onboarding email went out", "Larkspur 4.2 released", "New pricing page",
        "The campaign began",
    ]  # fmt: skip
    assert (before[0]["scope"], before[0]["dashboard_name"]) == ("dashboard", "Growth overview")
    body = {"content": "Fair", "date_marker": "2026-06-01T12:00:00Z", "scope": "project"}
    made = api.post("annotations/", body)
    assert made.status_code == 201
    key = made.json()["id"]
    assert made.json()["created_by"]["email"] == "mara@example.com"
    changed = api.patch(f"annotations/{key}/", {"content": "Trade fair"}).json()
    assert (changed["content"], changed["date_marker"]) == ("Trade fair", "2026-06-01T12:00:00Z")
    assert api.get("annotations/", search="fair").json()["count"] == 1
    assert api.send("DELETE", f"annotations/{key}/").status_code == 405
    assert api.patch(f"annotations/{key}/", {"deleted": True}).json()["deleted"] is True
    assert api.get(f"annotations/{key}/").status_code == 404
    assert api.get("annotations/").json()["results"] == before


def test_an_annotation_that_can_not_be_is_refused(api: Api) -> None:
    for body, attr in (
        ({"scope": "everywhere"}, "scope"),
        ({"content": "x" * 8193}, "content"),
        ({"date_marker": "soon"}, "date_marker"),
        ({"dashboard_id": 99999}, "dashboard_id"),
    ):
        answer = api.post("annotations/", body)
        assert (answer.status_code, answer.json()["attr"]) == (400, attr)


def test_a_key_without_the_scope_has_none(api: Api) -> None:
    for path in ("actions/", "cohorts/", "annotations/"):
        assert api.as_user("readonly").get(path).status_code == 403
