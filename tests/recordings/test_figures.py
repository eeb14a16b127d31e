"""A tile as a figure: of every kind of result, or a sentence; as SVG and PNG without a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.frames.results import result_frame
from dashwidgets.frames.results.kinds import SHAPES
from dashwidgets.recordings.publish.drawings import OF_SHAPE
from dashwidgets.recordings.publish.figure import figure
from tests.frames.test_recorded_kinds import KINDS
from tests.recordings.rounds import WEEK, recorded, series, trend

ROUND = recorded(trend(1, "Signups", [series("signed_up", WEEK)]))
REFUSED = {
    "dataTableEvents": "none of its columns holds numbers",
    "funnelCorrelation": "not known",
    "sqlTableConditionalFormatting": "none of its columns holds numbers",
    "trendsNumberEmpty": "no data in this range",
}


def test_every_shape_of_result_has_a_figure() -> None:
    assert set(OF_SHAPE) == set(SHAPES)


def test_a_figure_to_restyle() -> None:
    chart: Any = dw.replay(ROUND).figure("Signups")
    assert chart.to_dict()["mark"]["type"] == "line"
    assert chart.data["value"].tolist() == list(WEEK.values())
    with pytest.raises(KeyError):
        ROUND.figure("Nothing")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["name"])
def test_every_recorded_result_is_drawn_or_refused_with_a_reason(kind: dict[str, Any]) -> None:
    insight = kind["insight"]
    if reason := REFUSED.get(kind["name"]):
        with pytest.raises(dw.ConfigurationError, match=reason):
            figure(insight, result_frame(insight))
    else:
        assert figure(insight, result_frame(insight)).to_dict()["$schema"]


def test_svg_and_png_are_written_without_a_browser(tmp_path: Path) -> None:
    svg = dw.replay(ROUND).to_svg("Signups", tmp_path / "signups.svg").read_text()
    assert svg.startswith("<svg")
    assert "Signups" in svg
    restyled = ROUND.figure(1).mark_bar().properties(width=100, height=50)
    png = ROUND.to_png(restyled, tmp_path / "signups.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["signups.png", "signups.svg"]


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_without_the_extra_the_sentence_names_it(
    missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(dw.ConfigurationError, match=r"dashwidgets\[figures\]"):
        ROUND.to_svg("Signups", tmp_path / "signups.svg")
    assert not list(tmp_path.iterdir())
