"""Draw the pictures of ``docs/charts.md``: ``python -m tests.gallery``."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import FloatRect, Page, sync_playwright

from tests.chromium import find_chromium
from tests.gallery.board import tiles
from tests.gallery.page import fill, gallery, unrolled
from tests.gallery.recorded import recorded
from tests.gallery.settings import ANNOTATIONS, settings

IMAGES = Path(__file__).parents[2] / "docs" / "images"
BOARDS = {"charts": (tiles, 6), "kinds": (recorded, 3), "settings": (settings, 5)}
"""Name of a board to what is on it, and into how many pictures it is cut."""


def main(folder: Path = IMAGES, *names: str) -> None:
    """Some pictures a theme: one would be too large to look at."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for theme in ("light", "dark"):
            for name in names or BOARDS:
                with gallery(browser, theme, annotations=ANNOTATIONS, currency="EUR") as page:
                    _save(page, name, folder / f"{name}-{theme}")


def _save(page: Page, name: str, path: Path) -> None:
    made, parts = BOARDS[name]
    fill(page, made())
    unrolled(page)
    grid = page.locator(".dw-grid").bounding_box()
    assert grid is not None
    cuts = _cuts(page, grid, parts)
    for part, (top, bottom) in enumerate(pairwise(cuts), 1):
        target = path.with_name(f"{path.name}-{part}.png")
        clip = grid | {"y": top, "height": bottom - top}
        page.screenshot(path=target, clip=clip, full_page=True)  # pyright: ignore
        print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")


def _cuts(page: Page, grid: FloatRect, parts: int) -> list[float]:
    """Where a picture ends and the next begins: between rows of tiles, never through one."""
    tops = page.eval_on_selector_all(
        ".dw-watch [data-dw-state]", "all => all.map((one) => one.getBoundingClientRect().top)"
    )
    rows = sorted(set(map(round, tops)))
    inner = [rows[round(part * len(rows) / parts)] for part in range(1, parts)]
    return [grid["y"], *inner, grid["y"] + grid["height"]]


if __name__ == "__main__":
    folder, *chosen = sys.argv[1:] or [str(IMAGES)]
    main(Path(folder), *chosen)
