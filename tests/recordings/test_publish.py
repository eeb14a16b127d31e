"""What a colleague gets: a page, or Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import dashwidgets as dw
from dashwidgets.recordings.publish.small_tiles import small_tiles
from tests.recordings.rounds import WEEK, TileFailed, recorded, series, trend

HOSTILE = "<img src=x onerror=alert(1)> | *x* [a](javascript:alert(1)) @here"


def test_markdown_is_a_table_and_texts_are_text() -> None:
    run = recorded(
        trend(1, HOSTILE, [series("a", WEEK)]), TileFailed(2, 1, "No | such table."), name=HOSTILE
    )
    said = run.to_markdown()
    table = [line for line in said.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {5}
    assert "▁▂▃" in said
    assert "**Complete:** Yes, 2 tiles; 1 failed" in said
    assert not re.search(r"(?<!\\)[<>]|(?<!\\)@|(?<!\\)\[", said)


def test_an_incomplete_round_is_said_on_every_page(tmp_path: Path) -> None:
    run = recorded(trend(1, "A", [series("a", WEEK)]), complete=False)
    assert "**Complete:** NO: 1 of" in run.to_markdown()
    page = run.to_html(tmp_path / "a.html").read_text(encoding="utf-8")
    assert 'class="missing">NO: 1 of' in page
    whole = recorded(trend(1, "A", [series("a", WEEK)]))
    compared = dw.compare(whole, run)
    assert "INCOMPLETE" in compared.to_markdown()
    assert "NO: 1 of" in compared.to_html(tmp_path / "b.html").read_text(encoding="utf-8")


def test_twenty_tiles_are_less_than_a_megabyte(tmp_path: Path) -> None:
    many = {f"2026-{month:02}-{day:02}": day * 1.5 for month in (9, 10) for day in range(1, 31)}
    tiles = [
        trend(n, f"Tile {n}", [series("a", many, f"country {k}") for k in range(12)])
        for n in range(1, 21)
    ]
    page = recorded(*tiles).to_html(tmp_path / "a.html")
    assert page.stat().st_size < 1_000_000


def test_small_tiles_are_what_the_cache_has() -> None:
    trends = {"source": {"kind": "TrendsQuery", "trendsFilter": {"display": "ActionsLineGraph"}}}
    days = ["2026-11-01", "2026-11-02", "2026-11-03"]
    series = [
        {"label": name, "days": days, "data": data, "action": {"id": name}}
        for name, data in (("few", [1, 0, 2]), ("many", [10, None, 30]))
    ]
    steps = [{"name": f"Step {n}", "order": n, "count": 8 // (n + 1)} for n in range(2)]
    funnel = {"source": {"kind": "FunnelsQuery"}}
    boxes = [{"sm": {"x": 0, "y": y, "w": 6, "h": 5}} for y in (9, 0, 1, 2)]
    tiles = [
        {"id": 1, "insight": {"name": "Later", "query": trends, "result": None}},
        {"id": 2, "insight": {"name": "Visits", "query": trends, "result": series}},
        {"id": 3, "insight": {"name": "Signups", "query": funnel, "result": steps}},
        {"id": 4, "text": {"body": "# Read me\nNow"}},
    ]
    detail = {"tiles": [tile | {"layouts": box} for tile, box in zip(tiles, boxes, strict=True)]}
    small = {tile["id"]: tile for tile in small_tiles(detail)}
    assert list(small) == [2, 3, 4, 1]
    assert (small[2]["value"], small[2]["what"]) == ("14.33", "mean per interval")
    assert small[2]["lines"] == [[10.0, None, 30.0], [1.0, 0.0, 2.0]], "the largest first"
    assert (small[3]["value"], small[3]["bars"]) == ("50.0%", [8.0, 4.0])
    assert (small[4]["text"], small[4]["what"]) == ("Read me", "")
    assert (small[1]["value"], small[1]["what"]) == ("", "Not computed yet.")
