"""Every rule finds its fault in the sample, and leaves the near misses alone."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.audit import documentation
from dashwidgets.audit.evidence.definitions import CARRIED, EVENTS, OBJECTS, Definitions
from dashwidgets.audit.report.report import Report
from dashwidgets.audit.rule import RULES, Settings
from dashwidgets.embedded.sample import SAMPLE
from tests.local import local

FOUND: dict[str, set[str]] = {
    "stale": {"Old marketing site", "Partner numbers"},
    "never-opened": {"Generated Dashboard: new-nav Usage"},
    "generated-leftover": {"Generated Dashboard: new-nav Usage"},
    "public": {"Partner numbers", "Board pack", "Status page"},
    "public-and-stale": {"Partner numbers"},
    "public-without-password": {"Partner numbers"},
    "password-never-rotated": {"Board pack"},
    "old-link": {"Partner numbers", "Board pack"},
    "ownerless": {"Old marketing site"},
    "owner-left": {"Hiring plan"},
    "nobody-can-edit": {"Hiring plan"},
    "same-name": {"Checkout funnel", "checkout  FUNNEL"},
    "default-name": {"Untitled experiment", "Checkout funnel (Copy)"},
    "undescribed": {"Old marketing site", "Untitled experiment"},
    "same-content": {"Checkout funnel", "Checkout funnel (Copy)"},
    "near-duplicate": {"Board pack"},
    "empty": {"Untitled experiment"},
    "crowded": {"Weekly report"},
    "overlap": {"Sprint notes"},
    "off-grid": {"Sprint notes"},
    "no-layout": {"Sprint notes"},
    "broken-tile": {"Orders (broken)", "Hours of use"},
    "alert-broken": {"Orders (broken)"},
    "deleted-insight": {"Old marketing site"},
    "changed-by-leaver": {"Hiring plan"},
}
NEAR_MISSES: dict[str, set[str]] = {
    "stale": {"Checkout funnel (Copy)"},
    "public-and-stale": {"Board pack"},
    "password-never-rotated": {"Status page"},
    "old-link": {"Status page"},
    "owner-left": {"Old marketing site"},
    "same-content": {"Status page", "Board pack"},
    "crowded": {"Heavy board"},
    "sparse": {"Untitled experiment", "Growth overview"},
    "untagged": {"Growth overview"},
    "broken-tile": {"Old marketing site"},
}


@pytest.fixture(scope="module")
def everything(ph: dw.Project) -> Report:
    said = rf"\d+ requests; {len(SAMPLE)} dashboards will count as opened"
    nothing = Definitions(EVENTS.empty(), CARRIED.empty(), OBJECTS.empty())
    with pytest.warns(UserWarning, match=said):
        return ph.audit("all", slow_after="1us", definitions=nothing)


def boards(report: Report, rule: str) -> set[str]:
    found = report.findings
    return set(found.loc[found["rule"] == rule, "dashboard"].dropna())


@pytest.mark.parametrize("rule", FOUND)
def test_a_rule_finds_its_fault_and_nothing_else(everything: Report, rule: str) -> None:
    assert boards(everything, rule) == FOUND[rule]


@pytest.mark.parametrize("rule", NEAR_MISSES)
def test_a_near_miss_is_left_alone(everything: Report, rule: str) -> None:
    assert not boards(everything, rule) & NEAR_MISSES[rule]


def test_what_is_on_no_dashboard_is_found_too(everything: Report) -> None:
    found = everything.findings.set_index("rule")
    assert "Exports, first draft" in found.loc["unused-insight", "evidence"]
    assert "Weekly actives) is on 5 dashboards" in found.loc["shared-insight", "evidence"]
    assert pd.isna(found.loc["shared-insight", "dashboard_id"])


def test_what_outlived_its_board_is_found_by_sql(everything: Report) -> None:
    found = everything.findings.set_index("rule")
    assert "'Exports stopped' watches insight" in found.loc["alert-without-dashboard", "evidence"]
    assert "'The campaign began'" in found.loc["annotation-on-deleted", "evidence"]
    assert pd.isna(found.loc["annotation-on-deleted", "dashboard_id"])


LAYOUT = ["overlap", "off-grid", "no-layout"]


def test_layouts_are_judged_without_opening_a_dashboard() -> None:
    with local() as ph:
        before = ph.dashboards()["last_accessed_at"].tolist()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            report = ph.audit(LAYOUT)
        assert report.requests_spent <= 6
        assert ph.dashboards()["last_accessed_at"].tolist() == before
    assert {rule: boards(report, rule) for rule in LAYOUT} == {r: FOUND[r] for r in LAYOUT}


def test_an_older_server_has_its_dashboards_opened_and_the_rest_is_not_judged() -> None:
    with (
        local(system_tables=False) as ph,
        pytest.warns(UserWarning, match=r"\d+ dashboards will count as opened"),
    ):
        report = ph.audit([*LAYOUT, "deleted-insight", "alert-broken"])
    assert {rule: boards(report, rule) for rule in LAYOUT} == {r: FOUND[r] for r in LAYOUT}
    coverage = report.coverage.set_index("what")["state"]
    for what in ("leftovers", "alerts", "rule deleted-insight", "rule alert-broken"):
        assert coverage[what] == "not evaluated"


def test_every_rule_is_there_judged_and_documented(everything: Report) -> None:
    tried = set(FOUND) | {
        "alert-without-dashboard", "annotation-on-deleted",
        "sparse", "untagged", "unused-insight", "shared-insight", "slow-tile", "stale-data",
        # tried in test_references.py
        "silent-event", "misspelled-event", "property-not-carried", "deleted-cohort-or-action",
        "unused-event", "past-date-range", "metric-defined-twice",
    }  # fmt: skip
    assert set(RULES) == set(everything.rules) == tried
    for rule in RULES.values():
        for said in (rule.proves, rule.spares, rule.suggestion):
            assert said.endswith(".")
    written = Path(__file__).parents[2] / "docs" / "audit.md"
    assert written.read_text(encoding="utf-8") == documentation.page()


def test_slow_tiles_are_those_that_were_computed(everything: Report, ph: dw.Project) -> None:
    first = everything.findings.query("rule == 'slow-tile'")
    assert len(first) > 20
    assert first["tile"].notna().all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        again = ph.audit(["slow-tile"], slow_after="1us")
    assert len(again.findings) < len(first), "what is cached by now says nothing about its query"


def test_old_results_are_found_by_when_they_were_computed(
    everything: Report, ph: dw.Project
) -> None:
    assert boards(everything, "stale-data") == set(), "everything was computed just now"
    with pytest.warns(UserWarning, match="opened"):
        report = ph.audit(["stale-data"], data_stale_after="1us")
    assert "Growth overview" in boards(report, "stale-data")
    assert "Untitled experiment" not in boards(report, "stale-data")


def test_thresholds_are_frozen_in_the_finding(ph: dw.Project) -> None:
    report = ph.audit(["old-link"], link_after="450D")
    assert boards(report, "old-link") == {"Board pack"}
    finding = report.findings.iloc[0]
    assert finding["threshold"] == "450 days"
    assert finding["evidence_date"] < pd.Timestamp.now("UTC") - pd.Timedelta("499D")
    assert Settings().stale_after == pd.Timedelta("90D")


@pytest.mark.parametrize(
    ("rules", "options", "says"),
    [
        (["stail"], {}, "No rule is called 'stail'"),
        ("everything", {}, '"cheap", "unopened" or "all"'),
        ([], {}, "No rule was chosen"),
        ("cheap", {"stale_after": "soon"}, "stale_after can't be 'soon'"),
        ("cheap", {"stale_after": "-1D"}, "positive"),
        ("cheap", {"stale": "1D"}, "'stale' is not a threshold"),
    ],
)
def test_what_can_not_be_right_is_told_before_anything_is_sent(
    ph: dw.Project, rules: object, options: dict[str, str], says: str
) -> None:
    spent = ph.client.requests_spent
    with pytest.raises(dw.ConfigurationError, match=says):
        ph.audit(rules, **options)
    assert ph.client.requests_spent == spent
