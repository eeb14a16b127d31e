"""Draw the pictures of ``docs/charts.md``: ``python -m tests.gallery``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import find_chromium
from tests.gallery.board import tiles
from tests.gallery.page import fill, gallery, unrolled
from tests.gallery.recorded import recorded

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def main(folder: Path = IMAGES) -> None:
    """Some pictures a theme: one would be too large to look at."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for theme in ("light", "dark"):
            draw(browser, theme, folder, "charts", tiles(), 6)
            draw(browser, theme, folder, "kinds", recorded(), 2)


def draw(
    browser: Browser, theme: str, folder: Path, name: str, states: list[Any], parts: int
) -> None:
    """One board of tiles, in so many pictures."""
    with gallery(browser, theme) as page:
        fill(page, states)
        unrolled(page)
        grid = page.locator(".dw-grid").bounding_box()
        assert grid is not None
        height = grid["height"] / parts
        for part in range(parts):
            path = folder / f"{name}-{theme}-{part + 1}.png"
            clip = grid | {"y": grid["y"] + part * height, "height": height}
            page.screenshot(path=path, clip=clip, full_page=True)  # pyright: ignore
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
