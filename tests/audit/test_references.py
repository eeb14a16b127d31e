"""Rules about what tiles depend on, each with a near miss."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.audit.evidence.definitions import Definitions
from dashwidgets.audit.report.report import Report
from dashwidgets.audit.rules.references import is_one_edit
from tests.local import local, running

NOW = pd.Timestamp.now("UTC")
EVENTS = pd.DataFrame(
    [
        ("signed_up", NOW - pd.Timedelta("40D"), 120.0),
        ("upgraded_plan", NOW - pd.Timedelta("40D"), 10 * 86_400.0),
        ("$pageview", NOW - pd.Timedelta("1h"), 1.0),
        ("created_boards", NOW - pd.Timedelta("1h"), 60.0),
        ("exported_report", NOW - pd.Timedelta("1h"), 60.0),
        ("invited_teammate", NOW - pd.Timedelta("1h"), 60.0),
        ("payment_failed", NOW - pd.Timedelta("1h"), 60.0),
        ("payment_retried", NOW - pd.Timedelta("90D"), 60.0),
    ],
    columns=["event", "last_seen", "usual_gap"],
)
CARRIED = pd.DataFrame(
    [("signed_up", "channel"), ("signed_up", "plan"), ("upgraded_plan", "revenue")],
    columns=["event", "property"],
)


def trend(*events: str, **more: object) -> dict[str, object]:
    series = [{"kind": "EventsNode", "event": event} for event in events]
    return {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": series} | more}


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    from dashwidgets.api.endpoints import insights

    cohort = [{"key": "id", "type": "cohort", "value": 12}]
    with local() as ph:
        for name, board, query in (
            ("Cohort trend", 1, trend("$pageview", properties=cohort)),
            ("Other cohort", 2, trend("$pageview", properties=[cohort[0] | {"value": 13}])),
            ("Launch days", 1, trend("$pageview", dateRange={"date_to": "2024-03-01"})),
            ("Browsers", 2, trend("$pageview", filterTestAccounts=True)),
        ):
            ph.client.send(insights.create(query=query, name=name, dashboards=[board]))
        objects = pd.DataFrame(
            [("cohort", "12", True), ("cohort", "13", False)], columns=["kind", "name", "deleted"]
        )
        known = Definitions(events=EVENTS, carried=CARRIED, objects=objects)
        rules = [
            "silent-event", "misspelled-event", "property-not-carried", "unused-event",
            "deleted-cohort-or-action", "past-date-range", "metric-defined-twice",
        ]  # fmt: skip
        yield ph.audit(rules, definitions=known)


def evidence(report: Report, rule: str) -> list[str]:
    found = report.findings
    return found.loc[found["rule"] == rule, "evidence"].tolist()


def test_an_event_that_went_silent_is_found_by_its_usual_pace(report: Report) -> None:
    found = evidence(report, "silent-event")
    assert "'signed_up' last arrived 40 days ago; it used to arrive every 120 s" in found
    assert not any("upgraded_plan" in one for one in found), "it is rare anyway"


def test_an_event_one_letter_away_from_one_that_arrives(report: Report) -> None:
    assert set(evidence(report, "misspelled-event")) == {
        "'created_board' never arrived; 'created_boards' does"
    }


def test_a_property_that_the_event_does_not_carry(report: Report) -> None:
    found = evidence(report, "property-not-carried")
    assert "'source' is not carried by 'signed_up'" in found
    assert not any("'channel'" in one or "'revenue'" in one for one in found)


def test_a_deleted_cohort(report: Report) -> None:
    assert evidence(report, "deleted-cohort-or-action") == ["cohort 12 was deleted"]


def test_an_event_that_arrives_and_nothing_uses(report: Report) -> None:
    found = evidence(report, "unused-event")
    assert "no insight uses 'payment_failed'" in found
    assert not any("retried" in one or "$" in one or "exported" in one for one in found)


def test_days_that_are_over(report: Report) -> None:
    found = report.findings.query("rule == 'past-date-range'")
    assert found["tile"].tolist() == ["Launch days"]
    assert found["evidence"].iloc[0].startswith("its date range ended on 2024-03-01, ")


def test_one_name_for_two_metrics(report: Report) -> None:
    found = report.findings.query("rule == 'metric-defined-twice'")
    assert set(found["tile"]) == {"Browsers"}
    assert {"Growth overview", "Acquisition by channel"} <= set(found["dashboard"])


def test_what_was_not_given_is_not_judged() -> None:
    with running() as found:
        key = found.keys["readonly"]
        with dw.connect(found.url, key, found.project_id) as ph:
            report = ph.audit(["deleted-cohort-or-action"])
    row = report.coverage.set_index("what").loc["objects"]
    assert row["state"] == "not evaluated"
    with pytest.raises(dw.ConfigurationError, match="lacks the column 'last_seen'"):
        Definitions(events=pd.DataFrame({"event": []}))


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("signed_up", "signed_ups", True),
        ("signed_up", "sigend_up", True),
        ("signed_up", "signed-up", True),
        ("signed_up", "signed_up", False),
        ("signed_up", "signedup2", False),
        ("a", "bc", False),
    ],
)
def test_one_edit(one: str, other: str, wanted: bool) -> None:
    assert is_one_edit(one, other) is wanted
    assert is_one_edit(other, one) is wanted
