"""Every public call behind every fault: ``python -m tests.faults.table > docs/reliability.md``."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pandas as pd

import dashwidgets as dw
from dashwidgets.api.client import Client
from tests.faults.proxy import FAULTS, Proxy, passed_on, proxied
from tests.local import running

QUICK = 0.4
"""Seconds without a byte before the client gives up."""


CALLS: dict[str, Callable[[dw.Project, dw.Dashboard], Any]] = {
    "ph.dashboards()": lambda ph, _: ph.dashboards(),
    "ph.dashboard(name)": lambda ph, board: ph.dashboard(str(board.name)),
    "ph.tiles()": lambda ph, _: ph.tiles(),
    "ph.insights()": lambda ph, _: ph.insights(),
    "ph.tags()": lambda ph, _: ph.tags(),
    "ph.members()": lambda ph, _: ph.members(),
    "ph.sharing([id])": lambda ph, board: ph.sharing([board.id]),
    "ph.collaborators([id])": lambda ph, board: ph.collaborators([board.id]),
    "ph.sql(text)": lambda ph, _: ph.sql("SELECT event, count() FROM events GROUP BY event"),
    "ph.events()": lambda ph, _: ph.events(),
    "ph.deleted()": lambda ph, _: ph.deleted(),
    "ph.history()": lambda ph, _: ph.history(),
    "ph.references(event)": lambda ph, _: ph.references("signed_up"),
    "ph.audit()": lambda ph, _: ph.audit(),
    "ph.browse()": lambda ph, _: ph.browse(),
    "ph.plan().tag([id]).apply()": lambda ph, board: ph.plan().tag([board.id], "x").apply(),
    "ph.backup(folder)": lambda ph, _: ph.backup(tempfile.mkdtemp()),
    "ph.create(name)": lambda ph, _: ph.create("Made behind a fault"),
}


class Table:
    """A project behind a proxy, and what each call came to."""

    def __init__(self, proxy: Proxy, key: str, project_id: int) -> None:
        self._proxy = proxy
        self._client = lambda: Client(
            proxy.url, key, project_id, timeout=QUICK, deadline=1.0, sleep=lambda _: None
        )

    def row(self, call: str) -> dict[str, str]:
        """What a call comes to under each fault."""
        return {fault: self.outcome(call, fault) for fault in FAULTS}

    def outcome(self, call: str, fault: str) -> str:
        """``whole``, ``incomplete, said``, or the error's class."""
        with ExitStack() as stack:
            stack.callback(self._proxy.set, passed_on)
            ph = stack.enter_context(dw.Project(self._client()))
            board = ph.dashboard("Growth overview")
            self._proxy.set(FAULTS[fault])
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    found = CALLS[call](ph, board)
            except dw.DashwidgetsError as error:
                return "TOLD THE KEY" if "phx_" in str(error) else type(error).__name__
            return said(found)


def said(found: Any) -> str:
    """Whether what was given is whole, by its own word."""
    parts = list(found.values()) if isinstance(found, dict) else [found]
    for part in parts:
        if isinstance(part, pd.DataFrame) and part.attrs.get("complete", True) is False:
            return "incomplete, said"
    status = getattr(found, "status", None)
    if isinstance(status, dict) and status.get("phase") not in (None, "complete"):
        return f"{status['phase']}, said"
    if getattr(found, "unread", None):
        return "incomplete, said"
    coverage = getattr(found, "coverage", None)
    if isinstance(coverage, pd.DataFrame) and not coverage.get("complete", pd.Series([True])).all():
        return "incomplete, said"
    for name in ("complete", "is_complete"):
        if getattr(found, name, True) is False:
            return "incomplete, said"
    return "whole"


@contextmanager
def opened() -> Iterator[Table]:
    """A project of its own behind a proxy."""
    with running() as served, proxied(served.url) as proxy:
        yield Table(proxy, served.keys["owner"], served.project_id)


def head() -> str:
    """The page of the docs, down to the table's rows."""
    lines = [
        "# Reliability",
        "",
        "What each call comes to when, from its first request on, the connection does this to",
        "every answer. `python -m tests.faults.table > docs/reliability.md` wrote it. Reads",
        "are tried again before they give up, writes are not. *Whole* is the whole answer;",
        "*incomplete, said* is a value that says that something is missing; the rest are errors.",
        "",
        f"| | {' | '.join(FAULTS)} |",
        f"| --- |{' --- |' * len(FAULTS)}",
    ]
    return "\n".join(lines)


def line(call: str, outcomes: dict[str, str]) -> str:
    """A call's row of the page."""
    return f"| `{call}` | {' | '.join(outcomes[fault] for fault in FAULTS)} |"


def main() -> None:
    print(head(), flush=True)
    with opened() as table:
        for call in CALLS:
            print(line(call, table.row(call)), flush=True)


if __name__ == "__main__":
    main()
