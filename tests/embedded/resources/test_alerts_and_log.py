"""Alerts, definitions of events and properties, and the activity log."""

from __future__ import annotations

from tests.embedded.conftest import Api
from tests.embedded.resources.test_query import rows


def test_an_alert_is_made_changed_and_deleted(api: Api) -> None:
    insight = api.get("insights/", basic="true", limit=1).json()["results"][0]["id"]
    missing = api.post("alerts/", {"insight": insight})
    assert (missing.status_code, missing.json()["attr"]) == (400, "threshold")
    body = {"insight": insight, "name": "Too few", "threshold": {}, "subscribed_users": [1]}
    made = api.post("alerts/", body)
    assert made.status_code == 201
    key = made.json()["id"]
    assert made.json()["subscribed_users"][0]["email"] == "mara@example.com"
    assert rows(api, "SELECT name, enabled FROM system.alerts WHERE id = {id}", id=key) == [
        ["Too few", True]
    ]
    changed = api.patch(f"alerts/{key}/", {"enabled": False, "calculation_interval": "weekly"})
    assert (changed.json()["enabled"], changed.json()["calculation_interval"]) == (False, "weekly")
    assert api.get("alerts/", insight_id=insight).json()["results"][0]["id"] == key
    assert api.patch(f"alerts/{key}/", {"insight": 99_999}).json()["code"] == "does_not_exist"
    assert api.as_user("readonly").get("alerts/").status_code == 403
    assert api.send("DELETE", f"alerts/{key}/").status_code == 204
    assert api.get(f"alerts/{key}/").status_code == 404


def test_names_of_events_come_from_the_events_and_what_is_said_of_them_is_kept(api: Api) -> None:
    found = {row["name"]: row for row in api.get("event_definitions/").json()["results"]}
    assert found["signed_up"]["verified"] is True
    assert found["$pageview"]["description"] is None
    silent = found["viewed_tour"]
    assert silent["last_seen_at"] < found["signed_up"]["last_seen_at"]
    address = f"event_definitions/{silent['id']}/"
    changed = api.patch(address, {"description": "Gone", "hidden": True, "tags": ["Old"]}).json()
    assert (changed["description"], changed["hidden"], changed["tags"]) == ("Gone", True, ["old"])
    assert changed["last_seen_at"] == silent["last_seen_at"]
    assert api.get(address).json() == changed
    searched = api.get("event_definitions/", search="tour").json()
    assert [row["name"] for row in searched["results"]] == ["viewed_tour"]
    assert api.get("event_definitions/nothing/").status_code == 404
    assert api.as_user("readonly").get("event_definitions/").status_code == 403


def test_names_of_properties(api: Api) -> None:
    of_events = {r["name"]: r for r in api.get("property_definitions/").json()["results"]}
    of_people = api.get("property_definitions/", type="person").json()["results"]
    assert "$browser" in of_events
    assert {row["name"] for row in of_people} >= {"email", "plan"}
    assert api.get("property_definitions/", type="group").json()["count"] == 0
    assert api.get("property_definitions/", type="other").status_code == 400
    address = f"property_definitions/{of_events['$browser']['id']}/"
    assert api.patch(address, {"verified": True}).json()["verified"] is True


def test_every_edit_leaves_an_entry_field_by_field(api: Api) -> None:
    board = api.post("dashboards/", {"name": "Logged"}).json()["id"]
    api.patch(f"dashboards/{board}/", {"name": "Logged twice", "tags": ["a"]})
    api.patch(f"dashboards/{board}/", {"name": "Logged twice"})  # changes nothing
    api.post(f"dashboards/{board}/create_text_tile/", {"body": "Hello"})
    api.get(f"dashboards/{board}/")  # reading is no change
    api.patch(f"dashboards/{board}/", {"deleted": True})
    api.as_user("member").patch(f"dashboards/{board}/", {"deleted": False})
    log = api.get("activity_log/", scope="Dashboard", item_id=board).json()["results"]
    assert [entry["activity"] for entry in log] == [
        "restored",
        "deleted",
        "updated",
        "updated",
        "created",
    ]
    assert log[0]["user"]["email"] == "ines@example.com"
    changes = {c["field"]: (c["before"], c["after"]) for c in log[3]["detail"]["changes"]}
    assert changes == {"name": ("Logged", "Logged twice"), "tags": ([], ["a"])}
    assert [c["field"] for c in log[2]["detail"]["changes"]] == ["tiles"]
    assert api.as_user("readonly").get("activity_log/").status_code == 403


def test_insights_that_go_with_their_board_are_logged_too(api: Api) -> None:
    board = api.post("dashboards/", {"name": "Short"}).json()["id"]
    query = {"kind": "HogQLQuery", "query": "SELECT 1"}
    insight = api.post("insights/", {"name": "One", "query": query, "dashboards": [board]}).json()
    api.patch(f"dashboards/{board}/", {"deleted": True, "delete_insights": True})
    log = api.get("activity_log/", scope="Insight", item_id=insight["id"]).json()["results"]
    assert [entry["activity"] for entry in log] == ["deleted", "created"]


def test_a_refused_edit_leaves_none(api: Api) -> None:
    before = api.get("activity_log/").json()["count"]
    assert api.patch("dashboards/1/", {"name": "x" * 401}).status_code == 400
    assert api.patch("dashboards/999/", {"name": "x"}).status_code == 404
    assert api.get("activity_log/").json()["count"] == before


def test_a_variable_keeps_its_code_name(api: Api) -> None:
    made = api.post("insight_variables/", {"name": "Plan (new)", "type": "List"})
    assert made.status_code == 201
    assert (made.json()["code_name"], made.json()["default_value"]) == ("plan_new", None)
    address = f"insight_variables/{made.json()['id']}/"
    changed = api.patch(address, {"name": "Plan", "default_value": ["team"], "code_name": "x"})
    assert changed.json() == api.get(address).json()
    assert (changed.json()["name"], changed.json()["code_name"]) == ("Plan", "plan_new")
    statement = "SELECT default_value FROM system.insight_variables WHERE code_name = 'plan_new'"
    assert rows(api, statement) == [['["team"]']]
    names = [row["name"] for row in api.get("insight_variables/").json()["results"]]
    assert names == ["Country", "Plan"]
    again = api.post("insight_variables/", {"name": "plan NEW", "type": "String"})
    assert again.status_code == 400
    assert api.post("insight_variables/", {"name": "Other", "type": "Text"}).status_code == 400
    assert api.get("insight_variables/", page=2).status_code == 404
    assert api.as_user("readonly").get("insight_variables/").status_code == 403
    assert api.send("DELETE", address).status_code == 204
    assert api.get(address).status_code == 404
