"""Which lines and branches the tests of Python run: ``python -m tests coverage [PATH …]``.

Servers and kernels that tests start count too. Printed, with what is missed; HTML in
``build/coverage``. A report, not a bound: what a test proves is what `mutation` asks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = ROOT / "build" / "coverage"


def measured(*arguments: str) -> int:
    command = [sys.executable, "-m", "coverage", *arguments]
    # Relative to nothing: servers of tests run in folders of their own.
    environment = os.environ | {"COVERAGE_FILE": str(HERE / "data")}
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def coverage(*pytest: str) -> int:
    """Run pytest and report, also when a test fails."""
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir(parents=True)
    failed = measured("run", "-m", "pytest", "-q", "-p", "no:nbval", *pytest)
    return measured("combine", "-q") or measured("html", "-q") or measured("report") or failed
