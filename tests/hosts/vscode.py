"""VS Code: its own renderer of widgets, from npm, in a page with the rules of its webview.

The editor comes from no package index. Rebuilt by what it publishes: the page and its style sheet
(microsoft/vscode, ``backLayerWebView.ts``), and the calls that the Jupyter extension makes.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
from playwright.sync_api import Page

import hatch_build
from tests.hosts.processes import ROOT, served
from tests.hosts.rows import NAME, find_row
from tests.hosts.scripts import modules

RENDERER = "@vscode/jupyter-ipywidgets8"
PACKAGES = (RENDERER, "@jupyterlab/services@7", "requirejs@2")
SERVER = (
    *("-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.port={port}"),
    *("--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"),
)
OTHERS = (
    "board = ph.dashboard('Growth overview')",
    "board.watch()",
    "board.edit()",
    "board.arrange()",
)
LIGHT = {"editor-background": "#ffffff", "editor-foreground": "#3b3b3b"}
DARK = {"editor-background": "#1f1f1f", "editor-foreground": "#cccccc"}
LINK = {"light": "#005fb8", "dark": "#4daafc"}
STYLE = """
#container > div > div > div.output { width: 100%; padding: 8px; box-sizing: border-box }
#container > div > div:not(.preview) > div { overflow-x: auto }
body { padding: 0; height: 100%; width: 100%; background: var(--vscode-editor-background);
  color: var(--vscode-editor-foreground); font: 13px system-ui }
.cell-output-ipywidget-background { background: white !important }
"""
# For tables of text: ours must look the same under it.
TABLES = """
table, thead, tr, th, td, tbody { border: none !important; border-color: transparent;
  border-spacing: 0; border-collapse: collapse }
table, th, tr { vertical-align: middle; text-align: right }
thead { font-weight: bold; background-color: rgba(130, 130, 130, 0.16) }
th, td { padding: 4px 8px }
tr:nth-child(even) { background-color: rgba(130, 130, 130, 0.08) }
tbody th { font-weight: normal }
"""


def vscode(python: Path, folder: Path, page: Page) -> str:
    """Four widgets in the webview, in both themes; what is selected must arrive in Python."""
    cells = [nbformat.read(folder / "first.ipynb", as_version=4).cells[0].source, *OTHERS]
    write_webview(folder, python, cells)
    page.set_viewport_size({"width": 1200, "height": 3600})
    with served(python, folder, (*SERVER, f"--ServerApp.extra_static_paths={folder}")) as address:
        for theme in ("dark", "light"):
            (folder / "selected.txt").unlink(missing_ok=True)
            page.goto(f"{address}/static/webview/{theme}.html")
            row = find_row(page)
            page.get_by_role("button", name="Tidy up").wait_for()
            page.locator("[data-dw-phase=complete]").wait_for()
            row.get_by_role("checkbox").first.click()
            page.wait_for_timeout(1_000)
            assert (folder / "selected.txt").read_text() == NAME
            page.screenshot(path=ROOT / "build" / "hosts" / f"vs-code-{theme}.png")
    return "four widgets drawn by its renderer, in both themes; a selection arrives in Python"


def version() -> str:
    """Of the renderer, not of the editor."""
    told = json.loads((modules("vscode", PACKAGES) / RENDERER / "package.json").read_text())
    return str(told["version"])


def bundled() -> Path:
    """The page's script, with the packages that it imports."""
    folder = modules("vscode", PACKAGES).parent
    shutil.copy(Path(__file__).with_suffix(".mjs"), folder)
    made = folder / "webview.js"
    words = ("--bundle", "--format=esm", "--log-level=error", f"--outfile={made}")
    hatch_build.npm("exec", "--", "esbuild", str(folder / "vscode.mjs"), *words)
    return made


def html(theme: str, cells: list[str]) -> str:
    colors = (DARK if theme == "dark" else LIGHT) | {"textLink-foreground": LINK[theme]}
    style = "".join(f"--vscode-{name}:{value};" for name, value in colors.items())
    told = json.dumps(cells).replace("<", "\\u003c")
    return (
        f'<!doctype html><html lang="en" style="{style}"><head><meta charset="utf-8">'
        f'<style>{STYLE}{TABLES}</style></head><body class="vscode-{theme}" '
        f'data-vscode-theme-kind="vscode-{theme}"><div id="container" class="widgetarea">'
        f'<div><div></div></div></div><script src="require.js"></script>'
        f'<script type="application/json" id="cells">{told}</script>'
        '<script type="module" src="webview.js"></script></body></html>'
    )


def write_webview(folder: Path, python: Path, cells: list[str]) -> None:
    """The page and what it loads, where Jupyter's server finds static files."""
    pages = folder / "webview"
    extensions = python.parents[1] / "share" / "jupyter" / "nbextensions"
    shutil.copytree(extensions, pages / "nbextensions")
    bundle = bundled()
    for script in (bundle, bundle.parent / "node_modules" / "requirejs" / "require.js"):
        shutil.copy(script, pages)
    for theme in ("dark", "light"):
        (pages / f"{theme}.html").write_text(html(theme, cells), encoding="utf-8")
