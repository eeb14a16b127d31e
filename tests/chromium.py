"""Find a Chromium for the browser tests, or install Debian's when that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NEEDED = (
    "The browser tests need a Chromium: install your system's `chromium` package, "
    "or run `python -m playwright install --with-deps chromium`."
)


def find_chromium() -> str:
    """Path of a Chromium; ends the run with what to do when there is none and none can be got."""
    found = _on_path() or _of_playwright()
    if found is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No Chromium found: installing Debian's package.", flush=True)
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], **quiet)
        found = _on_path()
    if found is None:
        print("No Chromium found: asking Playwright for its own.", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        found = _of_playwright()
    if found is None:
        sys.exit(NEEDED)
    return found


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None
