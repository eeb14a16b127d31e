"""Collaborators, sharing, passwords and the public page (contract 8.3 to 8.9, 9.1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.embedded.conftest import Api

NOBODY = "00000000-0000-4000-8000-000000000000"


def users(api: Api) -> dict[str, dict[str, Any]]:
    members = api.get("/api/organizations/@current/members/").json()["results"]
    return {member["user"]["first_name"]: member["user"] for member in members}


def test_inviting_and_removing(api: Api) -> None:
    board = api.board("Revenue")["id"]
    ines = users(api)["Ines"]
    path = f"dashboards/{board}/collaborators/"
    assert api.get(path).json() == []
    made = api.post(path, {"user_uuid": ines["uuid"], "level": 37})
    assert made.status_code == 201
    assert set(made.json()) == {"id", "dashboard_id", "user", "level", "added_at", "updated_at"}
    assert (made.json()["user"], made.json()["level"]) == (ines, 37)
    assert api.get(path).json() == [made.json()]
    member = api.as_user("member")
    assert member.patch(f"dashboards/{board}/", {"name": "Ours"}).status_code == 200
    again = api.post(path, {"user_uuid": ines["uuid"], "level": 37})
    assert again.json()["detail"] == "User already is a collaborator."
    assert api.send("DELETE", f"{path}{ines['uuid']}/").status_code == 204
    gone = api.send("DELETE", f"{path}{ines['uuid']}/")
    assert (gone.status_code, gone.json()["detail"]) == (404, "Not found.")


@pytest.mark.parametrize(
    ("board", "who", "body", "status", "detail"),
    [
        ("Revenue", "owner", {"level": 37}, 400, "This field is required."),
        ("Revenue", "owner", {"level": 5, "user_uuid": NOBODY}, 400, '"5" is not a valid choice.'),
        ("Revenue", "owner", {"level": 37, "user_uuid": "x"}, 400, "Must be a valid UUID."),
        (
            "Activation",
            "owner",
            {"level": 37, "user_uuid": NOBODY},
            400,
            "Cannot add collaborators to a dashboard on the lowest restriction level.",
        ),
        (
            "Revenue",
            "owner",
            {"level": 21, "user_uuid": NOBODY},
            400,
            "Only edit access can be explicitly specified currently.",
        ),
        ("Revenue", "owner", {"level": 37, "user_uuid": NOBODY}, 400, "User does not exist."),
        (
            "Revenue",
            "member",
            {"level": 37, "user_uuid": NOBODY},
            403,
            "You don't have edit permissions for this dashboard.",
        ),
    ],
)
def test_who_can_not_be_invited(
    api: Api, board: str, who: str, body: dict[str, Any], status: int, detail: str
) -> None:
    path = f"dashboards/{api.board(board)['id']}/collaborators/"
    answer = api.as_user(who).post(path, body)
    assert (answer.status_code, answer.json()["detail"]) == (status, detail)


def test_somebody_who_left_can_not_be_invited(api: Api) -> None:
    rows = api.get("dashboards/").json()["results"]
    authors = {row["created_by"]["email"]: row["created_by"] for row in rows if row["created_by"]}
    path = f"dashboards/{api.board('Revenue')['id']}/collaborators/"
    answer = api.post(path, {"user_uuid": authors["gwen@example.com"]["uuid"], "level": 37})
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "Cannot add collaborators that have no access to the project.",
    )


def test_admins_have_access_already(api: Api) -> None:
    path = f"dashboards/{api.board('Revenue')['id']}/collaborators/"
    answer = api.post(path, {"user_uuid": users(api)["Tom"]["uuid"], "level": 37})
    assert "inherent access" in answer.json()["detail"]
    assert api.get("dashboards/999/collaborators/").json()["detail"] == "Dashboard not found."


def test_a_link_that_was_never_saved_invents_its_token(api: Api) -> None:
    one, two = (api.get("dashboards/1/sharing/").json() for _ in range(2))
    assert one["created_at"] is None
    assert one["access_token"] != two["access_token"]
    assert len(one["access_token"]) == 30


def share(api: Api, **settings: Any) -> dict[str, Any]:
    answer = api.patch("dashboards/1/sharing/", {"enabled": True} | settings)
    assert answer.status_code == 200
    return answer.json()


def test_sharing_is_switched_with_patch(api: Api) -> None:
    link = share(api, settings={"legend": 1, "nonsense": 1, "detailed": None})
    assert link["settings"] == {"legend": True}
    assert api.get("dashboards/1/sharing/").json() == link
    assert api.board("Growth overview")["is_shared"]
    bad = api.patch("dashboards/1/sharing/", {"settings": []})
    assert (bad.status_code, bad.json()["attr"]) == (400, "settings")
    off = api.patch("dashboards/1/sharing/", {"enabled": False}).json()
    assert off["access_token"] == link["access_token"]
    assert not api.board("Growth overview")["is_shared"]


def test_passwords_are_shown_once(api: Api) -> None:
    path = "dashboards/1/sharing/passwords/"
    early = api.post(path, {"raw_password": "correct-horse-9"})
    assert (early.status_code, early.json()) == (
        400,
        {"error": "Password protection must be enabled before creating passwords"},
    )
    share(api, password_required=True)
    made = api.post(path, {"raw_password": " correct-horse-9 ", "note": "board"})
    assert made.status_code == 201
    assert set(made.json()) == {"id", "password", "note", "created_at", "created_by_email"}
    assert made.json()["password"] == "correct-horse-9"
    short = api.post(path, {"raw_password": "short"})
    assert (short.json()["detail"], short.json()["attr"]) == (
        "Password must be at least 8 characters long.",
        "raw_password",
    )
    assert len(api.post(path).json()["password"]) == 22
    seen = api.get("dashboards/1/sharing/")
    assert "correct-horse-9" not in seen.text
    assert [word["note"] for word in seen.json()["share_passwords"]] == ["", "board"]
    key = made.json()["id"]
    assert api.send("DELETE", f"{path}{key}/").status_code == 204
    gone = api.send("DELETE", f"{path}{key}/")
    assert (gone.status_code, gone.json()["detail"]) == (404, "Password not found")
    assert api.send("DELETE", f"{path}abc/").status_code == 404


def test_a_rotated_link_keeps_its_words_under_new_ids(api: Api) -> None:
    old = share(api, password_required=True)
    api.post("dashboards/1/sharing/passwords/", {"raw_password": "correct-horse-9", "note": "n"})
    before = api.get("dashboards/1/sharing/").json()
    new = api.post("dashboards/1/sharing/refresh/", {"enabled": False}).json()
    assert new["enabled"]
    assert new["access_token"] != old["access_token"]
    assert [word["note"] for word in new["share_passwords"]] == ["n"]
    assert new["share_passwords"][0]["id"] != before["share_passwords"][0]["id"]
    for token in (old["access_token"], new["access_token"]):
        page = api.http.post(f"/shared/{token}", json={"password": "correct-horse-9"})
        assert page.status_code == 200


def test_the_public_page_and_its_gate(api: Api) -> None:
    token = share(api)["access_token"]
    page = api.http.get(f"/shared/{token}")
    assert (page.status_code, "Growth overview" in page.text) == (200, True)
    assert api.http.get("/shared/nonsense").status_code == 404

    share(api, password_required=True)
    word = api.post("dashboards/1/sharing/passwords/").json()
    assert "Growth overview" not in api.http.get(f"/shared/{token}").text
    wrong = api.http.post(f"/shared/{token}", json={"password": "wrong"})
    assert (wrong.status_code, wrong.json()) == (401, {"error": "Incorrect password"})
    right = api.http.post(f"/shared/{token}", json={"password": word["password"]})
    assert set(right.json()) == {"shareToken"}
    assert "Growth overview" in api.http.get(f"/shared/{token}").text
    api.send("DELETE", f"dashboards/1/sharing/passwords/{word['id']}/")
    assert "Growth overview" not in api.http.get(f"/shared/{token}").text

    api.patch("dashboards/1/sharing/", {"enabled": False})
    assert api.http.get(f"/shared/{token}").status_code == 404


def test_a_name_is_text_on_the_public_page(api: Api) -> None:
    share(api)
    api.patch("dashboards/1/", {"name": "</script><script>alert(1)</script>"})
    token = api.get("dashboards/1/sharing/").json()["access_token"]
    page = api.http.get(f"/shared/{token}").text
    assert "<script>alert" not in page
