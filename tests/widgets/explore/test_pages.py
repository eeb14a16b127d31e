"""The explorer's tables as HTML."""

from __future__ import annotations

import re

import pandas as pd

from dashwidgets.widgets.explore import pages


def test_a_long_cell_has_room_and_may_break_anywhere() -> None:
    address = "https://eu.posthog.com/project/1/dashboard/17?date_from=-30d"
    frame = pd.DataFrame({"field": ["filters"], "after": [address]})
    html = pages.table(frame, {"field": "Field", "after": "After"}, "One change.")
    assert re.findall(r"<td(.*?)><bdi>(\w+)", html) == [
        ("", "filters"),
        (' class="dw-long"', "https"),
    ]
    # As strong as the rule for all cells, or words would not break.
    assert ".dw-page.dw-page .dw-long{overflow-wrap:anywhere" in html
