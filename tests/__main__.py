"""Run every check: ``python -m tests``, or some by name: ``python -m tests python browser``.

Each step is a process of its own: nbval slows every pytest start, and Playwright's event loop
breaks asyncio tests beside it. The steps of `BESIDE` run beside the others; their output comes
when they are done.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hatch_build
from tests.chromium import find_chromium
from tests.steps import corners, coverage, site

ROOT = Path(__file__).parent.parent
PARALLEL = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
"""On every core; a file's tests share their server, or their JupyterLab. In our own order: the
files that take longest first (`tests/conftest.py`)."""


def python(*arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT).returncode


def pytest(*arguments: str) -> int:
    return python("-m", "pytest", "-q", *arguments)


def bundles() -> int:
    hatch_build.install()
    hatch_build.build()
    return 0


def checks() -> int:
    return (
        python("-m", "ruff", "check", ".")
        or python("-m", "ruff", "format", "--check", ".")
        or python("-c", "from importlinter.cli import lint_imports; exit(lint_imports())")
        or hatch_build.npm("exec", "--", "pyright", "-p", "..", "--pythonpath", sys.executable)
    )


def typescript() -> int:
    return hatch_build.npm("run", "check") or hatch_build.npm("test")


def unit() -> int:
    return pytest("tests", "--ignore=tests/browser", "-p", "no:nbval", *PARALLEL)


def examples() -> int:
    """What docstrings show, run."""
    return pytest("--doctest-modules", "dashwidgets", "-p", "no:nbval")


def notebooks() -> int:
    return pytest("--nbval", "--nbval-current-env", "-W", "default", "notebooks")


def browser() -> int:
    find_chromium()
    return pytest("tests/browser", "-p", "no:nbval", "-W", "default", *PARALLEL)


def benchmarks() -> int:
    """Every benchmark, small: that it runs, what it requests and sends."""
    return python("-m", "benchmarks", "--quick")


def fuzz() -> int:
    """Mutated bytes against the readers, a minute each."""
    return python("-m", "tests.fuzz")


def differential() -> int:
    """DuckDB beside ClickHouse on random queries, ten minutes."""
    return python("-m", "tests.fuzz.differential")


def stateful() -> int:
    """Chains of requests by the links of the OpenAPI document, ten minutes."""
    return python("-m", "tests.embedded.server.test_stateful")


def faults() -> int:
    """Every public call behind every fault, as a table."""
    from tests.faults.table import faults

    return faults()


def dependencies() -> int:
    """Known vulnerabilities and licences; what has no network says so and passes."""
    return python("-m", "tests.steps.dependencies")


STEPS: dict[str, Callable[[], int]] = {
    "bundles": bundles,
    "checks": checks,
    "typescript": typescript,
    "python": unit,
    "examples": examples,
    "notebooks": notebooks,
    "corner": corners.corner,
    "site": site.site,
    "browser": browser,
    "benchmarks": benchmarks,
}


COMMANDS: dict[str, Callable[[], int]] = {
    "dependencies": dependencies,
    "differential": differential,
    "faults": faults,
    "fuzz": fuzz,
    "stateful": stateful,
}
"""Run by name alone: before a release."""
BESIDE = ("checks", "typescript", "examples", "site", "notebooks", "corner", "benchmarks")
"""One process each: one after the other, they fill what `python` and `browser` leave of the
processor, which is a third of it: those wait for servers, kernels and pages."""
# Hundreds of processes start: each would compile every module again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def step(name: str) -> bool:
    """Run one step here and say how long it took; whether it passed."""
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    passed = not (STEPS | COMMANDS)[name]()
    print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
    return passed


def apart(name: str) -> bool:
    """Run one step in a process of its own, and print what it said once it is done."""
    command = [sys.executable, "-m", "tests", name, "--only"]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    print(done.stdout, end="", flush=True)
    return done.returncode == 0


def failed(names: list[str]) -> list[str]:
    """Run steps, those of `BESIDE` beside the others; the ones that failed."""
    passed: dict[str, bool] = {}
    if "bundles" in names:  # what all others read
        passed["bundles"] = step("bundles")
    with ThreadPoolExecutor(1) as lane:
        beside = [name for name in names if name in BESIDE]
        later = lane.map(apart, beside)
        for name in names:
            if name not in (*BESIDE, *passed):
                passed[name] = step(name)
        passed |= dict(zip(beside, later, strict=True))
    return [name for name in names if not passed[name]]


def main(words: list[str]) -> int:
    match words:
        case ["matrix", *rest]:
            return corners.matrix(rest)
        case ["hosts", *rest]:
            from tests.hosts.run import hosts

            return hosts(rest)
        case ["mutation", *rest]:
            from tests.mutation.run import mutation

            return mutation(rest)
        case ["soak", *seconds]:
            from tests.steps.soak import soak

            return soak(*map(float, seconds))
        case ["coverage", *paths]:
            return coverage.coverage(*PARALLEL, *(paths or ("tests", "--ignore=tests/browser")))
        case [name, "--only"]:
            return 0 if step(name) else 1
        case _:
            names = words or list(STEPS)
    unknown = [name for name in names if name not in STEPS | COMMANDS]
    if unknown:
        print(f"No step is called {', '.join(unknown)}: choose from {', '.join(STEPS | COMMANDS)}.")
        return 2
    began = time.monotonic()
    wrong = failed(names)
    print(f"\n{time.monotonic() - began:.0f} s in all.")
    print(f"Failed: {', '.join(wrong)}" if wrong else "All steps passed.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
