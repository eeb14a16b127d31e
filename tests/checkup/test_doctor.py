"""``dw.doctor()``: each check is well, or says the one thing to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import dashwidgets as dw
from dashwidgets.checkup.checks import bundles_check, scopes_check
from dashwidgets.embedded.sample import SAMPLE
from tests.local import Running


def states(found: object) -> dict[str, str]:
    return {check.name: check.state for check in found.checks}  # type: ignore[attr-defined]


def test_all_is_well(served: Running) -> None:
    found = dw.doctor(host=served.url, key=served.keys["owner"], project_id=served.project_id)
    assert found.ok, repr(found)
    assert set(states(found).values()) == {"ok"}
    names = ["host", "key", "scopes", "project", "budget", "versions", "widgets", "kernel"]
    assert found.frame["name"].tolist() == names
    for shown in (repr(found), found._repr_html_()):
        assert f"{len(SAMPLE)} dashboards" in shown
        assert served.keys["owner"] not in shown


def test_a_wrong_key(served: Running) -> None:
    found = dw.doctor(host=served.url, key="phx_" + "0" * 40, project_id=served.project_id)
    assert states(found)["key"] == "failed"
    assert not found.ok
    assert "Personal API keys" in repr(found)
    assert "phx_0" not in repr(found)


def test_a_wrong_project(served: Running) -> None:
    found = dw.doctor(host=served.url, key=served.keys["owner"], project_id=987654)
    assert states(found)["project"] == "failed"
    assert "POSTHOG_PROJECT_ID" in repr(found)


def test_no_host() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    found = dw.doctor(host=url, key="phx_" + "0" * 40)
    assert states(found)["host"] == "failed"
    assert states(found)["key"] == "skipped"
    assert "POSTHOG_HOST" in repr(found)


def test_no_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("POSTHOG_PERSONAL_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    found = dw.doctor()
    assert states(found)["key"] == "failed"
    assert states(found)["project"] == "skipped"
    assert "POSTHOG_PERSONAL_API_KEY" in repr(found)


def test_a_key_that_lacks_scopes_is_told_which() -> None:
    class OnlyDashboards:
        def send(self, request: object, **_: object) -> dict[str, object]:
            return {"scopes": ["dashboard:write", "query:read"]}

    found = scopes_check(OnlyDashboards())  # type: ignore[arg-type]
    assert found.state == "warning"
    assert found.advice == "Add insight:read to the key in PostHog."


def test_a_bundle_that_was_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dashwidgets.widgets.shared import bundle

    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    assert bundles_check().state == "failed"
    assert "hatch_build" in bundles_check().advice


def test_the_command_exits_with_1_when_something_is_in_the_way(served: Running) -> None:
    command = [sys.executable, "-m", "dashwidgets", "doctor"]
    names = {"POSTHOG_HOST": served.url, "POSTHOG_PROJECT_ID": str(served.project_id)}
    for key, code in ((served.keys["owner"], 0), ("phx_" + "0" * 40, 1)):
        environment = os.environ | names | {"POSTHOG_PERSONAL_API_KEY": key}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        assert "project" in done.stdout
        assert key not in done.stdout + done.stderr
