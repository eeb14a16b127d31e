"""``dashwidgets list`` and ``dashwidgets watch``, typed as a user types them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import dashwidgets as dw
from dashwidgets.cli import app
from dashwidgets.embedded.sample import SAMPLE
from tests.commands.conftest import Run
from tests.local import Running


def test_list_as_a_table_opens_nothing(run: Run, server: Running) -> None:
    with dw.connect(server.url, server.keys["owner"], server.project_id) as ph:
        before = ph.dashboards()
        found = run("list")
        assert found.exit_code == 0
        lines = found.output.splitlines()
        assert lines[-1] == f"{len(before)} dashboards."
        assert len(lines) == len(before) + 2
        after = ph.dashboards()
    pd.testing.assert_series_equal(before["last_accessed_at"], after["last_accessed_at"])


def test_list_can_be_narrowed_and_read_by_programs(run: Run, tmp_path: Path) -> None:
    read = pd.read_csv(io.StringIO(run("list", "--search", "FUNNEL", "--format", "csv").output))
    assert len(read) == 3
    assert all("funnel" in name.lower() for name in read["name"])
    tagged = json.loads(run("list", "--tag", "external", "--format", "json").output)
    assert {row["name"] for row in tagged} == {"Board pack", "Partner numbers", "Status page"}
    file = tmp_path / "boards.csv"
    assert run("list", "--format", "csv", "--output", str(file)).output == ""
    assert len(pd.read_csv(file)) == len(SAMPLE)
    assert run("list", "--search", "no such board").output == "0 dashboards.\n"
    assert run("list", "--format", "xml").exit_code == 1


def test_a_hostile_name_does_not_move_the_cursor(run: Run, server: Running) -> None:
    with dw.connect(server.url, server.keys["owner"], server.project_id) as ph:
        board = ph.create("\x1b[2J\u202eevil\nline")
        output = run("list", "--search", "evil").output
        board.delete()
    assert "evil" in output
    assert not {"\x1b", "\u202e"} & set(output)
    assert len(output.splitlines()) == 3


def test_watch_tells_every_tile_and_what_failed(run: Run) -> None:
    good = run("watch", "Growth overview")
    assert good.exit_code == 0
    assert "Weekly actives" in good.output
    assert good.output.splitlines()[-1] == "7 of 7 tiles, 0 failed."
    bad = run("watch", "Orders (broken)")
    assert bad.exit_code == 1
    assert "Orders by plan: Unknown table `orders`." in bad.output
    assert run("watch", "999999").exit_code == 1


def test_without_credentials_it_says_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POSTHOG_HOST", "POSTHOG_PERSONAL_API_KEY", "POSTHOG_PROJECT_ID"):
        monkeypatch.delenv(name, raising=False)
    found = CliRunner().invoke(app, ["list"])
    assert found.exit_code == 1
    assert "POSTHOG_PERSONAL_API_KEY" in found.output
