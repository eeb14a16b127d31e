"""The query endpoint: rows of system tables and events, in the background, stopped, refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dashwidgets.embedded.events.engine import Engine
from dashwidgets.embedded.resources.system.tables import TABLES
from dashwidgets.embedded.server.errors import Problem
from dashwidgets.embedded.server.limits import Limits
from tests.embedded.conftest import Api, running

SLOW = "SELECT count() FROM events AS a CROSS JOIN events AS b CROSS JOIN events AS c"


def ask(api: Api, sql: str, values: Any = None, **fields: Any) -> httpx.Response:
    query = {"kind": "HogQLQuery", "query": sql} | ({"values": values} if values else {})
    return api.post("query/", {"query": query, **fields})


def rows(api: Api, sql: str, **values: Any) -> list[list[Any]]:
    answer = ask(api, sql, values)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def test_boards_with_their_tiles_in_one_statement_and_nothing_is_opened(api: Api) -> None:
    before = api.get("dashboards/", limit=1000).json()["results"]
    counted = rows(
        api,
        "SELECT d.name, count() AS tiles FROM system.dashboard_tiles AS t "
        "JOIN system.dashboards AS d ON d.id = t.dashboard_id "
        "LEFT JOIN system.insights AS i ON i.id = t.insight_id "
        "WHERE d.deleted = 0 AND t.deleted = 0 AND ifNull(i.deleted, 0) = 0 "
        "GROUP BY d.name ORDER BY d.name LIMIT 1000",
    )
    assert api.get("dashboards/", limit=1000).json()["results"] == before
    details = {row["name"]: api.get(f"dashboards/{row['id']}/").json()["tiles"] for row in before}
    assert dict(counted) == {name: len(tiles) for name, tiles in details.items() if tiles}


def test_the_envelope_is_posthogs(api: Api) -> None:
    answer = ask(api, "SELECT id, name, created_at, deleted FROM system.dashboards").json()
    assert answer["columns"] == ["id", "name", "created_at", "deleted"]
    assert answer["types"] == [
        ["id", "Int64"],
        ["name", "String"],
        ["created_at", "DateTime64(6, 'UTC')"],
        ["deleted", "Int64"],
    ]
    assert (answer["hasMore"], answer["limit"], answer["query_status"]) == (False, 100, None)
    assert answer["results"][0][2].endswith("Z")


def test_without_a_limit_a_hundred_rows(api: Api) -> None:
    cut = ask(api, "SELECT * FROM system.information_schema.columns").json()
    assert (len(cut["results"]), cut["hasMore"]) == (100, True)


def test_every_table_is_told_and_every_column_can_be_read(api: Api) -> None:
    told = rows(api, "SELECT table_name FROM system.information_schema.tables LIMIT 100")
    assert {name for (name,) in told} >= {
        "events",
        "persons",
        "sessions",
        *(f"system.{n}" for n in TABLES),
    }
    columns = rows(api, "SELECT * FROM system.information_schema.columns LIMIT 1000")
    for column in [row[2] for row in columns if row[1] == "sessions"]:
        assert ask(api, f"SELECT `{column}` FROM sessions LIMIT 1").status_code == 200, column
    for table in {row[1] for row in columns if row[0] == "system"}:
        named = [row[2] for row in columns if row[1] == table]
        assert ask(api, f"SELECT {', '.join(named)} FROM {table}").status_code == 200
        assert ask(api, f"SELECT * FROM {table}").json()["columns"] == named


def test_values_are_never_sql(api: Api) -> None:
    hostile = "x' OR 1 = 1 --"
    where = "SELECT count() FROM system.dashboards WHERE name = {name}"
    assert rows(api, where, name=hostile) == [[0]]
    api.post("dashboards/", {"name": hostile})
    assert rows(api, where, name=hostile) == [[1]]
    listed = rows(api, "SELECT name FROM system.dashboards WHERE id IN {ids}", ids=[1, 2])
    assert len(listed) == 2
    assert "Unresolved placeholder: {other}" in ask(api, "SELECT {other}").json()["detail"]


def test_events_and_boards_in_one_statement(api: Api) -> None:
    found = rows(
        api,
        "SELECT a.name, e.n FROM system.actions AS a CROSS JOIN "
        "(SELECT count() AS n FROM events) AS e ORDER BY a.id",
    )
    assert [name for name, _ in found] == ["Viewed pricing", "Got started", "Bought a larger plan"]
    assert found[0][1] > 100_000


def test_other_kinds_are_answered_too(api: Api) -> None:
    trend = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]}
    answer = api.post("query/", {"query": trend}).json()
    assert sum(answer["results"][0]["data"]) > 100
    unknown = api.post("query/", {"query": {"kind": "RevenueQuery"}})
    assert unknown.status_code == 400
    assert "RevenueQuery" in unknown.json()["detail"]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT * FROM system.sharing", "Unknown table `system.sharing`."),
        ("SELECT * FROM dashboards", "Unknown table `dashboards`."),
        ("SELECT * FROM system.information_schema.secrets", "Unknown table"),
        ("SELECT wrong FROM system.dashboards", "wrong"),
        ("SELEC 1", "Syntax error"),
        ("DELETE FROM system.dashboards", "SELECT"),
        ("SELECT 1; SELECT 2", "one statement"),
    ],
)
def test_what_is_wrong_is_said_as_posthog_does(api: Api, sql: str, reason: str) -> None:
    answer = ask(api, sql)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    assert reason in answer.json()["detail"]


def test_bodies_that_ask_nothing(api: Api) -> None:
    assert api.post("query/", {}).json()["attr"] == "query"
    assert api.post("query/", {"query": {}}).json()["attr"] == "query__kind"
    long = api.post(
        "query/", {"query": {"kind": "HogQLQuery", "query": "SELECT 1"}, "name": "x" * 129}
    )
    assert (long.status_code, long.json()["attr"]) == (400, "name")


def test_in_the_background(api: Api) -> None:
    for sql, code in (("SELECT count() FROM events", 200), ("SELECT * FROM system.nothing", 400)):
        begun = ask(api, sql, refresh="async", client_query_id=f"mine-{code}")
        assert begun.status_code == 202
        status = begun.json()["query_status"]
        assert (status["id"], status["complete"]) == (f"mine-{code}", False)
        done = wait(api, status["id"])
        assert done.status_code == code
        told = done.json()["query_status"]
        assert (told["complete"], told["error"]) == (True, code != 200)
        if code == 200:
            assert told["results"]["results"][0][0] > 100_000
        else:
            assert "Unknown table" in told["error_message"]
    assert api.get("query/never-asked/").status_code == 404


def test_nobody_else_reads_or_stops_it(api: Api) -> None:
    ask(api, "SELECT name FROM system.dashboards", refresh="async", client_query_id="mine")
    wait(api, "mine")
    other = api.as_user("member")
    assert other.get("query/mine/").status_code == 404
    assert other.send("DELETE", "query/mine/").status_code == 204
    assert api.get("query/mine/").status_code == 200


def test_a_query_that_runs_is_stopped(api: Api) -> None:
    answers: list[httpx.Response] = []
    began = time.monotonic()
    thread = threading.Thread(target=lambda: answers.append(ask(api, SLOW, client_query_id="long")))
    thread.start()
    while thread.is_alive():
        assert api.send("DELETE", "query/long/").status_code == 204
        time.sleep(0.05)
    assert time.monotonic() - began < 30
    assert (answers[0].status_code, answers[0].json()["code"]) == (400, "canceled")
    ask(api, SLOW, refresh="async", client_query_id="later")
    api.send("DELETE", "query/later/")
    assert "canceled" in wait(api, "later").json()["detail"]


def wait(api: Api, query_id: str) -> httpx.Response:
    for _ in range(600):
        answer = api.get(f"query/{query_id}/")
        if answer.status_code != 202:
            return answer
        time.sleep(0.05)
    raise AssertionError("still running")


def test_tables_of_one_query_are_not_seen_by_another(api: Api) -> None:
    """A hundred at once, of two users: each has only its own rows."""
    reader = api.as_user("readonly")
    seen: list[Any] = []

    def one(who: Api) -> None:
        seen.append(ask(who, "SELECT count() FROM system.annotations").status_code)

    threads = [threading.Thread(target=one, args=(api if n % 2 else reader,)) for n in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [200] * 50 + [400] * 50


def test_hogql_has_a_bucket_of_its_own() -> None:
    limits = Limits(lambda: 0.0)
    hogql = {"query": {"kind": "HogQLQuery", "query": "SELECT 1"}}
    for _ in range(120):
        limits.check("key", "/api/projects/1/query/", hogql)
    limits.check("key", "/api/projects/1/query/", {"query": {"kind": "TrendsQuery"}})
    limits.check("key", "/api/projects/1/query/abc/")
    limits.check("other", "/api/projects/1/query/", hogql)
    with pytest.raises(Problem) as refused:
        limits.check("key", "/api/projects/1/query/", hogql)
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "3600")


@pytest.fixture
def old(tmp_path: Path, engine: Engine) -> Iterator[Api]:
    with running(tmp_path, engine, system_tables=False) as found:
        yield found


def test_an_old_server_has_events_only(old: Api) -> None:
    assert ask(old, "SELECT * FROM system.dashboards").json()["detail"] == (
        "Unknown table `system.dashboards`."
    )
    assert ask(old, "SELECT * FROM system.information_schema.columns").status_code == 400
    assert rows(old, "SELECT count() FROM events")[0][0] > 100_000


def test_a_strict_server_has_only_the_columns_that_all_have(strict: Api) -> None:
    assert ask(strict, "SELECT filters FROM system.dashboards").status_code == 200
    refused = ask(strict, "SELECT last_accessed_at FROM system.dashboards")
    assert refused.status_code == 400
