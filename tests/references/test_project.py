"""``ph.references()``: the frame, what it costs, and what it says about itself."""

from __future__ import annotations

import pandas as pd
import pytest

import dashwidgets as dw
from dashwidgets.api.endpoints import insights
from dashwidgets.references.frame import LONGEST_LINE, REFERENCES
from dashwidgets.references.reference import ROLES
from dashwidgets.references.sql.parse import is_exact
from tests.local import local


def test_it_costs_the_two_requests_of_tiles_and_opens_nothing(shared: dw.Project) -> None:
    before = shared.dashboards()["last_accessed_at"]
    spent = shared.client.requests_spent
    found = shared.references()
    assert shared.client.requests_spent - spent == 2 == found.attrs["requests_spent"]
    assert found.attrs["complete"]
    assert found.attrs["unread"] == {}
    pd.testing.assert_series_equal(before, shared.dashboards()["last_accessed_at"])
    assert [column.name for column in REFERENCES.columns] == list(found.columns)
    assert {c.name: c.dtype for c in REFERENCES.columns} == found.dtypes.astype(str).to_dict()


def test_the_sample_has_every_role(shared: dw.Project) -> None:
    assert set(shared.references()["role"]) == set(ROLES)


def test_one_row_a_place_and_tile(shared: dw.Project) -> None:
    found = shared.references("upgraded_plan", kind="event")
    assert set(found["name"]) == {"upgraded_plan"}
    places = found[found["insight"] == "Revenue, 30 days"]
    assert places[["dashboard", "role", "where"]].to_numpy().tolist() == [
        ["Revenue", "series", "/source/series/0/event"]
    ]
    assert found.dashboards().set_index("dashboard").loc["Revenue", "insights"] == 3


def test_sql_is_quoted_with_line_and_column(shared: dw.Project) -> None:
    found = shared.references("$web_vitals", kind="event")
    row = found[found["role"] == "SQL"].iloc[0]
    assert "event = '$web_vitals'" in row["line"]
    assert row["certain"] == is_exact()
    assert row["where"].startswith("/source/query:1:" if is_exact() else "/source/query")


def test_wildcards_kinds_and_several_names(shared: dw.Project) -> None:
    assert set(shared.references("*_plan")["name"]) == {"upgraded_plan"}
    assert set(shared.references("signed_?p")["name"]) == {"signed_up"}
    several = shared.references(["signed_up", "created_board"])
    assert set(several["name"]) == {"signed_up", "created_board"}
    assert set(shared.references(kind="warehouse table")["name"]) == {"orders"}
    assert len(shared.references("never heard of")) == 0


def test_what_cannot_be_asked_is_refused_before_anything_is_sent(shared: dw.Project) -> None:
    spent = shared.client.requests_spent
    with pytest.raises(dw.ConfigurationError, match="is not a kind"):
        shared.references(kind="color")
    for wrong in ([None], 3.4, True):
        with pytest.raises(dw.ConfigurationError, match="is not a name"):
            shared.references(wrong)  # type: ignore[arg-type]
    assert shared.client.requests_spent == spent


def test_saved_insights_on_no_dashboard_count_everywhere(shared: dw.Project) -> None:
    def alone(found: pd.DataFrame) -> set[str]:
        return set(found.loc[found["dashboard_id"].isna(), "insight"])

    assert alone(shared.references()) == set()
    assert "Exports, first draft" in alone(shared.references(everywhere=True))


def test_it_displays_by_dashboard_and_obeys_no_markup() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    with local() as ph:
        query = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": hostile}]}
        ph.client.send(insights.create(query=query, name=hostile, dashboards=[1, 2]))
        html = ph.references(hostile)._repr_html_()
    assert hostile not in html
    assert "2 places in 1 insight on 2 dashboards." in html
    assert html.count('scope="rowgroup"') == 2


def test_a_long_line_of_sql_is_shortened_between_words(shared: dw.Project) -> None:
    found = shared.references("signed_up", kind="event")
    lines = found.loc[found["insight"] == "Signups by country", "line"].tolist()
    assert lines[0].startswith("… count() AS signups")
    assert "event = 'signed_up' AND {filters}" in lines[0]
    assert len(lines[0]) <= LONGEST_LINE + 4


def test_filters_of_dashboards_and_internal_users() -> None:
    with local() as ph:
        board = ph.dashboard(1)
        plan = {"key": "team_size", "type": "person", "value": ["team"], "operator": "exact"}
        board.update(filters={"properties": [plan]})
        query = {
            "kind": "TrendsQuery",
            "filterTestAccounts": True,
            "series": [{"kind": "EventsNode", "event": "x"}],
        }
        ph.client.send(insights.create(query=query, name="Without us", dashboards=[1]))
        assert "team_size" not in set(ph.references(kind="person property")["name"])
        deep = ph.references("team_size", kind="person property", deep=True)
        assert deep["where"].tolist()[0].endswith("ilters/properties/0/key")
        assert deep["insight_id"].isna().all()
        team = [{"key": "email", "type": "person", "value": "@us.com", "operator": "icontains"}]
        ours = ph.references("email", test_account_filters=team)
        assert ours["where"].tolist() == ["/filterTestAccounts"]
        assert any("internal users" in one for one in ph.references().attrs["not_covered"])
