"""What a report keeps, says, compares and writes."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.api.transport.interface import Call
from dashwidgets.audit.report.findings import COVERAGE, FINDINGS
from dashwidgets.audit.report.report import Report, load
from dashwidgets.audit.report.sarif import sarif
from dashwidgets.audit.rule import Finding, forget, rule
from dashwidgets.embedded.sample import SAMPLE
from tests.local import Running, running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("project")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Running]:
    with running(folder) as found:
        yield found


@pytest.fixture(scope="module")
def report(ph: dw.Project) -> Report:
    return ph.audit()


def dump(folder: Path) -> dict[str, list[Any]]:
    """Every row of every table."""
    with closing(sqlite3.connect(folder / "project.sqlite3")) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
        kept = [
            t for t in tables if not t.startswith(("sqlite_", "dashboard_order")) and "_" not in t
        ]
        return {t: database.execute(f"SELECT * FROM {t}").fetchall() for t in kept}


def test_an_audit_changes_nothing_that_it_measures(ph: dw.Project, folder: Path) -> None:
    before = dump(folder)
    assert "dashboard" in before
    report = ph.audit()
    assert dump(folder) == before
    assert report.requests_spent == 4


def test_unknown_is_never_fine(server: Running) -> None:
    with dw.connect(server.url, server.keys["readonly"], server.project_id) as ph:
        report = ph.audit(["owner-left", "public-without-password", "stale"])
    assert report.rules == ("stale",)
    told = report.coverage.set_index("what")
    assert "organization_member:read" in told.loc["members", "reason"]
    assert "sharing_configuration:read" in told.loc["sharing", "reason"]
    for name in ("rule owner-left", "rule public-without-password", "rule same-name"):
        assert told.loc[name, "state"] == "not evaluated"
    assert told.loc["dashboards this key may not see", "state"] == "unknown"
    assert "owner-left" not in set(report.findings["rule"])
    assert "Not evaluated" in repr(report)


class Interrupting:
    """A transport during whose n-th call the user presses Ctrl+C."""

    def __init__(self, inner: Any, after: int) -> None:
        self.inner, self.left = inner, after

    @contextmanager
    def open(self, call: Call) -> Iterator[Any]:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        with self.inner.open(call) as answer:
            yield answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def test_an_interrupted_audit_goes_on_where_it_was(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dw.connect(server.url, server.keys["owner"], server.project_id) as ph:
        whole = ph.client._transport
        monkeypatch.setattr(ph.client, "_transport", Interrupting(whole, 20))
        with pytest.raises(KeyboardInterrupt), pytest.warns(UserWarning, match="opened"):
            ph.audit(["stale-data"])
        monkeypatch.setattr(ph.client, "_transport", whole)
        before = ph.client.requests_spent
        with pytest.warns(UserWarning, match="opened"):
            report = ph.audit(["stale-data"])
        spent = ph.client.requests_spent - before
        assert report.rules == ("stale-data",)
        assert not report.unread
        assert spent < len(SAMPLE), "what had been read is not read again"
        assert report.requests_spent >= len(SAMPLE) + 2


def test_counting_tiles_opens_no_dashboard(ph: dw.Project) -> None:
    before = ph.dashboards().set_index("id")["last_accessed_at"]
    report = ph.audit(["empty", "sparse"])
    assert report.findings.query("rule == 'empty'")["dashboard"].tolist() == ["Untitled experiment"]
    assert report.requests_spent <= 6
    pd.testing.assert_series_equal(ph.dashboards().set_index("id")["last_accessed_at"], before)


def test_frames_have_documented_columns(report: Report) -> None:
    for frame, table in ((report.findings, FINDINGS), (report.coverage, COVERAGE)):
        assert frame.dtypes.astype(str).to_dict() == table.empty().dtypes.astype(str).to_dict()
    assert report.findings["fingerprint"].is_unique
    assert report.summary["findings"].sum() == len(report.findings)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_accepted_findings_are_kept_apart_until_their_day(ph: dw.Project, tmp_path: Path) -> None:
    entry = '[[suppress]]\nrule = "public"\ndashboard = "{}"\nreason = "The lobby"\nuntil = {}\n'
    text = entry.format("Status page", "2099-01-01") + entry.format("Board pack", "2020-01-01")
    report = ph.audit(["public"], suppressions=write(tmp_path / "accepted.toml", text))
    assert set(report.findings["dashboard"]) == {"Partner numbers", "Board pack"}
    assert report.suppressed[["dashboard", "reason", "until"]].to_numpy().tolist() == [
        ["Status page", "The lobby", "2099-01-01"]
    ]
    assert "expired" in report.coverage["state"].tolist()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[suppress]]\nrule = "public"\ndashboard = 1\n', "entry 1 has no reason"),
        ('[[suppress]]\nrule = "public"\ndashboard = 1\nreason = " "\n', "no reason"),
        ('[[suppress]]\nrule = "publik"\ndashboard = 1\nreason = "x"\n', "names no rule"),
        ('[[suppress]]\nrule = "public"\nreason = "x"\n', "names no dashboard"),
        ('[[suppress]]\nrule = "public"\ndashboard = 1\nreason = "x"\nuntil = "May"\n', "a date"),
        ('[[suppress]]\nrule = "*"\ndashboard = 1\nreason = "x"\nwho = 1\n', "unknown field"),
        ("[suppress]\n", "only ..suppress.. tables"),
        ("oops", "read as TOML"),
    ],
)
def test_a_suppression_that_is_not_right_is_an_error(
    ph: dw.Project, tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(dw.ConfigurationError, match=says):
        ph.audit(suppressions=write(tmp_path / "accepted.toml", text))


def test_what_is_new_fixed_back_and_unknown(ph: dw.Project, tmp_path: Path) -> None:
    path = tmp_path / "audit.json"
    board = ph.create("Numbers", tags=["x"])
    names = ["undescribed", "untagged"]
    ph.audit(names).save(path)
    board.update(description="For Mondays")
    second = ph.audit(names)
    mine = second.since(path).query("dashboard == 'Numbers'")
    assert mine[["status", "rule"]].to_numpy().tolist() == [["fixed", "undescribed"]]
    second.save(path)
    board.update(description="")
    ph.create("Another")
    third = ph.audit(names)
    changes = third.since(path)
    assert changes.query("dashboard == 'Numbers'")["status"].tolist() == ["back"]
    assert set(changes.query("dashboard == 'Another'")["status"]) == {"new"}
    assert set(changes.query("dashboard == 'Old marketing site'")["status"]) == {"still"}
    fewer = ph.audit(["untagged"]).since(third)
    gone = fewer.query("rule == 'undescribed'")
    assert set(gone["status"]) == {"unknown"}, "what was not evaluated is not fixed"
    for name in ("Numbers", "Another"):
        ph.dashboard(name).delete()


def test_a_report_survives_being_saved(report: Report, tmp_path: Path) -> None:
    again = load(report.save(tmp_path / "audit.json"))
    pd.testing.assert_frame_equal(again.findings, report.findings)
    pd.testing.assert_frame_equal(again.coverage, report.coverage)
    assert again.since(report)["status"].unique().tolist() == ["still"]
    with pytest.raises(dw.ConfigurationError, match="not a saved report"):
        load(write(tmp_path / "other.json", "{}"))


def test_other_peoples_text_is_text(ph: dw.Project, tmp_path: Path) -> None:
    hostile = '=cmd|"/c calc"!A1 <script>alert(1)</script> \u202egnp.exe\x1b[31m'
    board = ph.create(hostile)
    report = ph.audit(["untagged"])
    for html in (report._repr_html_(), report.to_html(tmp_path / "a.html").read_text("utf-8")):
        assert "<script>" not in html
        assert "&lt;script&gt;" in html
        assert "\u202e" not in html
    rows = pd.read_csv(report.to_csv(tmp_path / "a.csv"))
    assert "'" + hostile in rows["dashboard"].tolist()
    page = report.to_html(tmp_path / "a.html").read_text("utf-8")
    assert "://" not in page.replace(report.host, "")  # nothing is loaded, only boards are linked
    assert f'href="{report.host}/project/{report.project_id}/dashboard/{board.id}"' in page
    board.delete()


def test_a_page_to_forward(report: Report, tmp_path: Path) -> None:
    page = report.to_html(tmp_path / "a.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert "<script" not in page
    for words in ("By severity", "By owner", "What could not be evaluated", "No owner"):
        assert words in page
    assert page.count("<details") == report.findings["rule"].nunique()
    missing = (report.coverage["state"] != "evaluated").sum()
    assert 0 < missing < len(report.coverage)
    assert f"<b>{missing}</b>checks not run" in page
    assert f"{len(report.coverage) - missing:,} lists" in page
    for column in ("dashboard_id", "evidence_date", "fingerprint"):
        assert column not in page


def test_parquet_keeps_the_columns(report: Report, tmp_path: Path) -> None:
    read = pd.read_parquet(report.to_parquet(tmp_path / "a.parquet"))
    assert read["fingerprint"].tolist() == report.findings["fingerprint"].tolist()


def test_a_rule_of_ones_own_is_a_function(ph: dw.Project) -> None:
    @rule(
        "no-team-tag", severity="low", needs=("dashboards",), proves="No tag names a team.",
        spares="Pinned dashboards.", suggestion="Tag it with its team.",
    )  # fmt: skip
    def no_team_tag(evidence: Any, settings: Any) -> Iterator[Finding]:
        for board in evidence.dashboards[~evidence.dashboards["pinned"]].itertuples():
            if not any(tag.startswith("team-") for tag in board.tags):
                yield Finding(board.id, f"tags: {', '.join(board.tags) or 'none'}")

    try:
        found = ph.audit(["no-team-tag"]).findings
        assert "Growth overview" not in set(found["dashboard"]), "it is pinned"
        assert len(found) > 10
        with pytest.raises(dw.ConfigurationError, match="already called"):
            rule("stale", severity="low", needs=("dashboards",), proves="", spares="",
                 suggestion="")(no_team_tag.check)  # fmt: skip
    finally:
        forget("no-team-tag")


def test_a_rule_that_fails_is_named(ph: dw.Project) -> None:
    @rule("oops", severity="low", needs=("dashboards",), proves="", spares="", suggestion="")
    def oops(evidence: Any, settings: Any) -> Iterator[Finding]:
        yield Finding(1 // 0, "")

    try:
        with pytest.raises(dw.ConfigurationError, match="The rule 'oops' failed"):
            ph.audit(["oops"])
    finally:
        forget("oops")


# What SARIF 2.1.0 requires of the parts that are written here.
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {"driver": {"type": "object", "required": ["name"]}},
                    },
                    "invocations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["executionSuccessful"]},
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "message": {"type": "object", "required": ["text"]},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "ruleIndex": {"type": "integer", "minimum": -1},
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_is_what_code_hosts_read(report: Report) -> None:
    told = sarif(report, "0.1.0")
    jsonschema.validate(json.loads(json.dumps(told)), SARIF)
    (run,) = told["runs"]
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["invocations"][0]["toolExecutionNotifications"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--rule", "public-without-password", "--fail-on", "high"], 1, "Partner numbers"),
        (["--rule", "same-name", "--fail-on", "high"], 0, "same-name"),
        (["--rule", "stail"], 2, "No rule is called"),
        (["--format", "xml"], 2, "table, json or sarif"),
        (["--format", "json", "--rule", "stale"], 0, '"findings"'),
        (["--format", "sarif", "--rule", "stale"], 0, '"2.1.0"'),
    ],
)
def test_the_command_for_people_and_for_jobs(
    server: Running, arguments: list[str], code: int, says: str
) -> None:
    environment = {
        "POSTHOG_HOST": server.url,
        "POSTHOG_PERSONAL_API_KEY": server.keys["owner"],
        "POSTHOG_PROJECT_ID": str(server.project_id),
        "COLUMNS": "100",
    }
    done = subprocess.run(
        [sys.executable, "-m", "dashwidgets", "audit", *arguments],
        capture_output=True, text=True, env=environment, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert says in done.stdout + done.stderr
    assert server.keys["owner"] not in done.stdout + done.stderr
