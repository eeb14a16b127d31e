"""Whatever is sent: the contract's error, never a 500, nothing half-written (contract 3)."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashwidgets.embedded.server.routes import ELSEWHERE, PROJECT
from tests.embedded.conftest import Api
from tests.local import Running

VALUES: list[Any] = [
    None, True, -1, 0, 2**31, 2**63, 2**100, 1.5, "", " ", "x", "é\U0001f600", "a\0b", "\ud800",
    [], [[]], {}, {"a": {"b": []}}, "9" * 5000, [2**63], {"id": 2**63}, {"id": -1}, [{"id": "x"}],
]  # fmt: skip
FIELDS = [
    "name", "description", "pinned", "tags", "restriction_level", "filters", "variables", "tiles",
    "deleted", "breakdown_colors", "data_color_theme_id", "quick_filter_ids", "use_template",
    "use_dashboard", "duplicate_tiles", "delete_insights", "last_accessed_at", "to_dashboard",
    "tile", "tile_order", "layout", "fromDashboardId", "tileId", "tile_id", "body", "layouts",
    "color", "template", "user_uuid", "level", "enabled", "settings", "password_required",
    "raw_password", "note", "query", "dashboards", "favorited", "ids", "action", "tag",
]  # fmt: skip
TRIES = 90
"""Of each route; another set for each, the same every time."""
WRITES = [
    (verb, path)
    for path, verbs in PROJECT.items()
    for verb in verbs
    if verb in ("POST", "PATCH", "PUT")
]


@pytest.mark.parametrize(("verb", "path"), WRITES, ids=lambda value: str(value))
def test_no_value_of_a_field_breaks_a_write(api: Api, verb: str, path: str) -> None:
    pairs = list(itertools.product(FIELDS, VALUES))
    some = random.Random(f"{verb} {path}").sample(pairs, TRIES)
    path = path.replace("{id}", "4").replace("{insight_id}", "20")
    broken: list[tuple[str, Any]] = []
    for field, value in some:
        answer = api.send(verb, f"{path}/", content=json.dumps({field: value}).encode())
        worded = answer.status_code < 400 or bool({"detail", "error"} & set(answer.json()))
        if answer.status_code >= 500 or not worded:
            broken.append((field, value))
    assert broken == []


@pytest.mark.parametrize("bad", ["-1", "0", str(2**63), str(2**100), "1.5", "x", "%00", "é", "1e3"])
def test_no_id_breaks_a_read(api: Api, bad: str) -> None:
    paths = [f"/api/projects/1/{path}/" for path in PROJECT] + [f"{path}/" for path in ELSEWHERE]
    for path in paths:
        for name in ("{id}", "{insight_id}", "{query_id}", "{user_uuid}", "{password_id}"):
            path = path.replace(name, bad)
        path = path.replace("{organization_id}", "@current")
        assert api.get(path).status_code < 500, path
        assert api.send("DELETE", path).status_code < 500, path


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=json_values, where=st.sampled_from(["dashboards/1/", "insights/1/"]))
def test_arbitrary_json_breaks_no_update(api: Api, body: Any, where: str) -> None:
    assert api.send("PATCH", where, json=body).status_code < 500
    assert api.get("dashboards/", limit=50).status_code == 200


def test_large_bodies_and_deep_nesting(api: Api) -> None:
    large = api.patch("dashboards/1/", {"description": "x" * 5_000_000})
    assert large.status_code == 200
    assert len(api.board("Growth overview")["description"]) == 5_000_000
    deep = b'{"filters": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    answer = api.send("PATCH", "dashboards/1/", content=deep)
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
    for text in (b"NaN", b'{"name": NaN}', b"\xff\xfe", b'{"name": "\\ud800"}'):
        assert api.send("PATCH", "dashboards/1/", content=text).status_code == 400


def test_a_refused_patch_writes_nothing_of_its_fields(api: Api) -> None:
    before = api.get("dashboards/").json()
    assert api.patch("dashboards/1/", {"name": "New", "tags": "x"}).status_code == 400
    assert api.get("dashboards/").json() == before


def test_other_host_names_are_refused_and_no_page_elsewhere_may_read(served: Running) -> None:
    headers = {"Authorization": f"Bearer {served.keys['owner']}"}
    url = f"{served.url}/api/users/@me/"
    evil = httpx.get(url, headers=headers | {"Host": "evil.example"}, trust_env=False)
    assert evil.status_code == 400
    cors = httpx.get(url, headers=headers | {"Origin": "https://evil.example"}, trust_env=False)
    assert not [name for name in cors.headers if name.startswith("access-control")]
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    assert httpx.options(url, headers=asked, trust_env=False).status_code >= 400


def test_the_stored_project_holds_no_key_and_no_password(api: Api, tmp_path: Any) -> None:
    api.patch("dashboards/1/sharing/", {"enabled": True, "password_required": True})
    api.post("dashboards/1/sharing/passwords/", {"raw_password": "correct-horse-9"})
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("project.sqlite3*"))
    for secret in [*api.keys.values(), "correct-horse-9"]:
        assert secret.encode() not in stored
