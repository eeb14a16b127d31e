"""A watched board in a real kernel."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.widgets.kernel import Kernel, kernel

SETUP = """
MOST = 1
import ctypes, gc, threading, time
import psutil
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances
from IPython.display import display
from tests.widgets.scripted import Watch, paced
"""
# A megabyte a run: what is kept of any of them is seen.
CELL = """
live = paced(20, 1_000, 50_000)
display(live)
_ = live.wait(30)
"""
LEFT = """
import json
def boards_left():
    gc.collect()
    return sum(isinstance(found, Watch) for found in gc.get_objects())
end = time.monotonic() + 10
while boards_left() > MOST and time.monotonic() < end:  # a reading thread may be on its way out
    time.sleep(0.05)
# What the allocator keeps for later is no growth; other C libraries have no such call.
getattr(ctypes.CDLL(None), "malloc_trim", id)(0)
threads = [t.name for t in threading.enumerate() if t.name.startswith("dashwidgets")]
comms = [type(w).__name__ for w in _instances.values()]
memory = psutil.Process().memory_info().rss / 1e6
print(json.dumps([threads, comms, memory, boards_left()]))
"""


@pytest.fixture
def front() -> Iterator[Kernel]:
    with kernel() as found:
        found.run(SETUP)
        yield found


def test_tiles_arrive_while_a_cell_is_busy(front: Kernel) -> None:
    front.run("live = paced(20, 20); display(live)")
    front.run("time.sleep(2.5)")
    (view,) = front.boards().values()
    assert len(view.names()) == 20
    assert view.gaps == 0
    assert view.phases[-1] == "complete"
    spread = max(view.heard) - min(view.heard)
    assert spread > 0.5, "they came all at once, after the cell"


def test_running_a_cell_again_takes_the_place_of_what_it_showed(front: Kernel) -> None:
    for _ in range(5):
        front.run(CELL, cell="one")
    _, _, before, _ = json.loads(front.run(LEFT))
    for _ in range(50):
        front.run(CELL, cell="one")
    threads, comms, after, boards = json.loads(front.run(LEFT))
    assert len(threads) <= 1
    assert boards == 1
    assert sorted(comms) == ["Layout", "Watch"]
    assert len(front.boards()) == 1
    assert after - before < 15, f"{before:.0f} MB became {after:.0f} MB"


def test_a_schedule_ends_when_its_cell_runs_again(front: Kernel) -> None:
    scheduled = """
from tests.widgets.scripted import METADATA, Script, tile, watch_through
from dashwidgets.api.stream.events import Complete
live = watch_through(lambda *_: Script(METADATA, tile(1), Complete()), every="1h")
display(live)
_ = live.wait(30)
"""
    for _ in range(5):
        front.run(scheduled, cell="two")
    front.pump(0.3)
    threads, comms, *_ = json.loads(front.run(LEFT))
    assert len(threads) == 1
    assert comms.count("Watch") == 1


def test_two_boards_of_one_cell_live_side_by_side(front: Kernel) -> None:
    for _ in range(2):
        front.run("for _ in range(2): display(paced(3, 1_000))", cell="three")
    _, comms, *_ = json.loads(front.run("MOST = 2\n" + LEFT))
    assert comms.count("Watch") == 2


def test_every_widget_takes_the_place_of_the_one_its_cell_made_before(front: Kernel) -> None:
    front.run("import dashwidgets as dw; ph = dw.local(); board = ph.dashboard('Growth overview')")
    counts: list[str] = []
    cell = "shown = [ph.browse(), board.edit(), board.arrange(), board.watch().wait(60)]"
    for _ in range(3):
        front.run(cell, cell="all", timeout=60)
        counts.append(front.run("print(len(_instances))"))
    assert counts[0] == counts[1] == counts[2]
