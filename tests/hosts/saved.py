"""Hosts that are opened in a way of their own: most show an executed notebook without a kernel."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import nbformat
from playwright.sync_api import Page

from tests.hosts.processes import SECONDS, output, run, served
from tests.hosts.rows import NAME, find_row, row_in
from tests.hosts.scripts import serve_scripts
from tests.hosts.vscode import vscode

FILE = "first.ipynb"
TOKEN = "hosts"
DONE = "scheduler_staging_area/*/first-*.ipynb"
TABLE = "the output holds the list as a plain table"


def nbconvert(python: Path, folder: Path, page: Page) -> str:
    """As nbconvert's own page, which needs a network, and as ours, which needs none."""
    run(python, folder, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", FILE)
    run(python, folder, "-m", "nbconvert", "--to", "html", FILE)
    address = (folder / "first.html").as_uri()
    page.goto(address)
    page.wait_for_timeout(5_000)
    empty = row_in(page.main_frame).count() == 0
    serve_scripts(page, python)
    page.goto(address)
    find_row(page)
    page.get_by_role("button", name="Columns").wait_for()
    page.unroute_all()
    page.context.set_offline(True)
    run(python, folder, "-m", "nbconvert", "--to", "dashwidgets", FILE)
    page.goto(address)
    find_row(page)
    told = "drawn without a network with `--to dashwidgets`; with `--to html` from the saved state"
    return f"{told}, {'empty' if empty else 'also'} without one"


def papermill(python: Path, folder: Path, page: Page) -> str:
    run(python, folder, "-m", "papermill", "-k", "python3", FILE, "done.ipynb")
    show(page, html_of(folder / "done.ipynb"))
    return f"runs the notebook; {TABLE}"


def scheduler(python: Path, folder: Path, page: Page) -> str:
    """A job, made and asked after as its panel in JupyterLab does."""
    data = folder / "data"
    words = ("-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port={port}")
    token = (f"--IdentityProvider.token={TOKEN}",)
    with served(python, folder, (*words, *token), JUPYTER_DATA_DIR=str(data)) as address:
        known = ask(f"{address}/scheduler/runtime_environments")
        ask(
            f"{address}/scheduler/jobs",
            input_uri=FILE,
            name="first",
            runtime_environment_name=known[0]["name"],
            output_formats=["ipynb"],
        )
        deadline = time.monotonic() + SECONDS
        # Its file, not its state: a job asked after before it runs is marked as stopped for good.
        while not list(data.glob(DONE)):
            assert time.monotonic() < deadline, ask(f"{address}/scheduler/jobs")
            time.sleep(1)
        while (job := ask(f"{address}/scheduler/jobs")["jobs"][0])["status"] == "IN_PROGRESS":
            time.sleep(0.2)
        assert job["status"] == "COMPLETED", job
    [done] = data.glob(DONE)
    show(page, html_of(done))
    return f"a job runs the notebook; {TABLE}"


def sanitized(python: Path, folder: Path, page: Page) -> str:
    """What is left by GitHub's documented list of elements and attributes."""
    run(python, folder, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", FILE)
    given = json.dumps([html_of(folder / FILE), ELEMENTS.split(), ATTRIBUTES.split()])
    left = output(
        python,
        "import json, nh3; html, tags, names = json.load(open(0));"
        "print(nh3.clean(html, tags=set(tags), attributes={'*': set(names)}))",
        given,
    )
    assert "<style" not in left
    assert "dw-static" not in left
    show(page, left)
    return f"{TABLE}, without its style sheet"


SAVED = {
    "nbconvert": nbconvert,
    "papermill": papermill,
    "jupyter-scheduler": scheduler,
    "GitHub's sanitizer": sanitized,
    "VS Code's renderer": vscode,
}
# https://github.com/gjtorikian/html-pipeline, lib/html_pipeline/sanitization_filter.rb
ELEMENTS = """
a abbr b bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small source
span strike strong sub summary sup table tbody td tfoot th thead time tr tt ul var wbr
"""
ATTRIBUTES = "align alt aria-hidden aria-label colspan dir height id rowspan scope width"


def ask(url: str, **job: object) -> Any:
    headers = {"Authorization": f"token {TOKEN}"}
    answer = httpx.request("POST" if job else "GET", url, json=job or None, headers=headers)
    return answer.raise_for_status().json()


def html_of(notebook: Path) -> str:
    """The HTML that an executed notebook keeps beside its widget."""
    cells = nbformat.read(notebook, as_version=4).cells
    return next(out.data["text/html"] for cell in cells for out in cell.get("outputs", []))


def show(page: Page, html: str) -> None:
    page.set_content(html)
    page.get_by_role("row", name=NAME).first.wait_for()
