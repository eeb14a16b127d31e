"""``dashwidgets references``, typed as a user types it."""

from __future__ import annotations

import io
import json

import pandas as pd

from tests.commands.conftest import Run


def test_a_name_that_is_used_is_shown_and_gives_exit_code_1(run: Run) -> None:
    found = run("references", "upgraded_plan")
    assert found.exit_code == 1
    assert "Revenue" in found.stdout
    assert "/source/series/0/event" in found.stdout
    assert found.stdout.rstrip().endswith("dashboards.")


def test_a_name_that_is_not_used_gives_exit_code_0(run: Run) -> None:
    found = run("references", "never_heard_of")
    assert found.exit_code == 0
    assert found.stdout == "0 places in 0 insights on 0 dashboards.\n"


def test_json_and_csv_have_every_place(run: Run) -> None:
    rows = json.loads(run("references", "upgraded_plan", "--format", "json").stdout)
    frame = pd.read_csv(io.StringIO(run("references", "upgraded_plan", "--format", "csv").stdout))
    assert len(rows) == len(frame) > 3
    assert {row["name"] for row in rows} == {"upgraded_plan"}


def test_what_cannot_be_asked_gives_exit_code_2(run: Run) -> None:
    assert run("references", "x", "--format", "xml").exit_code == 2
    assert run("references", "x", "--kind", "color").exit_code == 2
