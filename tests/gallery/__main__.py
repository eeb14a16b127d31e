"""Draw the pictures of ``docs/charts.md``: ``python -m tests.gallery``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import find_chromium
from tests.gallery.board import tiles
from tests.gallery.page import fill, gallery

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def main(folder: Path = IMAGES) -> None:
    """Two pictures, one a theme."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for theme in ("light", "dark"):
            with gallery(browser, theme) as page:
                fill(page, tiles())
                path = folder / f"charts-{theme}.png"
                page.locator(".dw-grid").screenshot(path=path)
                print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
