"""A rename as a plan: looked at, applied, taken back, gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.endpoints import insights
from dashwidgets.api.paging import collect
from dashwidgets.references.sql.parse import is_exact
from tests.local import local


@pytest.fixture
def ph() -> Iterator[dw.Project]:
    with local() as project:
        yield project


def queries(ph: dw.Project) -> dict[int, Any]:
    return {row["id"]: row["query"] for row in collect(ph.client, insights.page).rows}


def test_an_event_is_renamed_everywhere_and_back(ph: dw.Project) -> None:
    before = queries(ph)
    plan = ph.plan().rename_event("signed_up", "it's done")
    spent, price = ph.client.requests_spent, plan.requests
    done = plan.apply()
    assert ph.client.requests_spent - spent == price
    refused = done[done["state"] == "refused"]
    assert len(refused) == (0 if is_exact() else 2)
    assert set(done["state"]) == ({"done"} if is_exact() else {"done", "refused"})
    left = ph.references("signed_up", kind="event")
    assert len(left) == len(refused)
    assert len(ph.references("it's done", kind="event")) > 10
    back = plan.revert()
    assert (back["state"] == "done").all()
    assert queries(ph) == before


def test_a_plan_shows_what_changes_where_and_sends_nothing(ph: dw.Project) -> None:
    before = queries(ph)
    plan = ph.plan().rename_event("signed_up", "signup completed")
    text = str(plan)
    assert "/source/series/0/event ~~signed_up~~ -> signup completed" in text
    assert "also shows on Board pack (22), Status page (23)" in text
    assert "Filters of dashboards and of single tiles are not renamed" in text
    assert "<del>signed_up</del>" in plan._repr_html_()
    fields = plan.changes["field"]
    assert not fields.duplicated().any(), "an insight of several dashboards changes once"
    assert queries(ph) == before


def test_an_insight_on_no_dashboard_is_renamed_too(ph: dw.Project) -> None:
    found = ph.references(everywhere=True, kind="event")
    name = found.loc[found["dashboard_id"].isna(), "name"].iloc[0]
    changes = ph.plan().rename_event(name, "x").changes
    names = changes.set_index("dashboard")["dashboard_name"].to_dict()
    assert names.pop(0) == "(on no dashboard)"
    assert "(on no dashboard)" not in names.values()


def test_what_may_mean_the_name_is_refused_with_the_reason(ph: dw.Project) -> None:
    text = "SELECT count() FROM events WHERE event LIKE 'signed%' OR event = 'signed_up'"
    query = {"kind": "DataVisualizationNode", "source": {"kind": "HogQLQuery", "query": text}}
    made = ph.client.send(insights.create(query=query, name="Pattern", dashboards=[1]))
    changes = ph.plan().rename_event("signed_up", "x").changes
    mine = changes[changes["field"].str.startswith(f"insight {made['id']} query at")]
    assert mine["state"].tolist() == ["refused"]
    if is_exact():
        assert mine["reason"].tolist() == ["the pattern 'signed%' may match it"]
        assert mine["field"].iloc[0].endswith("/source/query:1:45")


def test_verbs_add_up_on_one_insight(ph: dw.Project) -> None:
    plan = ph.plan().rename_event("upgraded_plan", "paid").rename_property("revenue", "amount")
    plan.apply()
    found = ph.references("paid", kind="event")
    assert "Revenue, 30 days" in set(found["insight"])
    assert set(ph.references("amount")["role"]) == {"math"}
    assert len(ph.references(["upgraded_plan", "revenue"])) == 0


def test_cohorts_and_actions_are_replaced_by_number(ph: dw.Project) -> None:
    cohort = [{"key": "id", "type": "cohort", "value": 12, "operator": "in"}]
    query = {
        "kind": "TrendsQuery",
        "series": [{"kind": "ActionsNode", "id": 12}],
        "properties": cohort,
    }
    made = ph.client.send(insights.create(query=query, name="Numbers", dashboards=[1]))
    ph.plan().replace_cohort(12, 34).apply()
    ph.plan().replace_action(12, 56).apply()
    after = queries(ph)[made["id"]]
    assert after["properties"][0]["value"] == 34
    assert after["series"][0]["id"] == 56


def test_somebody_elses_edit_is_a_conflict(ph: dw.Project) -> None:
    plan = ph.plan().rename_event("upgraded_plan", "paid")
    key = int(str(plan.changes["field"].iloc[0]).split()[1])
    other = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "else"}]}
    ph.client.send(insights.update(key, query=other))
    done = plan.apply().set_index("field")
    assert done.loc[f"insight {key} query", "state"] == "skipped"
    assert queries(ph)[key] == other


def test_a_plan_goes_through_a_file_and_the_journal(ph: dw.Project, tmp_path: Path) -> None:
    plan = ph.plan().rename_event("upgraded_plan", "paid")
    path = plan.to_csv(tmp_path / "plan.csv")
    again = ph.plan(path)
    assert len(again) == (again.changes["state"] == "ready").sum() > 0
    again.apply()
    assert len(ph.references("paid", kind="event")) > 3
    ph.journal().revert()
    assert len(ph.references("paid", kind="event")) == 0


def test_what_is_no_name_is_refused(ph: dw.Project) -> None:
    for wrong in ("", None, 3):
        with pytest.raises(dw.ConfigurationError, match="Give a name"):
            ph.plan().rename_event("x", wrong)  # type: ignore[arg-type]
    with pytest.raises(dw.ConfigurationError, match="kind must be one of"):
        ph.plan().rename_property("x", "y", kind="event")
    with pytest.raises(dw.ConfigurationError, match="number"):
        ph.plan().replace_cohort("x", 3)  # type: ignore[arg-type]
