"""A cell of SQL, in a real IPython shell on the embedded project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

import dashwidgets as dw


@pytest.fixture
def shell(shared: dw.Project) -> Iterator[InteractiveShell]:
    made = InteractiveShell()
    made.user_ns["ph"] = shared
    made.run_line_magic("load_ext", "dashwidgets")
    yield made
    made.history_manager.end_session() if made.history_manager else None


def cell(shell: InteractiveShell, line: str, sql: str) -> Any:
    return shell.run_cell_magic("hogql", line, sql)


def test_a_cell_is_a_frame_and_a_variable(shell: InteractiveShell) -> None:
    shell.user_ns["wanted"] = ["signed_up", "upgraded_plan"]
    sql = "SELECT event, count() AS n FROM events\nWHERE event IN {wanted} GROUP BY event"
    shown = cell(shell, "counts", sql)
    kept = shell.user_ns["counts"]
    assert shown is kept
    assert sorted(kept["event"]) == ["signed_up", "upgraded_plan"]
    assert str(kept["n"].dtype) == "Int64"


def test_a_value_is_never_pasted(shell: InteractiveShell) -> None:
    shell.user_ns["name"] = "x' OR 1 = 1 --"
    found = cell(shell, "", "SELECT id FROM system.dashboards WHERE name = {name}")
    assert isinstance(found, pd.DataFrame)
    assert found.empty


def test_options_are_those_of_sql(shell: InteractiveShell) -> None:
    found = cell(shell, "few --limit 2 --project ph", "SELECT id FROM system.dashboards")
    assert len(found) == 2
    whole = cell(shell, "--limit all --by id", "SELECT id FROM system.dashboards")
    assert whole.attrs["complete"] is True


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("not-a-name", "can't be a variable"),
        ("--limit many", "a number or all"),
        ("--nothing", "unrecognized"),
        ("'open", "write %%hogql"),
        ("--project shell", "not a project"),
    ],
)
def test_what_is_wrong_is_one_sentence(shell: InteractiveShell, line: str, says: str) -> None:
    with pytest.raises(dw.ConfigurationError, match=says):
        cell(shell, line, "SELECT 1")


def test_a_missing_value_and_a_missing_project_are_said(shell: InteractiveShell) -> None:
    with pytest.raises(dw.ConfigurationError, match="Give a value for absent"):
        cell(shell, "", "SELECT {absent}")
    del shell.user_ns["ph"]
    with pytest.raises(dw.ConfigurationError, match=r"ph = dw.connect"):
        cell(shell, "", "SELECT 1")
