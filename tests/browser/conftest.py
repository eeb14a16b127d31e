"""One JupyterLab and one Chromium for all browser tests; a fresh page for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.lab import Lab, serve_lab
from tests.chromium import find_chromium

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    root = tmp_path_factory.mktemp("notebooks")
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(notebook, root)
    with serve_lab(root, tmp_path_factory.mktemp("jupyter")) as (url, token):
        yield url, token, root


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    """One cache for all pages: a third of a short test would be reading JupyterLab's code anew."""
    with chromium.new_context(viewport={"width": 1280, "height": 1600}) as context:
        yield context


@pytest.fixture
def lab(lab_server: tuple[str, str, Path], visitor: BrowserContext) -> Iterator[Lab]:
    url, token, root = lab_server
    page = visitor.new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Lab(url, token, root, page)
    page.close()
    assert errors == [], "errors on the page"
