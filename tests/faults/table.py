"""Every public call behind every fault: ``python -m tests faults`` writes what they come to."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
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
from dashwidgets.checkup.doctor import Checkup
from dashwidgets.widgets.explore.widget import Explorer
from dashwidgets.widgets.watch.widget import Watch
from tests import page
from tests.faults.calls import CALLS
from tests.faults.promises import WHOLE, Outcome, broken
from tests.faults.proxy import FAULTS, LAST, late, passed_on, proxied
from tests.local import Running, running

PATIENT = 60.0
"""Seconds without a byte before the client gives up, as users have it: a busy machine must not
look like a fault."""
QUICK = 0.1
"""The same where the server stalls, and nothing else can end it."""


ALL = {"none": passed_on} | FAULTS


class Impatient(HttpxTransport):
    """Waits as users have it until `patience` is set, then so long for everything."""

    patience: float | None = None

    def open(self, call: Call) -> Any:
        return super().open(replace(call, timeout=self.patience or call.timeout))

    def fork(self) -> Impatient:
        line = self._line
        fork = Impatient(line.host, line.key, line.timeout, ca=self._route.ca, traced=True)
        fork.patience = self.patience
        return fork


class Table:
    """A server behind one proxy a fault, each with a board of its own, and what calls come to."""

    def __init__(self, server: Running, stack: ExitStack) -> None:
        self._server = server
        self._proxies = {fault: stack.enter_context(proxied(server.url)) for fault in ALL}
        with server.connect() as ph:
            board = ph.dashboard("Growth overview")
            board.results()
            self._boards = {fault: board.duplicate(fault).id for fault in ALL}

    def row(self, call: str, faults: Sequence[str] = tuple(FAULTS)) -> dict[str, Outcome]:
        """What a call comes to under each fault, all at the same time: most of it is waiting."""
        with ThreadPoolExecutor(len(faults)) as pool, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            without, requests = self.outcome(call, "none")
            outcomes = pool.map(lambda fault: self.outcome(call, fault, requests)[0], faults)
            found = dict(zip(faults, outcomes, strict=True))
        # What is incomplete over any connection is whole here.
        whole = {fault: WHOLE for fault in found if found[fault] == without}
        return {"none": without} | found | whole

    def outcome(self, call: str, fault: str, requests: int = 0) -> tuple[Outcome, int]:
        """Whole, incomplete and said, or the error's class; and how many requests it took."""
        proxy, key = self._proxies[fault], self._server.keys["owner"]
        transport = Impatient(proxy.url, Secret(key), PATIENT)
        client = Client(
            proxy.url, key, self._server.project_id, sleep=lambda _: None, transport=transport
        )
        with dw.Project(client) as ph:
            run = CALLS[call](ph, ph.dashboard(self._boards[fault]))
            proxy.set(late(ALL[fault], requests) if fault in LAST else ALL[fault])
            if fault == "stalls":
                transport.patience = QUICK
            try:
                outcome = said(run())
            except dw.DashwidgetsError as error:
                outcome = Outcome(type(error).__name__, str(error))
            finally:
                taken = proxy.requests
                proxy.set(passed_on)
        return Outcome("TOLD THE KEY") if "phx_" in outcome.sentence else outcome, taken


def said(found: Any) -> Outcome:
    """Whether what was given is whole, by its own word."""
    if isinstance(found, Watch):
        status = found.status
        if status["phase"] != "complete":
            return Outcome(f"{status['phase']}, said", status["message"])
    if isinstance(found, Explorer):
        return explorer_said(found)
    if isinstance(found, Checkup):
        return WHOLE if found.ok else Outcome("said", repr(found))
    parts = list(found.values()) if isinstance(found, dict) else [found]
    for part in parts:
        attrs: dict[str, Any] = part.attrs if isinstance(part, pd.DataFrame) else {}
        if attrs.get("complete", True) is False:
            reasons = [attrs.get("reason"), attrs.get("unread"), part.get("reason")]
            return Outcome("incomplete, said", str([one for one in reasons if one is not None]))
        if isinstance(part, pd.DataFrame) and "refused" in part.get("field", pd.Series()).tolist():
            return Outcome("incomplete, said", part.to_string())
        if isinstance(part, pd.DataFrame) and part.get("reason", pd.Series(dtype=str)).any():
            return Outcome("done, said", part.to_string())
        if attrs.get("not_covered"):
            return Outcome("incomplete, said", str(attrs["not_covered"]))
    if getattr(found, "unread", None):
        return Outcome("incomplete, said", str(found.unread))
    coverage = getattr(found, "coverage", None)
    if isinstance(coverage, pd.DataFrame) and coverage["reason"].any():
        return Outcome("incomplete, said", coverage.to_string())
    for name in ("complete", "same"):
        if getattr(found, name, True) is False:
            why = getattr(found, "refused", getattr(found, "notes", None))
            return Outcome("incomplete, said", f"{found!r} {why}")
    return WHOLE


def explorer_said(explorer: Explorer) -> Outcome:
    """What the explorer shows: above, or in the open tab."""
    if explorer.trouble:
        return Outcome("said above", " ".join(explorer.trouble))
    if explorer.live is not None:
        return said(explorer.live)
    shown = str(getattr(explorer.widget, "value", ""))
    if 'role="alert"' in shown:
        return Outcome("said in the tab", shown)
    return said(explorer.widget)


@contextmanager
def opened() -> Iterator[Table]:
    """A project of its own behind proxies."""
    with ExitStack() as stack:
        yield Table(stack.enter_context(running()), stack)


def table(wrong: list[str]) -> Iterator[str]:
    """The table of the docs, line by line; adds what is not as it must be."""
    yield f"| | {' | '.join(FAULTS)} |"
    yield f"| --- |{' --- |' * len(FAULTS)}"
    with opened() as found:
        for call in CALLS:
            outcomes = found.row(call)
            wrong += broken(call, outcomes)
            yield f"| `{call}` | {' | '.join(outcomes[fault].name for fault in FAULTS)} |"


def faults() -> int:
    """Print the table and put it into the docs."""
    wrong: list[str] = []
    page.write("faults", table(wrong))
    print("\n".join(wrong))
    return 1 if wrong else 0
