"""Who may ask, and how answers are worded (contract 1 to 3)."""

from __future__ import annotations

import pytest

from dashwidgets.embedded.sample import SAMPLE
from tests.embedded.conftest import Api

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
    page = nobody.get("dashboards/", personal_api_key=api.keys["owner"], limit=1).json()
    assert api.http.get(page["next"]).status_code == 200


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
    for who in ("owner", "readonly"):
        assert api.as_user(who).get("dashboards/14/stream_tiles/").status_code == 200


SESSION_ONLY = ("create_from_template_json", "create_unlisted_dashboard", "bulk_update_tags")


@pytest.mark.parametrize("action", SESSION_ONLY)
def test_a_reading_key_writes_nothing_on_a_lenient_server_either(api: Api, action: str) -> None:
    refused = api.as_user("readonly").post(f"dashboards/{action}/", {"tag": "llm-analytics"})
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "API key missing required scope 'dashboard:write'",
    )


def test_a_strict_server_refuses_keys_as_posthog_does(strict: Api) -> None:
    answers = [strict.post(f"dashboards/{action}/") for action in SESSION_ONLY]
    for refused in (strict.get("dashboards/1/stream_tiles/"), *answers):
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
    assert api.get(path).json()["count"] == len(SAMPLE)


def test_unknown_paths_verbs_and_ids(api: Api) -> None:
    assert api.get("nothing/").json()["code"] == "not_found"
    wrong_verb = api.send("DELETE", "dashboards/")
    assert (wrong_verb.status_code, wrong_verb.json()["detail"]) == (
        405,
        'Method "DELETE" not allowed.',
    )
    assert wrong_verb.headers["allow"] == "GET, POST, HEAD, OPTIONS"
    elsewhere = api.send("PUT", "/api/projects/999/dashboards/")
    assert (elsewhere.status_code, elsewhere.json()["detail"]) == (404, "Project not found.")
    for bad in ("0", "99999", "abc", "-1", "1" * 30):
        assert api.get(f"dashboards/{bad}/").status_code == 404, bad


def test_head_is_get_without_a_body_and_options_names_the_verbs(api: Api) -> None:
    head = api.send("HEAD", "dashboards/1/")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 1000
    assert api.send("HEAD", "dashboards/999/").status_code == 404
    options = api.send("OPTIONS", "dashboards/1/move_tile/")
    assert (options.status_code, options.headers["allow"]) == (200, "PATCH, POST, OPTIONS")
    assert api.as_user(None).send("OPTIONS", "dashboards/").status_code == 401
    assert api.send("TRACE", "dashboards/").status_code == 405


def test_accept_and_format(api: Api) -> None:
    def status(accept: str, path: str = "dashboards/") -> int:
        return api.send("GET", path, headers={"Accept": accept}).status_code

    assert status("application/json, text/event-stream") == 200
    assert status("*/*") == 200
    assert status("text/html") == 406
    assert status("text/html, application/*;q=0.8") == 200
    more_exact = api.send("GET", "dashboards/", headers={"Accept": "*/*, text/event-stream"})
    assert more_exact.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert status("text/event-stream", "/api/users/@me/") == 406
    ruined = api.send("GET", "dashboards/99/", headers={"Accept": "text/event-stream"})
    assert ruined.text == "typecodedetailattr"
    assert ruined.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert api.get("dashboards/", format="txt").text == "countnextpreviousresults"
    assert api.get("dashboards/", format="json").json()["count"] == len(SAMPLE)
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


def test_forms_are_read_too_but_not_for_templates(api: Api) -> None:
    fields = {"name": "From a form", "pinned": "true", "tags": "Only"}
    for more in ({}, {"files": {"picture": b"x"}}):  # urlencoded, then multipart
        form = api.send("POST", "dashboards/", data=fields, **more)
        assert form.status_code == 201
        made = form.json()
        assert (made["name"], made["pinned"], made["tags"]) == ("From a form", True, ["only"])
    several = api.send("POST", "dashboards/", data={"tags": ["a", "b"]})
    assert several.json()["tags"] == ["a", "b"]
    deep = b"x"
    for at in range(1500):
        deep = b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n%s\n" % (at, at - 1, deep)
    for boundary, content in (("", b"x"), ("b1499", deep)):
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        broken = api.send("POST", "dashboards/", content=content, headers=headers)
        assert (broken.status_code, broken.json()["code"]) == (400, "parse_error")
    template = api.send("POST", "dashboards/create_from_template_json/", data={"template": "x"})
    assert (template.status_code, template.json()["detail"]) == (
        415,
        'Unsupported media type "application/x-www-form-urlencoded" in request.',
    )


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
