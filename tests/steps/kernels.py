"""The watched board under several versions of ipykernel: ``python -m tests.steps.kernels``.

Each version is installed by uv into a folder of its own, in front of this environment; with a
subshell for comms and without. Prints a Markdown table. Not part of the other checks: it downloads.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.widgets.kernel import Kernel, kernel
from tests.widgets.shared.test_kernel import CELL, LEFT, SETUP

VERSIONS = ("6.31.0", "7.1.0", "7.4.0")
HEAD = (
    "ipykernel",
    "comms",
    "tiles of 40 while busy",
    "a word while busy",
    "exact",
    "50 runs leave",
)


def install(version: str, folder: Path) -> str:
    """One version of ipykernel alone; what it needs is here already."""
    target = folder / version
    command = ["uv", "pip", "install", "--quiet", "--no-deps", "--python", sys.executable]
    subprocess.run([*command, "--target", str(target), f"ipykernel=={version}"], check=True)
    return str(target)


def busy(front: Kernel) -> tuple[int, str, bool]:
    """Tiles that came while a cell slept, when a view's word was answered, and the end."""
    front.run("live = paced(40, 20); display(live)")
    comm, view = next(iter(front.boards().items()))
    began = time.monotonic()
    answered: list[float] = []
    said = False

    def during() -> None:
        nonlocal said
        if not said and time.monotonic() - began > 0.5:
            front.tell(comm, {"op": "ready"})
            said = True
        if not answered and view.snapshots:
            answered.append(time.monotonic() - began)

    front.run("time.sleep(3)", during=during)
    came = len(view.names())
    slept = time.monotonic() - began
    front.pump(1.5)
    front.run("live.wait(30)")
    front.pump(0.5)
    word = "answered at once" if answered and answered[0] < slept - 1 else "answered after the cell"
    if not view.snapshots:
        word = "never answered"
    return came, word, set(view.names()) == set(range(1, 41))


def measured(version: str, folder: str, subshells: bool) -> list[Any]:
    """One row of the table."""
    with kernel(folder, subshells=subshells) as front:
        front.run(SETUP)
        found = front.run("import ipykernel; print(ipykernel.__version__)")
        assert found == version, f"asked for {version}, found {found}"
        comms = "main shell"
        if subshells:
            comms = "subshell" if front.subshell else "main shell (it has no subshells)"
        came, word, exact = busy(front)
        return [version, comms, came, word, "yes" if exact else "NO", left_by_runs(front)]


def left_by_runs(front: Kernel) -> str:
    """What fifty more runs of a cell leave; or when the kernel heard no more."""
    memory: list[float] = []
    runs = 0
    try:
        for more in (5, 50):
            for _ in range(more):
                front.run(CELL, cell="one", timeout=20)
                runs += 1
            threads, kept, megabytes, _ = json.loads(front.run(LEFT))
            memory.append(megabytes)
    except TimeoutError:
        return f"the kernel hears nothing more after {runs} runs"
    grown = memory[1] - memory[0]
    return f"{len(threads)} threads, {kept.count('Watch') - 1} comm, {grown:+.1f} MB"


def main() -> None:
    print(f"| {' | '.join(HEAD)} |")
    print(f"|{' --- |' * len(HEAD)}")
    with tempfile.TemporaryDirectory() as folder:
        for version in VERSIONS:
            target = install(version, Path(folder))
            for subshells in (False, True):
                row = measured(version, target, subshells)
                print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
