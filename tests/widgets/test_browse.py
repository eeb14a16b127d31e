"""``ph.browse()`` from the side of Python."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
import traitlets

from dashwidgets.api.paging import Listing
from dashwidgets.widgets.browse import Browser


def listing(*names: str | None, complete: bool = True) -> Listing:
    rows = [{"id": at, "name": name, "tags": ["a"]} for at, name in enumerate(names, 1)]
    taken_at = datetime(2026, 11, 24, tzinfo=UTC)
    return Listing(len(rows), complete, 0, 1, taken_at, 0.1, rows)


@pytest.fixture
def browser() -> Browser:
    return Browser(listing("One", "Two", None), host="https://us.posthog.com", project_id=7)


def test_what_is_picked_is_a_frame(browser: Browser) -> None:
    assert browser.selected.empty
    browser.selected_ids = [3, 1, 3]
    assert browser.selected_ids == [3, 1]
    assert browser.selected["id"].tolist() == [3, 1]
    assert browser.selected.dtypes.equals(browser.visible.dtypes)
    assert isinstance(browser.visible, pd.DataFrame)
    assert browser.visible["id"].tolist() == [1, 2, 3]
    assert repr(browser) == "Browser(3 dashboards, 2 selected)"


def test_an_id_that_is_not_there_is_refused(browser: Browser) -> None:
    with pytest.raises(traitlets.TraitError, match="99"):
        browser.selected_ids = [1, 99]
    assert browser.selected_ids == []


def test_a_change_can_be_observed(browser: Browser) -> None:
    seen: list[list[int]] = []
    browser.observe(lambda change: seen.append(change["new"]), "selected_ids")
    browser.set_state({"selected_ids": [2]})  # as the view does
    assert seen == [[2]]
    assert browser.selected["name"].tolist() == ["Two"]


def test_the_view_gets_columns_and_the_truth_about_them(browser: Browser) -> None:
    assert browser.columns["name"] == ["One", "Two", None]
    assert browser.columns["owner"] == [None, None, None]
    assert browser.columns["url"][0] == "https://us.posthog.com/project/7/dashboard/1"
    assert browser.listing["complete"] is True
    partial = Browser(listing("One", complete=False), host="h", project_id=7)
    assert partial.listing["complete"] is False
