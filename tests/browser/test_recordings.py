"""A replay and a comparison in a real JupyterLab, without a server to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import nbformat

from tests.browser.lab import Lab
from tests.browser.test_first_look import save_picture
from tests.recordings.rounds import WEEK, TileFailed, recorded, series, trend

CELLS = [
    "import dashwidgets as dw\nlive = dw.replay('now.dwr')\nlive",
    "comparison = dw.compare('then.dwr', 'now.dwr')\ncomparison",
]


def write_rounds(lab: Lab) -> str:
    """Two rounds a week apart, and a notebook that reads them; returns its name."""
    later = {day: value * 1.5 for day, value in WEEK.items()}
    failed = TileFailed(3, 2, "The query ran out of memory.")
    now = recorded(
        trend(1, "Signups", [series("signed_up", later)]),
        trend(2, "Visits", [series("$pageview", WEEK)], event="$pageview"),
        failed,
    )
    then = recorded(
        trend(1, "Signups", [series("signed_up", WEEK)]),
        trend(2, "Visits", [series("$pageview", WEEK)], event="$pageview"),
    )
    week_before = now.taken_at - timedelta(days=7)
    then = replace(then, manifest=msgspec.structs.replace(then.manifest, taken_at=week_before))
    now.save(lab.root / "now.dwr")
    then.save(lab.root / "then.dwr")
    cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    nbformat.write(whole, lab.root / "rounds.ipynb")
    return "rounds.ipynb"


def test_rounds_are_replayed_and_compared_without_a_server(lab: Lab) -> None:
    page = lab.open(write_rounds(lab))
    lab.run_all()
    replayed, compared = (page.locator(".dw-watch").nth(at) for at in (0, 1))
    replayed.locator("[data-dw-state=done]").nth(1).wait_for()
    assert replayed.locator("[data-dw-state=failed]").count() == 1
    assert "ran out of memory" in replayed.inner_text()
    assert "recorded " in replayed.locator(".dw-course").inner_text()
    # Nothing can be asked for again: what would ask is not there.
    assert replayed.locator("select[aria-label=Refresh]").count() == 0
    assert page.get_by_role("button", name="Retry").count() == 0

    tile = replayed.locator("[data-dw-tile]", has_text="Signups")
    tile.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert tile.evaluate("tile => tile === document.activeElement")

    moved = compared.locator("[data-dw-tile]", has_text="Signups")
    moved.locator("[data-dw-state=done], svg [data-dw-previous]").first.wait_for()
    heads = compared.locator("[data-dw-tile] h3").all_inner_texts()
    assert heads[0].startswith("Signups · +50")
    assert "Visits · no change" in heads
    legend = moved.locator(".dw-legend").inner_text()
    then = lab.ask("moment = comparison.before.taken_at; print(moment.day, f'{moment:%b}')")
    assert f"signed_up ({then})" in legend
    for theme in lab.themes():
        save_picture(lab, ".dw-watch >> nth=0", f"replay-{theme}")
        save_picture(lab, ".dw-watch >> nth=1", f"comparison-{theme}")
