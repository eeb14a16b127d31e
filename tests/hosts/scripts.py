"""What a saved page loads from a network, served from packages instead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, Route

import hatch_build
from tests.hosts.processes import ENVIRONMENTS

PACKAGES = ("@jupyter-widgets/html-manager@1", "requirejs@2")


def modules(name: str, packages: Sequence[str]) -> Path:
    """The ``node_modules`` of a folder of that name, which is made once."""
    folder = ENVIRONMENTS / name
    made = folder / "node_modules"
    if not made.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        hatch_build.npm("install", "--no-audit", "--no-fund", "--prefix", str(folder), *packages)
    return made


def serve_scripts(page: Page, python: Path) -> None:
    """Answer a page's requests for Jupyter's widget scripts from what npm and pip installed."""
    installed = modules("scripts", PACKAGES)
    anywidget = python.parents[1] / "share" / "jupyter" / "nbextensions" / "anywidget"
    manager = installed / "@jupyter-widgets" / "html-manager" / "dist"

    def answer(route: Route) -> None:
        url = route.request.url
        name = url.partition("?")[0].rsplit("/", 1)[1]
        found = {
            "html-manager": manager / name,
            "require.min.js": installed / "requirejs" / "require.js",
            "anywidget": anywidget / "index.js",
        }
        path = next((path for part, path in found.items() if part in url), None)
        if path is None or not path.is_file():
            route.abort()
        else:
            route.fulfill(path=path, headers={"Access-Control-Allow-Origin": "*"})

    page.route("https://**/*", answer)
