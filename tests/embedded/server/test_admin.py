"""People, keys and dashboards added from Python and from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from dashwidgets.embedded import admin
from dashwidgets.embedded.process import launch
from dashwidgets.embedded.sample import SAMPLE
from tests.conftest import Served, serve
from tests.embedded.resources.test_templates_and_copies import TEMPLATE


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dashwidgets", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def get(server: Served, key: str, path: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.get(f"{server.url}{path}", headers=headers, trust_env=False)


def test_a_person_and_a_key_beside_a_running_server(tmp_path: Path) -> None:
    with serve("--data-dir", str(tmp_path)) as server:
        where = ("--data-dir", str(tmp_path), "--email", "noor@example.com")
        first = run("add-user", *where, "--first-name", "Noor").stdout.strip()
        assert get(server, first, "/api/users/@me/").json()["first_name"] == "Noor"
        second = run("add-key", *where, "--scope", "dashboard:read").stdout.strip()
        assert get(server, second, "/api/projects/1/dashboards/").json()["count"] == len(SAMPLE)
        assert get(server, second, "/api/users/@me/").status_code == 403
        mine = get(server, second, "/api/personal_api_keys/@current/").json()
        assert (mine["scopes"], mine["value"]) == (["dashboard:read"], None)
    with serve("--data-dir", str(tmp_path)) as server:
        assert get(server, first, "/api/users/@me/").status_code == 200


def test_a_folder_has_one_server_at_a_time(tmp_path: Path) -> None:
    with serve("--data-dir", str(tmp_path)) as first:
        second = run("serve", "--data-dir", str(tmp_path))
        assert second.returncode == 1
        assert second.stderr.strip() == (
            f"Another server has {tmp_path} open. "
            "Connect to that one, stop it, or choose another --data-dir."
        )
        with pytest.raises(RuntimeError, match=r"did not start: Another server has .* open"):
            launch(tmp_path)
        first.process.kill()
        first.process.wait()
    with serve("--data-dir", str(tmp_path)) as third:  # a killed server keeps nobody out
        assert get(third, third.keys["owner"], "/api/users/@me/").status_code == 200


def test_what_can_not_be_added_is_one_sentence(tmp_path: Path) -> None:
    admin.add_user(tmp_path, "noor@example.com", "Noor", level="admin")
    with pytest.raises(ValueError, match="already in this project"):
        admin.add_user(tmp_path, "noor@example.com", "Noor")
    with pytest.raises(ValueError, match="not a level"):
        admin.add_user(tmp_path, "x@example.com", "X", level="king")
    answer = run("add-key", "--data-dir", str(tmp_path), "--email", "nobody@example.com")
    assert answer.returncode == 1
    assert answer.stderr.strip() == "No user has the email nobody@example.com."


def test_dashboards_are_imported_in_either_form(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(TEMPLATE))
    with serve() as server:
        key = server.keys["owner"]
        detail = get(server, key, "/api/projects/1/dashboards/1/").json()
    (folder / "b.json").write_text(json.dumps(detail | {"name": "Read back"}))
    with serve("--import", str(folder)) as server:
        rows = get(server, server.keys["owner"], "/api/projects/1/dashboards/").json()["results"]
        found = {row["name"]: row["id"] for row in rows}
        path = f"/api/projects/1/dashboards/{found['Read back']}/"
        again = get(server, server.keys["owner"], path).json()
        assert "Starter" in found
        assert [t["layouts"] for t in again["tiles"]] == [t["layouts"] for t in detail["tiles"]]
    (folder / "c.json").write_text('{"hello": 1}')
    failed = run("serve", "--import", str(folder))
    assert failed.returncode == 1
    assert "c.json does not contain a dashboard" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_your_own_events_and_rate_limits_by_switch(tmp_path: Path) -> None:
    failed = run("serve", "--events", str(tmp_path / "absent.parquet"))
    assert failed.returncode == 1
    assert "can't be read" in failed.stderr
    with serve("--rate-limits") as server:
        key = server.keys["member"]
        codes = [get(server, key, "/api/projects/1/query/x/").status_code for _ in range(245)]
        assert codes.count(429) == 5
        last = get(server, key, "/api/projects/1/query/x/")
        assert 0 < int(last.headers["Retry-After"]) <= 60
