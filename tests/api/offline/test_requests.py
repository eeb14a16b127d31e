"""What each endpoint sends, and what it refuses to send: no server is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import dashwidgets as dw
from dashwidgets.api.checks import checked_id, checked_json, checked_tags, scalar
from dashwidgets.api.endpoints import (
    collaborators,
    dashboards,
    insights,
    query,
    sharing,
    templates,
    tiles,
)
from dashwidgets.api.request import Request
from dashwidgets.api.secret import Secret

USER = "0190b5a1-0000-7000-8000-000000000001"
Sent = tuple[str, str, Any]
SENDS: list[tuple[Request[Any], Sent]] = [
    (dashboards.page(), ("GET", "dashboards/", {"limit": 100, "offset": 0})),
    (
        dashboards.page(5, 10, search="x" * 200, tags=("a",), creation_mode="unlisted"),
        ("GET", "dashboards/", {"limit": 5, "offset": 10, "search": "x" * 200, "tags": ["a"],
                                "creation_mode": "unlisted"}),
    ),
    (dashboards.create(name="N"), ("POST", "dashboards/", {"name": "N"})),
    (dashboards.create(), ("POST", "dashboards/", {})),
    (dashboards.read(7), ("GET", "dashboards/7/", {})),
    (
        dashboards.read(7, refresh="blocking", filters_override={"a": 1}),
        ("GET", "dashboards/7/", {"refresh": "blocking", "filters_override": '{"a":1}'}),
    ),
    (
        dashboards.update(7, name=None, pinned=True, tags=["a"], restriction_level=37),
        ("PATCH", "dashboards/7/",
         {"name": None, "pinned": True, "tags": ["a"], "restriction_level": 37}),
    ),
    (
        dashboards.update(7, restriction_level=21, data_color_theme_id=None, tiles=[{"id": 1}]),
        ("PATCH", "dashboards/7/",
         {"restriction_level": 21, "data_color_theme_id": None, "tiles": [{"id": 1}]}),
    ),
    (dashboards.delete(7), ("PATCH", "dashboards/7/", {"deleted": True})),
    (
        dashboards.delete(7, insights=True),
        ("PATCH", "dashboards/7/", {"deleted": True, "delete_insights": True}),
    ),
    (dashboards.restore(7), ("PATCH", "dashboards/7/", {"deleted": False})),
    (dashboards.duplicate(7), ("POST", "dashboards/", {"use_dashboard": 7})),
    (
        dashboards.duplicate(7, name="N", deep=True),
        ("POST", "dashboards/", {"name": "N", "use_dashboard": 7, "duplicate_tiles": True}),
    ),
    (insights.page(), ("GET", "insights/", {"basic": "true", "limit": 100, "offset": 0})),
    (insights.read("aB3_-"), ("GET", "insights/aB3_-/", {})),
    (insights.read(5, from_dashboard=7), ("GET", "insights/5/", {"from_dashboard": 7})),
    (
        insights.update(5, name=None, dashboards=[np.int64(7)], tags=["a"]),
        ("PATCH", "insights/5/", {"name": None, "dashboards": [7], "tags": ["a"]}),
    ),
    (insights.delete(5), ("PATCH", "insights/5/", {"deleted": True})),
    (
        insights.create(query={"kind": "TrendsQuery"}, description="D"),
        ("POST", "insights/", {"query": {"kind": "TrendsQuery"}, "description": "D"}),
    ),
    (
        collaborators.add(7, USER),
        ("POST", "dashboards/7/collaborators/", {"user_uuid": USER, "level": 37}),
    ),
    (collaborators.remove(7, USER), ("DELETE", f"dashboards/7/collaborators/{USER}/", None)),
    (
        sharing.change(7, enabled=True),
        ("PATCH", "dashboards/7/sharing/", {"enabled": True}),
    ),
    (
        sharing.change(7, password_required=np.bool_(False), settings={"legend": True}),
        ("PATCH", "dashboards/7/sharing/",
         {"password_required": False, "settings": {"legend": True}}),
    ),
    (sharing.change(7, settings=None), ("PATCH", "dashboards/7/sharing/", {"settings": None})),
    (sharing.add_password(7), ("POST", "dashboards/7/sharing/passwords/", {"note": ""})),
    (
        sharing.add_password(7, Secret("12345678"), note="x" * 100),
        ("POST", "dashboards/7/sharing/passwords/",
         {"note": "x" * 100, "raw_password": "12345678"}),
    ),
    (
        tiles.move(3, source=7, to=8),
        ("PATCH", "dashboards/7/move_tile/",
         {"to_dashboard": 8, "toDashboard": 8, "tile": {"id": 3}}),
    ),
    (
        tiles.copy(3, source=7, to=8),
        ("POST", "dashboards/8/copy_tile/", {"fromDashboardId": 7, "tileId": 3}),
    ),
    (
        tiles.reorder(7, (3, 4)),
        ("POST", "dashboards/7/reorder_tiles/", {"tile_order": [3, 4], "layout": "preserve"}),
    ),
    (
        tiles.create_text(7, "x" * 4000, color="c" * 400),
        ("POST", "dashboards/7/create_text_tile/", {"body": "x" * 4000, "color": "c" * 400}),
    ),
    (
        tiles.update_text(7, 3, color=None, layouts={"sm": {"x": 1}}),
        ("POST", "dashboards/7/update_text_tile/",
         {"tile_id": 3, "color": None, "layouts": {"sm": {"x": 1}}}),
    ),
    (templates.page(search="x"), ("GET", templates.page().path,
                                  {"limit": 100, "offset": 0, "search": "x"})),
    (
        query.run("SELECT 1", {}, "q", name="n" * 200),
        ("POST", "query/", {"query": {"kind": "HogQLQuery", "query": "SELECT 1"},
                            "refresh": "blocking", "client_query_id": "q", "name": "n" * 128}),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "sent"), SENDS, ids=lambda one: getattr(one, "what", None))
def test_what_is_sent(request_: Request[Any], sent: Sent) -> None:
    body = request_.params if request_.method == "GET" else request_.json
    assert (request_.method, request_.path, body) == sent


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: dashboards.page(search="x" * 201), "201 characters"),
    (lambda: dashboards.create(name="x" * 401), "401 characters"),
    (lambda: dashboards.update(7), "Nothing to change"),
    (lambda: dashboards.update(7, filters={}), "ignores empty filters"),
    (lambda: dashboards.update(7, pinned="yes"), "True or False"),  # type: ignore[arg-type]
    (lambda: dashboards.update(7, restriction_level=22), "restriction_level must be 21"),
    (lambda: dashboards.update(7, description=None), "description must be"),  # type: ignore[arg-type]
    (lambda: dashboards.read(7, refresh="now"), "refresh must be one of"),  # type: ignore[arg-type]
    (lambda: insights.update(5), "Nothing to change"),
    (lambda: insights.update(5, name=3), "name must be a string"),  # type: ignore[arg-type]
    (lambda: insights.update(5, dashboards=[0]), "not a dashboard id"),
    (lambda: insights.create(query={}), "needs a kind"),
    (lambda: insights.read("a/b"), "not a insight id|not an insight id"),
    (lambda: collaborators.add(7, USER, 36), "level must be 37"),
    (lambda: collaborators.add(7, USER, 38), "level must be 37"),
    (lambda: collaborators.remove(7, "me"), "not a user's uuid"),
    (lambda: sharing.change(7), "Nothing to change"),
    (lambda: sharing.change(7, enabled="yes"), "enabled must be True"),  # type: ignore[arg-type]
    (lambda: sharing.change(7, password_required=1), "password_required must"),  # type: ignore[arg-type]
    (lambda: sharing.change(7, settings={"color": 1}), "'color' is none of"),
    (lambda: sharing.add_password(7, "1234567"), "at least 8"),
    (lambda: sharing.add_password(7, " 1234567 "), "at least 8"),
    (lambda: sharing.add_password(7, note="x" * 101), "101 characters"),
    (lambda: tiles.reorder(7, 3), "list of tile ids"),  # type: ignore[arg-type]
    (lambda: tiles.reorder(7, []), "at least one tile"),
    (lambda: tiles.reorder(7, [3, 3]), "only once"),
    (lambda: tiles.reorder(7, [3], "three"), "layout must be one of"),  # type: ignore[arg-type]
    (lambda: tiles.create_text(7, " \n"), "non-empty"),
    (lambda: tiles.create_text(7, "x" * 4001), "4001 characters"),
    (lambda: tiles.update_text(7, 3, color="c" * 401), "color is too long"),
]


@pytest.mark.parametrize(("make", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_what_posthog_would_refuse_is_not_sent(make: Callable[[], Any], told: str) -> None:
    with pytest.raises(dw.ConfigurationError, match=told):
        make()


def test_ids_tags_and_json_are_pythons_own() -> None:
    assert checked_id(np.int64(3)) == 3
    assert type(scalar(np.float64(2.5))) is float
    assert scalar(np.array([1])).tolist() == [1]
    assert scalar(np.datetime64("2026-01-01")) == np.datetime64("2026-01-01")
    assert checked_tags(("a", "b")) == ["a", "b"]
    assert checked_json("it", {1: (True, None, np.bool_(True)), "b": 2.5}) == {
        "1": [True, None, True], "b": 2.5,
    }  # fmt: skip


@pytest.mark.parametrize("wrong", [True, 0, -1, 2.0, "3", None])
def test_what_is_no_id(wrong: Any) -> None:
    with pytest.raises(dw.ConfigurationError, match="not a dashboard id"):
        checked_id(wrong)


@pytest.mark.parametrize("wrong", ["a", {"a": 1}, 3, [""], [3], [Secret("x")]])
def test_what_are_no_tags(wrong: Any) -> None:
    with pytest.raises(dw.ConfigurationError):
        checked_tags(wrong)


@pytest.mark.parametrize("wrong", [[1], {"a": float("nan")}, {True: 1}, {2.5: 1}, {"a": {1}}])
def test_what_is_no_json(wrong: Any) -> None:
    with pytest.raises(dw.ConfigurationError):
        checked_json("it", wrong)


def test_the_rows_of_an_answer_come_in_pieces_and_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[at, f"],[{at}", [at]] for at in range(50)]
    import msgspec

    body = msgspec.json.encode({"results": rows, "columns": ["a", "b", "c"]})
    for piece in (10, 100, 10_000):
        monkeypatch.setattr(query, "PIECE", piece)
        found = [row for part in query.read_rows(query.read_answer(body)) for row in part]
        assert found == [tuple(row) for row in rows]
    plain = [[at] for at in range(50)]
    body = msgspec.json.encode({"results": plain, "columns": ["a"]})
    monkeypatch.setattr(query, "PIECE", 40)
    parts = list(query.read_rows(query.read_answer(body)))
    assert len(parts) > 2
    assert [row for part in parts for row in part] == [(at,) for at in range(50)]
    with pytest.raises(dw.UnexpectedAnswer, match="no rows of 2 columns"):
        list(query.read_rows(query.read_answer(b'{"results": [[1]], "columns": ["a", "b"]}')))


def test_a_password_is_hidden_and_must_be_there() -> None:
    made = sharing.add_password(7).reads(b'{"id": 1, "password": "hunter22"}')
    assert made["password"].reveal() == "hunter22"
    assert "hunter22" not in repr(made)
    for answer in (b'{"id": 1}', b'{"password": null}'):
        with pytest.raises(dw.UnexpectedAnswer):
            sharing.add_password(7).reads(answer)


@pytest.mark.parametrize(
    ("answer", "token"),
    [
        (b'{"enabled": true, "access_token": "t", "created_at": "2026-01-01"}', "t"),
        (b'{"enabled": false, "access_token": "t", "created_at": null}', None),
        (b'{"enabled": false, "access_token": null, "created_at": "2026-01-01"}', None),
    ],
)
def test_a_link_has_a_token_once_it_was_made(answer: bytes, token: str | None) -> None:
    found = sharing.read(7).reads(answer)["access_token"]
    assert (found.reveal() if found else None) == token
    with pytest.raises(dw.UnexpectedAnswer):
        sharing.read(7).reads(b'{"access_token": "t"}')
