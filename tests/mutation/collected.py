"""Mutants of functions, tried where all is imported and all tests are collected already.

A child of that process gives the changed function its new code and runs the tests: it takes a
tenth of the time that importing the project again takes.
"""

from __future__ import annotations

import ast
import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Self

import pytest

from tests.mutation.trial import OPTIONS, in_a_child, outcome

NOT_HERE = "not here"


@dataclass(frozen=True)
class Asked:
    """What to try: a file's new text, where it differs, and which tests may notice."""

    file: str
    line: int
    changed: str
    names: list[str]
    seconds: float


class _Waiting:
    """A pytest plugin: instead of running the tests it waits for mutants."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe, self.failed = pipe, list[str]()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self.pipe.send("ready")
        while isinstance(asked := self.pipe.recv(), Asked):
            chosen = [items[name] for name in asked.names if name in items]
            self.pipe.send(in_a_child(lambda: self._tried(asked, chosen), asked.seconds))  # noqa: B023
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def _tried(self, asked: Asked, items: list[pytest.Item]) -> tuple[int, list[str]] | str:
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        if asked.changed and not _replace(asked):
            return NOT_HERE
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return 1, self.failed
        return 0, []


class Collected:
    """A process that has collected some tests, until the block ends."""

    def __init__(self, tests: tuple[str, ...]) -> None:
        fork = multiprocessing.get_context("fork")
        self._pipe, theirs = fork.Pipe()
        self._process = fork.Process(target=_wait, args=(theirs, tests))
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        assert self._pipe.recv() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send(None)
        self._process.join()

    def tried(self, asked: Asked) -> dict[str, str] | None:
        """What comes of a mutant; None where it can only be told by importing all again."""
        self._pipe.send(asked)
        answer = self._pipe.recv()
        return None if answer == (True, NOT_HERE) else outcome(answer)


def _wait(pipe: Connection, tests: tuple[str, ...]) -> None:
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until the process ends
    pytest.main([*OPTIONS, *tests], plugins=[_Waiting(pipe)])
    os._exit(0)


def function_at(code: str, line: int) -> str | None:
    """The outermost function around a line of its body, as ``Class.name``."""

    def inside(nodes: list[ast.stmt], before: str) -> str | None:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if node.body[0].lineno <= line <= (node.end_lineno or 0):
                    return f"{before}{node.name}"
            elif isinstance(node, ast.ClassDef):
                found = inside(node.body, f"{before}{node.name}.")
                if found:
                    return found
        return None

    return inside(ast.parse(code).body, "")


def _replace(asked: Asked) -> bool:
    """Give every function made of the changed code the new one; False where there is none."""
    path = os.path.realpath(asked.file)
    module = next((name for name, one in sys.modules.items() if _is_of(one, path)), None)
    if module is None:
        return True  # a test imports it, and so its new text
    name = function_at(asked.changed, asked.line)
    compiled = compile(asked.changed, path, "exec", dont_inherit=True)
    new = [one for one in _codes(compiled) if one.co_qualname == name]
    live = [
        one
        for one in gc.get_objects()
        if isinstance(one, FunctionType)
        and one.__module__ == module
        and one.__code__.co_qualname == name
        and os.path.realpath(one.__code__.co_filename) == path
    ]
    for one in live:
        same = [code for code in new if code.co_firstlineno == one.__code__.co_firstlineno]
        if len(same) != 1 or same[0].co_freevars != one.__code__.co_freevars:
            return False
        one.__code__ = same[0]
    return bool(live)


def _is_of(module: Any, path: str) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and os.path.realpath(file) == path


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)
