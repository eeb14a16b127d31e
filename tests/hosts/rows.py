"""The row of a known dashboard, wherever a host draws it."""

from __future__ import annotations

import time

from playwright.sync_api import Frame, Locator, Page

from tests.hosts.processes import SECONDS

NAME = "Growth overview"


def find_row(page: Page) -> Locator:
    """The row in the page, or in a frame of it."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for frame in page.frames:
            row = row_in(frame)
            if row.count() and row.first.is_visible():
                return row.first
        page.wait_for_timeout(500)
    raise TimeoutError(f"no row of {NAME!r} after {SECONDS} s")


def row_in(frame: Frame) -> Locator:
    return frame.locator("tr", has_text=NAME).filter(has=frame.locator("input[type=checkbox]"))
