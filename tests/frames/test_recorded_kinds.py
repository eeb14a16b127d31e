"""The 61 kinds of results that PostHog has on record, each in a small one of the same shape.

``recorded_kinds.json`` names each by PostHog's own name for it. The charts read the same file:
``js/src/charts/recorded_kinds.test.ts``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashwidgets.frames.results import result_frame

KINDS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("recorded_kinds.json").read_text()
)
VALUES = ("value", "count", "median")
"""Columns that hold what was counted; a table of rows counts every cell."""


def values_in(frame: pd.DataFrame) -> int:
    """How many values of a result its frame holds."""
    is_table = frame.attrs["kind"] in ("HogQLQuery", "EventsQuery")
    name = next((name for name in VALUES if name in frame and not is_table), None)
    # Retention has sums and averages only where a property is aggregated.
    name = "count" if frame.attrs["kind"] == "RetentionQuery" else name
    return int((frame if name is None else frame[[name]]).notna().to_numpy().sum())


def test_all_of_them_are_here_and_in_the_docs() -> None:
    names = [kind["name"] for kind in KINDS]
    assert len(set(names)) == len(names) == 61
    docs = (Path(__file__).parents[2] / "docs" / "charts.md").read_text()
    _, _, section = docs.partition("## The results that PostHog has on record")
    assert re.findall(r"^\| `(\w+)` \|", section.partition("## ")[0], re.MULTILINE) == names


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["name"])
def test_a_recorded_kind_is_whole_or_said_to_be_unread(kind: dict[str, Any]) -> None:
    frame = result_frame(kind["insight"])
    assert values_in(frame) == kind["values"]
    assert frame.attrs["complete"] is kind.get("complete", True)
    assert (frame.attrs["reason"] is None) is frame.attrs["complete"]


def test_an_object_of_rows_keeps_what_its_cells_hold() -> None:
    [events] = [kind for kind in KINDS if kind["name"] == "dataTableEvents"]
    frame = result_frame(events["insight"])
    assert frame["*"].tolist()[0]["properties"]["$groups"] == {"project": "p"}
    assert frame["person"].tolist() == [{"distinct_id": "a"}, None]


def test_formulas_are_told_apart_by_their_labels() -> None:
    [formulas] = [kind for kind in KINDS if kind["name"] == "trendsFormulas"]
    assert result_frame(formulas["insight"])["series"].unique().tolist() == ["Yay", "Nay"]


def test_a_path_keeps_what_follows_its_step() -> None:
    [paths] = [kind for kind in KINDS if kind["name"] == "userPaths"]
    frame = result_frame(paths["insight"])
    assert frame["target"].tolist() == ["https://example.com/a_b?c=d&e=f", "https://example.com"]
