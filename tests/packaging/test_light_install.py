"""Without the extra ``local``: everything but the embedded project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local import Running

WITHOUT = """
import sys

GONE = ("duckdb", "jsonschema", "starlette", "uvicorn")

class Missing:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in GONE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in GONE else found(name, *rest)
sys.meta_path.insert(0, Missing)
"""


def without_extra(tmp_path: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run Python where the packages of the extra can't be found."""
    (tmp_path / "sitecustomize.py").write_text(WITHOUT)
    variables = os.environ | environment | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, *arguments], env=variables, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


USES = """
import dashwidgets as dw
with dw.connect() as ph:
    boards = ph.dashboards()
    assert boards.attrs["complete"] and len(ph.tiles())
    ph.browse(), ph.audit(["public-and-stale"]), ph.plan(boards), ph.references("signed_up")
    assert ph.dashboard(int(boards["id"].iloc[0])).watch().wait(timeout=60).results
"""


def test_connect_does_without(tmp_path: Path, served: Running) -> None:
    code, printed = without_extra(
        tmp_path,
        *("-c", USES),
        POSTHOG_HOST=served.url,
        POSTHOG_PERSONAL_API_KEY=served.keys["owner"],
        POSTHOG_PROJECT_ID=str(served.project_id),
    )
    assert code == 0, printed


@pytest.mark.parametrize(
    "arguments",
    [
        ("-c", "import dashwidgets as dw; dw.local()"),
        ("-m", "dashwidgets", "serve"),
        ("-m", "dashwidgets", "add-key", "--data-dir=x", "--email=a@example.com"),
    ],
)
def test_the_embedded_project_names_the_extra(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, printed = without_extra(tmp_path, *arguments)
    assert code == 1
    assert (
        'needs duckdb, jsonschema, starlette, uvicorn: pip install "dashwidgets[local]"' in printed
    )
