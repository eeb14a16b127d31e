"""The page about the engine says what the engine refuses."""

from __future__ import annotations

from pathlib import Path

from dashwidgets.embedded.queries.documentation import page


def test_the_page_is_written_from_the_table() -> None:
    written = (Path(__file__).parents[3] / "docs" / "engine.md").read_text(encoding="utf-8")
    assert written == page()
