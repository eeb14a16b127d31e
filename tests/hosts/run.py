"""``python -m tests hosts [NAME ...]``: the table of dashboards in JupyterLab and elsewhere.

Each host gets an environment of its own. A notebook opens the browser widget and writes down what
is selected in it; here a real Chromium waits for the rows, selects one, and the selection must
arrive in Python. Pictures go to ``build/hosts``, to be looked at; the table in ``docs/hosts.md``
says what was run.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.chromium import find_chromium
from tests.hosts import vscode
from tests.hosts.processes import ENVIRONMENTS, ROOT, SECONDS, environment, output, served
from tests.hosts.rows import NAME, find_row
from tests.hosts.saved import SAVED

PICTURES = ROOT / "build" / "hosts"
PAGE = ROOT / "docs" / "hosts.md"
MARK = "<!-- rows written by `python -m tests hosts` -->\n"

CELL = """\
from pathlib import Path
import dashwidgets as dw
ph = dw.local()
browser = ph.browse()
def note(change):
    Path("selected.txt").write_text(",".join(browser.selected["name"]))
browser.observe(note, "selected_ids")
browser"""

MARIMO = """\
import marimo
app = marimo.App()

@app.cell
def _():
    import marimo as mo
    import dashwidgets as dw
    ph = dw.local()
    browser = mo.ui.anywidget(ph.browse())
    browser
    return (browser,)

@app.cell
def _(browser):
    from pathlib import Path
    ids = browser.value.get("selected_ids")
    names = browser.widget.selected["name"].tolist() if ids else []
    if names:
        Path("selected.txt").write_text(",".join(names))
    return
"""


@dataclass(frozen=True)
class Host:
    """Packages to install, and the command that serves ``first.ipynb`` (or ``first.py``)."""

    packages: tuple[str, ...]
    command: tuple[str, ...] = ()
    path: str = ""
    runs_itself: bool = True
    """Whether opening the page runs the cells."""
    version: Callable[[], str] | None = None
    """Where it is not that of the first package."""

    @property
    def words(self) -> tuple[str, ...]:
        """The command; where cells are run from here, its page must let itself be driven."""
        if self.runs_itself:
            return self.command
        app = "JupyterNotebookApp" if "notebook" in self.command else "LabApp"
        return (*self.command, f"--{app}.expose_app_in_browser=True")


QUIET = ("--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.port={port}")
HOSTS = {
    "JupyterLab, newest": Host(
        ("jupyterlab",),
        ("-m", "jupyterlab", *QUIET),
        "lab/tree/first.ipynb",
        runs_itself=False,
    ),
    "JupyterLab, oldest": Host(
        ("jupyterlab==4.4.0",),
        ("-m", "jupyterlab", *QUIET),
        "lab/tree/first.ipynb",
        runs_itself=False,
    ),
    "Notebook": Host(
        ("notebook>=7",), ("-m", "notebook", *QUIET), "notebooks/first.ipynb", runs_itself=False
    ),
    "Voila": Host(
        ("voila",),
        ("-m", "voila", "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1", "first.ipynb"),
    ),
    "marimo": Host(
        ("marimo",),
        ("-m", "marimo", "run", "first.py", "--headless", "--no-token", "--port={port}"),
    ),
    "nbconvert": Host(("nbconvert",)),
    "papermill": Host(("papermill",)),
    "jupyter-scheduler": Host(("jupyter-scheduler", "jupyterlab")),
    "GitHub's sanitizer": Host(("nh3",)),
    "VS Code's renderer": Host(("jupyter-server",), version=vscode.version),
}


def hosts(names: list[str]) -> int:
    """Try some hosts, or all; writes pictures and the table's rows."""
    chosen = {name: host for name, host in HOSTS.items() if not names or name in names}
    if unknown := set(names) - set(chosen):
        print(f"No host is called {', '.join(sorted(unknown))}: choose from {', '.join(HOSTS)}.")
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    failed: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, host in chosen.items():
            began = time.monotonic()
            try:
                version, told = try_host(name, host, chromium)
            except (PlaywrightError, TimeoutError, AssertionError, OSError) as error:
                failed.append(name)
                version, told = "", f"failed: {str(error).splitlines()[0]}"
            print(f"{name} {version}: {told} ({time.monotonic() - began:.0f} s)", flush=True)
            write_row(name, version, told)
        chromium.close()
    return 1 if failed else 0


def try_host(name: str, host: Host, chromium: Browser) -> tuple[str, str]:
    """Run one host; gives its version and what was seen."""
    python = environment(slug(name), host.packages)
    package = host.packages[0].partition("=")[0].partition(">")[0]
    told = f"from importlib.metadata import version as v; print(v({package!r}))"
    version = host.version() if host.version else output(python, told)
    folder = ENVIRONMENTS / f"{slug(name)}-files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cells = [nbformat.v4.new_code_cell(CELL)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / "first.ipynb")
    (folder / "first.py").write_text(MARIMO)
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(SECONDS * 1000)  # Voila runs the notebook before it answers
    try:
        if not host.command:
            with photographed(name, page):
                return version, SAVED[name](python, folder, page)
        with served(python, folder, host.words) as address, photographed(name, page):
            page.goto(f"{address}/{host.path}")
            if not host.runs_itself:
                run_cells(page)
            row = find_row(page)
            row.get_by_role("checkbox").first.click()
            assert wait_for(folder / "selected.txt") == NAME
        return version, "drawn; a selection arrives in Python"
    finally:
        page.close()


@contextmanager
def photographed(name: str, page: Page) -> Iterator[None]:
    """Take a picture at the end, whatever it shows."""
    try:
        yield
    finally:
        page.screenshot(path=PICTURES / f"{slug(name)}.png")


def run_cells(page: Page) -> None:
    """Run all cells, once the kernel is there."""
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel",
        timeout=SECONDS * 1000,
    )
    page.wait_for_timeout(4_000)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if path.is_file() and (text := path.read_text()):
            return text
        time.sleep(0.2)
    raise TimeoutError("the selection did not arrive in Python")


def write_row(name: str, version: str, told: str) -> None:
    """Put a row into the page, in the place of an older one of the same host."""
    head, rest = PAGE.read_text(encoding="utf-8").split(MARK)
    lines = rest.splitlines()
    rows = [line for line in lines if line.startswith("| ") and line.split("|")[1].strip() in HOSTS]
    tail = [line for line in lines if line not in rows]
    kept = [row for row in rows if not row.startswith(f"| {name} |")]
    kept.append(f"| {name} | {version} | {told} | {datetime.now(UTC):%Y-%m-%d} |")
    kept.sort(key=lambda row: list(HOSTS).index(row.split("|")[1].strip()))
    PAGE.write_text(head + MARK + "\n".join([*kept, *tail]) + "\n", encoding="utf-8")


def slug(name: str) -> str:
    return name.lower().replace(", ", "-").replace(" ", "-").replace("'", "")
