"""Widgets of one page share one document: the style of each reaches no further than itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3] / "js" / "src"
WIDGETS = ("arrange", "browse", "edit", "watch")


def selectors(style: str) -> list[str]:
    """Every selector of a sheet, one by one; steps of an animation are none."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    style = re.sub(r"@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", style)
    preludes = [found.strip() for found in re.findall(r"([^{};]+)\{", style)]
    rules = [prelude for prelude in preludes if not prelude.startswith("@")]
    return [one.strip() for rule in rules for one in re.split(r",(?![^(]*\))", rule)]


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widgets_style_is_its_own(widget: str) -> None:
    found = [
        one for path in (SOURCES / widget).rglob("*.css") for one in selectors(path.read_text())
    ]
    assert len(found) > 10
    assert [one for one in found if not one.startswith(f".dw-{widget}")] == []
