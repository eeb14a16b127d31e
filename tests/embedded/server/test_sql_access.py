"""What SQL may read: the key's scopes, what a member may not see, and never a secret."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from dashwidgets.embedded import admin
from dashwidgets.embedded.events.engine import Engine
from dashwidgets.embedded.resources.system.tables import TABLES
from dashwidgets.embedded.storage import Storage
from tests.embedded.conftest import Api, running
from tests.embedded.resources.test_query import ask, rows


def with_scopes(api: Api, folder: Path, *scopes: str) -> Api:
    return Api(api.http, admin.add_key(folder, "ines@example.com", "test", scopes), api.keys)


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.scope])
def test_a_table_without_its_scope_is_unknown(api: Api, tmp_path: Path, name: str) -> None:
    scope = TABLES[name].scope
    most = {table.scope for table in TABLES.values() if table.scope} - {scope}
    without = with_scopes(api, tmp_path, "query:read", *most)
    refused = ask(without, f"SELECT * FROM system.{name}")
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        f"Unknown table `system.{name}`.",
    )
    told = rows(without, "SELECT table_name FROM system.information_schema.columns LIMIT 1000")
    assert [f"system.{name}"] not in told
    alone = with_scopes(api, tmp_path, "query:read", scope)
    assert ask(alone, f"SELECT * FROM system.{name}").status_code == 200


def test_without_query_read_nothing(api: Api, tmp_path: Path) -> None:
    key = with_scopes(api, tmp_path, "dashboard:read")
    refused = ask(key, "SELECT 1")
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "API key missing required scope 'query:read'",
    )


def test_boards_that_a_member_may_not_see(api: Api, tmp_path: Path) -> None:
    hidden, member = api.board("Growth overview")["id"], api.as_user("member")
    api.patch(f"dashboards/{hidden}/", {"description": "A secret plan"})
    count = "SELECT count() FROM system.dashboards WHERE deleted = 0"
    everything = rows(member, count)
    admin.deny(tmp_path, "ines@example.com", "dashboard", hidden)
    answer = ask(member, count).json()
    assert answer["results"] == [[everything[0][0] - 1]]
    assert "may exclude" in str(answer["warnings"])
    assert "dashboard" in str(answer["warnings"])
    for sql in (
        f"SELECT id FROM system.dashboard_tiles WHERE dashboard_id = {hidden}",
        f"SELECT id FROM system.annotations WHERE dashboard_id = {hidden}",
        f"SELECT detail FROM system.activity_logs WHERE item_id = '{hidden}'",
    ):
        assert rows(api, sql)
        assert rows(member, sql) == []
    assert ask(api, count).json()["warnings"] == []
    # The other ways in are closed as well.
    assert hidden not in [row["id"] for row in member.get("dashboards/").json()["results"]]
    assert member.get(f"dashboards/{hidden}/").status_code == 403
    assert member.get(f"dashboards/{hidden}/stream_tiles/").status_code == 403
    assert member.get(f"dashboards/{hidden}/sharing/").status_code == 403
    assert member.patch(f"dashboards/{hidden}/", {"name": "Mine"}).status_code == 403
    assert api.get(f"dashboards/{hidden}/").json()["name"] == "Growth overview"


def test_an_insight_that_a_member_may_not_see(api: Api, tmp_path: Path) -> None:
    member, board = api.as_user("member"), api.board("Revenue")["id"]
    tiles = api.get(f"dashboards/{board}/").json()["tiles"]
    insight = next(tile["insight"] for tile in tiles if tile["insight"])
    admin.deny(tmp_path, "ines@example.com", "insight", insight["id"])
    where = f"WHERE id = {insight['id']}"
    assert rows(member, f"SELECT id FROM system.insights {where}") == []
    assert member.get(f"insights/{insight['id']}/").status_code == 403
    seen = member.get(f"dashboards/{board}/").json()["tiles"]
    shown = next(t["insight"] for t in seen if t["insight"] and t["insight"]["id"] == insight["id"])
    assert shown == {
        "id": insight["id"],
        "short_id": insight["short_id"],
        "user_access_level": "none",
    }


def test_a_resource_denied_as_a_whole_has_no_table(api: Api, tmp_path: Path) -> None:
    admin.deny(tmp_path, "ines@example.com", "insight")
    member = api.as_user("member")
    assert ask(member, "SELECT * FROM system.insights").json()["code"] == "unknown_table"
    assert ask(member, "SELECT * FROM system.dashboards").status_code == 200
    with pytest.raises(ValueError, match="can't be hidden"):
        admin.deny(tmp_path, "ines@example.com", "api_key")


KEY, TOKEN, PASSWORD = "phx_planted_key_0123456789", "planted-share-token-4711", "planted password"


@pytest.fixture(scope="module")
def planted(
    tmp_path_factory: pytest.TempPathFactory, engine: Engine
) -> Iterator[tuple[Api, set[str]]]:
    """A project with secrets, and every form in which they are kept."""
    folder = tmp_path_factory.mktemp("planted")
    with running(folder, engine) as api:
        digest = hashlib.sha256(KEY.encode()).hexdigest()
        board = api.board("Partner numbers")["id"]
        body = {"enabled": True, "password_required": True}
        assert api.patch(f"dashboards/{board}/sharing/", body).status_code == 200
        made = api.post(f"dashboards/{board}/sharing/passwords/", {"raw_password": PASSWORD})
        assert made.status_code == 201
        with closing(Storage(folder)) as storage:
            key = {"digest": digest, "user_id": 1, "scopes": ["*"], "label": "planted label"}
            storage.insert("api_key", key | {"created_at": "2026-01-01T00:00:00Z"})
            storage.run("UPDATE sharing SET access_token = ? WHERE dashboard_id = ?", TOKEN, board)
            kept = storage.all("SELECT salt, digest FROM share_password")
            issued = storage.all("SELECT digest FROM api_key")
            tokens = storage.all("SELECT access_token FROM sharing")
        secrets = {KEY, PASSWORD, digest, *(row["digest"] for row in issued)}
        secrets |= {row["access_token"] for row in tokens} | set(api.keys.values())
        for row in kept:
            for blob in row.values():
                secrets |= {blob.hex(), repr(blob)[2:-1], blob.decode("latin-1")}
        yield api, secrets


def test_no_column_of_any_table_holds_a_secret(planted: tuple[Api, set[str]]) -> None:
    api, secrets = planted
    told = rows(
        api, "SELECT table_name, column_name FROM system.information_schema.columns LIMIT 5000"
    )
    read = 0
    for table, column in told:
        if not table.startswith("system."):
            continue
        answer = ask(api, f"SELECT toString({column}) FROM {table} LIMIT 50000")
        assert answer.status_code == 200, (table, column)
        read += len(answer.json()["results"])
        found = [secret for secret in secrets if secret and secret in str(answer.json())]
        assert not found, (table, column)
    assert read > 1000


HOSTILE = [
    *(
        f"SELECT * FROM {prefix}{table}"
        for prefix in ("", "main.", "system.", "temp.", "project.", "memory.main.", "system.main.")
        for table in ("api_key", "sharing", "share_password", "user", "sqlite_master", "result")
    ),
    "SELECT * FROM sqlite_scan('project.sqlite3', 'api_key')",
    "SELECT * FROM sqlite('project.sqlite3', 'api_key')",
    "SELECT * FROM read_text('project.sqlite3')",
    "SELECT * FROM read_blob('**/project.sqlite3')",
    "SELECT * FROM file('project.sqlite3')",
    "SELECT * FROM 'project.sqlite3'",
    "SELECT * FROM `project.sqlite3`",
    "SELECT * FROM loaded",
    "SELECT * FROM duckdb_tables()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM system.information_schema.api_key",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('system.dashboards')",
    "SELECT getenv('POSTHOG_PERSONAL_API_KEY')",
    "SELECT * FROM system.dashboards UNION ALL SELECT * FROM api_key",
    "WITH api_key AS (SELECT * FROM api_key) SELECT * FROM api_key",
    "SELECT (SELECT digest FROM api_key LIMIT 1) FROM system.dashboards",
    "SELECT * FROM system.dashboards WHERE id IN (SELECT id FROM share_password)",
    "SELECT * FROM system.dashboards WHERE id IN share_password",
    "ATTACH 'project.sqlite3' AS p",
    "COPY (SELECT 1) TO 'x.csv'",
    "INSTALL sqlite",
    "PRAGMA database_list",
]


@pytest.mark.parametrize("sql", HOSTILE)
def test_nothing_else_can_be_reached(planted: tuple[Api, set[str]], sql: str) -> None:
    api, secrets = planted
    answer = ask(api, sql)
    assert answer.status_code == 400, answer.text
    said: Any = answer.text
    assert not [secret for secret in secrets if secret and secret in said]


def test_a_column_of_another_table_is_unknown(planted: tuple[Api, set[str]]) -> None:
    api, _ = planted
    for column in ("access_token", "digest", "salt", "scopes", "email", "body"):
        for table in TABLES:
            answer: httpx.Response = ask(api, f"SELECT {column} FROM system.{table}")
            assert answer.status_code == 400, (column, table)
