"""One mutant's trial: the tests that may notice it, in a child that imports the project again."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

OPTIONS = ["-q", "-p", "no:nbval", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain"]
PATIENCE = 200
"""Seconds by the clock: a mutant that makes a test wait for ever is noticed too."""


@dataclass
class _Only:
    """A pytest plugin: these tests, in this order, and which one failed."""

    names: list[str]
    failed: list[str] = field(default_factory=list)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {name: at for at, name in enumerate(self.names)}
        items[:] = sorted(
            (item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid]
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def trial(names: list[str], seconds: float) -> dict[str, str]:
    """What comes of importing all again and running these tests until one fails."""
    return outcome(in_a_child(lambda: _run(names), 10 + 5 * seconds))


def outcome(answer: tuple[bool, Any]) -> dict[str, str]:
    """A mutant is killed by a test, by what can't be imported, and by a loop without an end."""
    done, found = answer
    if not done:
        return {"outcome": "killed", "by": "the tests did not end"}
    code, failed = found
    if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return {"outcome": "survived"}
    return {"outcome": "killed", "by": failed[0] if failed else "the tests could not be imported"}


def _run(names: list[str]) -> tuple[int, list[str]]:
    sys.dont_write_bytecode = True  # a file's time is no proof that it is the same
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    only = _Only(names)
    files = dict.fromkeys(name.partition("::")[0] for name in names)
    return int(pytest.main(["-x", *OPTIONS, *files], plugins=[only])), only.failed


def in_a_child(work: Callable[[], Any], seconds: float) -> tuple[bool, Any]:
    """Whether some work came to its end in a process of its own, and what it returned."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    child = fork.Process(target=_child, args=(work, seconds, theirs))
    child.start()
    theirs.close()
    try:
        arrived = ours.poll(max(PATIENCE, seconds))
        return (True, ours.recv()) if arrived else (False, None)
    except EOFError:
        return False, None
    finally:
        child.kill()
        child.join()


def _child(work: Callable[[], Any], seconds: float, pipe: Connection) -> None:
    os.setpgrp()
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until the process ends
    pipe.send(work())
    os._exit(0)
