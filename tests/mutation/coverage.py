"""Which tests run which line, by coverage's contexts: one is named after each test."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Covered:
    """What the unchanged tests of a package run."""

    seconds: dict[str, float]
    """Of each test that passed."""
    lines: dict[str, dict[int, list[str]]]
    """By file and line, the tests that run it."""
    imported: dict[str, list[int]]
    """By file, the lines that run outside of tests, when modules are imported."""
    modules: list[str]
    """Of others, imported by the time that all tests were through."""

    def tests(self, file: str, code: str, line: int) -> list[str]:
        """Those that run a line, quick files first.

        What importing runs, no test runs of its own, and every test may notice: those are all
        tests, beginning with those that run another line of the file.
        """
        lines = self.lines.get(file, {})
        statement = statement_in_function(code, line)
        near = {name for at in statement or lines for name in lines.get(at, ())}
        is_early = self.runs_on_import(file, code, line)
        far = self.seconds.keys() - near if is_early else set[str]()
        return [*self._quick_first(near), *self._quick_first(far)]

    def runs_on_import(self, file: str, code: str, line: int) -> bool:
        """Whether importing the project or its tests runs a line: before any test does."""
        statement = statement_in_function(code, line)
        return statement is None or not set(statement).isdisjoint(self.imported.get(file, ()))

    def _quick_first(self, names: set[str]) -> list[str]:
        found = [(name, self.seconds[name]) for name in names if name in self.seconds]
        files: dict[str, list[float]] = {}
        for name, seconds in found:
            files.setdefault(name.partition("::")[0], []).append(seconds)
        means = {file: sum(each) / len(each) for file, each in files.items()}

        def order(one: tuple[str, float]) -> tuple[float, str, float]:
            file = one[0].partition("::")[0]
            return means[file], file, one[1]

        return [name for name, _ in sorted(found, key=order)]


def statement_in_function(code: str, line: int) -> range | None:
    """The lines of the statement, or of a compound one's head; ``None`` if importing runs it."""
    best: tuple[range, bool] | None = None
    for node, inside in _walk(ast.parse(code), inside=False):
        start = getattr(node, "lineno", None)
        if isinstance(node, ast.match_case):
            start = node.pattern.lineno
        elif not isinstance(node, ast.stmt | ast.ExceptHandler):
            continue
        body = getattr(node, "body", None)
        first = min([start, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        last = max(start, _start(body[0]) - 1) if body else node.end_lineno
        head = range(first, last + 1)
        if line in head and (best is None or len(head) <= len(best[0])):
            best = head, inside
    return best[0] if best and best[1] else None


def _start(statement: ast.stmt) -> int:
    return min(
        [statement.lineno, *(one.lineno for one in getattr(statement, "decorator_list", ()))]
    )


def _walk(node: ast.AST, *, inside: bool) -> Iterator[tuple[ast.AST, bool]]:
    yield node, inside
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, inside=inside)


class _Contexts:
    """A pytest plugin: a context of coverage for each test, and what it takes."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        began = sum(os.times()[:4])
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = sum(os.times()[:4]) - began
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)


def covered(folder: str, options: list[str]) -> Covered | int:
    """Run tests once under coverage; pytest's exit code if one of them fails."""
    os.environ["COVERAGE_CORE"] = "ctrace"  # the newer one tells contexts apart only in part
    from coverage import Coverage

    coverage = Coverage(data_file=None, config_file=False, include=[f"{folder}/*"])
    contexts = _Contexts(coverage)
    coverage.start()
    code = pytest.main(options, plugins=[contexts])
    coverage.stop()
    if code:
        return int(code)
    data = coverage.get_data()
    lines: dict[str, dict[int, list[str]]] = {}
    imported: dict[str, list[int]] = {}
    for path in data.measured_files():
        file, run_by = os.path.relpath(path), data.contexts_by_lineno(path)
        lines[file] = {at: [name for name in names if name] for at, names in run_by.items()}
        imported[file] = [at for at, names in run_by.items() if "" in names]
    passed = contexts.seconds.keys() - contexts.failed
    seconds = {name: contexts.seconds[name] for name in passed}
    ours = ("dashwidgets", "tests", "benchmarks", "__main__", "__mp_main__", "coverage")
    modules = [name for name in sys.modules if name.partition(".")[0] not in ours]
    return Covered(seconds, lines, imported, modules)
