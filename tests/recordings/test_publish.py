"""What a colleague gets: a page, or Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import dashwidgets as dw
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
