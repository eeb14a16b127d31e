"""The explorer beside its parts: what goes over the comm, and how soon a board is there."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import comm
from comm.base_comm import BaseComm
from ipywidgets.widgets import widget as core

import dashwidgets as dw
from benchmarks.measure import Measured

SWITCHES = 200


class Counted(BaseComm):
    """A comm to nowhere that counts what it is given."""

    sent = 0

    def publish_msg(self, msg_type: str, data: Any = None, **rest: Any) -> None:
        text = json.dumps([data, rest.get("metadata")], default=str)
        Counted.sent += len(text) + sum(len(one) for one in rest.get("buffers") or ())


@contextmanager
def counting() -> Generator[Callable[[], int]]:
    """Gives the bytes sent since it was last called."""
    before, comm.create_comm = comm.create_comm, Counted
    mark = [Counted.sent]

    def since() -> int:
        count, mark[0] = Counted.sent - mark[0], Counted.sent
        return count

    try:
        yield since
    finally:
        comm.create_comm = before


def measure(quick: bool) -> Iterator[Measured]:
    switches = 20 if quick else SWITCHES
    with dw.local() as ph, counting() as sent:
        ids = ph.dashboards()["id"].tolist()[:4]
        for key in ids:
            ph[key].watch().wait(timeout=120).close()  # everything is cached
        sent()
        browser, alone = ph.browse(), ph[ids[0]].watch()
        alone.wait(timeout=60)
        parts = sent()
        browser.close()
        alone.close()
        sent()
        explorer = ph.explore({"board": ids[0], "tab": "tiles"})
        explorer.live.wait(timeout=60)
        whole = sent()
        yield Measured("list and tiles: explorer against its parts", whole / parts, "x", 1.15)

        took: list[float] = []
        models = len(core._instances)
        for n in range(switches):
            began = time.perf_counter()
            explorer.where = {"board": ids[(n + 1) % len(ids)], "tab": "tiles"}
            while not explorer.live.events["tile"].size:
                time.sleep(0.002)
            took.append(time.perf_counter() - began)
            explorer.live.wait(timeout=60)
        switching = sent() / switches
        own = ph[ids[0]].watch()
        own.wait(timeout=60)
        one = sent()
        own.close()
        yield Measured("a board opened in the explorer", switching / 1000, "kB")
        yield Measured("the same against a widget of its own", switching / one, "x", 0.3)
        what = f"{switches} boards one after the other"
        yield Measured(f"{what}: first tile in Python", 1000 * statistics.median(took), "ms", 150)
        more = len(core._instances) - models
        yield Measured(f"{what}: models more than at first", more, "rows", 0)
        explorer.close()
