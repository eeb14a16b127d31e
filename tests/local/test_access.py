"""Who may ask, and how answers are worded (contract 1 to 3)."""

from __future__ import annotations

import pytest

from tests.local.conftest import Api

KEYS_REFUSED = "This action does not support personal API key access"


def test_no_key_wrong_key_and_where_it_was_found(api: Api) -> None:
    nobody = api.as_user(None)
    assert nobody.get("dashboards/").json() == {
        "type": "authentication_error",
        "code": "not_authenticated",
        "detail": "Authentication credentials were not provided.",
        "attr": None,
    }
    wrong = nobody.send("GET", "dashboards/", headers={"Authorization": "Bearer phx_wrong"})
    assert wrong.status_code == 401
    assert wrong.json()["detail"] == (
        "Personal API key found in request Authorization header is invalid."
    )
    assert "WWW-Authenticate" not in wrong.headers
    asked = nobody.get("dashboards/", personal_api_key="x")
    assert asked.json()["detail"] == "Personal API key found in request query string is invalid."
    written = nobody.post("dashboards/", {"personal_api_key": api.keys["owner"], "name": "By body"})
    assert written.status_code == 201


def test_scopes(api: Api) -> None:
    reader = api.as_user("readonly")
    assert reader.get("dashboards/").status_code == 200
    refused = reader.post("dashboards/", {})
    assert refused.status_code == 403
    assert refused.json() == {
        "type": "authentication_error",
        "code": "permission_denied",
        "detail": "API key missing required scope 'dashboard:write'",
        "attr": None,
    }
    assert reader.get("/api/users/@me/").json()["detail"] == (
        "API key missing required scope 'user:read'"
    )


def test_streaming_with_a_key_is_allowed_unless_strict(api: Api) -> None:
    assert api.get("dashboards/14/stream_tiles/").status_code == 200


def test_a_strict_server_refuses_keys_as_posthog_does(strict: Api) -> None:
    refused = strict.get("dashboards/1/stream_tiles/")
    assert (refused.status_code, refused.json()["detail"]) == (403, KEYS_REFUSED)


@pytest.mark.parametrize("project", ["999", "abc", "@all"])
def test_other_projects_are_not_there(api: Api, project: str) -> None:
    answer = api.get(f"/api/projects/{project}/dashboards/")
    assert (answer.status_code, answer.json()["detail"]) == (404, "Project not found.")


@pytest.mark.parametrize(
    "path",
    [
        "/api/projects/1/dashboards",
        "/api/projects/@current/dashboards/",
        "/api/environments/1/dashboards/",
        "/api/environments/1/dashboards",
    ],
)
def test_both_trees_and_an_optional_slash(api: Api, path: str) -> None:
    assert api.get(path).json()["count"] == 23


def test_unknown_paths_verbs_and_ids(api: Api) -> None:
    assert api.get("nothing/").json()["code"] == "not_found"
    wrong_verb = api.send("DELETE", "dashboards/")
    assert (wrong_verb.status_code, wrong_verb.json()["detail"]) == (
        405,
        'Method "DELETE" not allowed.',
    )
    for bad in ("0", "99999", "abc", "-1", "1" * 30):
        assert api.get(f"dashboards/{bad}/").status_code == 404, bad


def test_accept_and_format(api: Api) -> None:
    def status(accept: str, path: str = "dashboards/") -> int:
        return api.send("GET", path, headers={"Accept": accept}).status_code

    assert status("application/json, text/event-stream") == 200
    assert status("*/*") == 200
    assert status("text/html") == 406
    assert status("text/event-stream", "/api/users/@me/") == 406
    ruined = api.send("GET", "dashboards/99/", headers={"Accept": "text/event-stream"})
    assert ruined.text == "typecodedetailattr"
    assert ruined.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert api.get("dashboards/", format="txt").text == "countnextpreviousresults"
    assert api.get("dashboards/", format="json").json()["count"] == 23
    assert api.get("dashboards/", format="xml").status_code == 404


def test_bodies_that_can_not_be_read(api: Api) -> None:
    def post(body: bytes, kind: str = "application/json"):
        return api.send("POST", "dashboards/", content=body, headers={"Content-Type": kind})

    broken = post(b"{")
    assert (broken.status_code, broken.json()["code"]) == (400, "parse_error")
    assert broken.json()["detail"].startswith("JSON parse error - ")
    listed = post(b"[1]")
    assert listed.json()["detail"] == "Invalid data. Expected a dictionary, but got list."
    assert listed.json()["attr"] is None
    media = post(b"<a/>", "application/xml")
    assert (media.status_code, media.json()["detail"]) == (
        415,
        'Unsupported media type "application/xml" in request.',
    )
    form = post(b"name=From+a+form", "application/x-www-form-urlencoded")
    assert (form.status_code, form.json()["name"]) == (201, "From a form")


def test_me_and_projects(api: Api) -> None:
    me = api.get("/api/users/@me/").json()
    assert (me["email"], me["team"]["id"], me["organization"]["membership_level"]) == (
        "mara@example.com",
        1,
        15,
    )
    assert api.get("/api/projects/").json()["results"][0]["name"].startswith("Larkspur")
    assert api.get("/api/projects/1/").json()["id"] == 1
    assert api.get("/api/projects/2/").status_code == 404
    members = api.get("/api/organizations/@current/members/").json()["results"]
    assert [member["level"] for member in members] == [15, 1, 8, 1]
