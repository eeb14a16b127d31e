"""Every public call behind every fault: ``python -m tests faults`` writes what they come to."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

import pandas as pd

import dashwidgets as dw
from dashwidgets.api.client import Client
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.httpx import HttpxTransport
from dashwidgets.api.transport.interface import Call
from tests import page
from tests.faults.proxy import FAULTS, passed_on, proxied
from tests.local import Running, running

QUICK = 0.4
"""Seconds without a byte before the client gives up."""
PATIENT = 2.0
"""The same where the outcomes are kept: a busy machine must not look like a fault."""


def _watch(board: dw.Dashboard) -> Any:
    live = board.watch()
    try:
        return live.wait(30)
    finally:
        live.close()


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
    "board.tiles()": lambda _, board: board.tiles(),
    "board.results()": lambda _, board: board.results(),
    "board.update(description=…)": lambda _, board: board.update(description="again"),
    "board.stream()": lambda _, board: list(board.stream()),
    "board.watch()": lambda _, board: _watch(board),
    "board.edit()": lambda _, board: board.edit(),
    "board.arrange()": lambda _, board: board.arrange(),
    "board.add_text(body)": lambda _, board: board.add_text("words"),
    "board.collaborators()": lambda _, board: board.collaborators(),
    "board.sharing()": lambda _, board: board.sharing(),
    "board.share()": lambda _, board: board.share(),
    "board.duplicate()": lambda _, board: board.duplicate("Twin"),
}


class Impatient(HttpxTransport):
    """Waits for what a server computes no longer than for anything else."""

    def open(self, call: Call) -> Any:
        return super().open(replace(call, timeout=None))

    def fork(self) -> Impatient:
        line = self._line
        return Impatient(line.host, line.key, line.timeout, ca=self._route.ca, traced=True)


class Table:
    """A server behind one proxy a fault, each with a board of its own, and what calls come to."""

    def __init__(self, server: Running, stack: ExitStack, quick: float) -> None:
        self._server = server
        self._quick = quick
        self._proxies = {fault: stack.enter_context(proxied(server.url)) for fault in FAULTS}
        with server.connect() as ph:
            board = ph.dashboard("Growth overview")
            board.results()
            self._boards = {fault: board.duplicate(fault).id for fault in FAULTS}

    def row(self, call: str) -> dict[str, str]:
        """What a call comes to under each fault, all at the same time: most of it is waiting."""
        with ThreadPoolExecutor(len(FAULTS)) as pool, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            outcomes = pool.map(lambda fault: self.outcome(call, fault), FAULTS)
            return dict(zip(FAULTS, outcomes, strict=True))

    def outcome(self, call: str, fault: str) -> str:
        """``whole``, ``incomplete, said``, or the error's class."""
        proxy, key = self._proxies[fault], self._server.keys["owner"]
        transport = Impatient(proxy.url, Secret(key), self._quick)
        client = Client(
            proxy.url,
            key,
            self._server.project_id,
            deadline=1.0,
            sleep=lambda _: None,
            transport=transport,
        )
        with dw.Project(client) as ph:
            board = ph.dashboard(self._boards[fault])
            proxy.set(FAULTS[fault])
            try:
                found = CALLS[call](ph, board)
            except dw.DashwidgetsError as error:
                return "TOLD THE KEY" if "phx_" in str(error) else type(error).__name__
            finally:
                proxy.set(passed_on)
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
def opened(quick: float = QUICK) -> Iterator[Table]:
    """A project of its own behind proxies."""
    with ExitStack() as stack:
        yield Table(stack.enter_context(running()), stack, quick)


def table() -> Iterator[str]:
    """The table of the docs, line by line."""
    yield f"| | {' | '.join(FAULTS)} |"
    yield f"| --- |{' --- |' * len(FAULTS)}"
    with opened(PATIENT) as found:
        for call in CALLS:
            outcomes = found.row(call)
            yield f"| `{call}` | {' | '.join(outcomes[fault] for fault in FAULTS)} |"


def faults() -> int:
    """Print the table and put it into the docs."""
    page.write("faults", table())
    return 0
