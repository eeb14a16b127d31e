"""A flood of tiles: few messages, and the last word is never lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from dashwidgets.api.stream.events import Complete, TileRendered
from dashwidgets.widgets.watch.coalesce import Coalescer
from tests.widgets.scripted import METADATA, padded, tile, watch
from tests.widgets.view import View


class Comm:
    """The kernel's side of a comm, heard by a view."""

    comm_id = "c"
    kernel = "any"

    def __init__(self) -> None:
        self.view = View()

    def send(self, data: Any = None, metadata: Any = None, buffers: Any = None) -> None:
        self.view.hear(data, buffers or [])

    def close(self, *_: Any, **__: Any) -> None: ...

    def on_msg(self, _callback: Any) -> None: ...


@pytest.fixture(scope="module")
def events() -> list[TileRendered]:
    """Made once: that takes longer than to bring them to a view."""
    return [tile(key, f"{key} in turn {turn}") for turn in range(100) for key in range(1, 201)]


@pytest.mark.parametrize("run", range(20))
def test_20000_events_of_200_tiles_end_exact(run: int, events: list[TileRendered]) -> None:
    start = threading.Event()
    live = watch(start, METADATA, *events, Complete())
    comm = Comm()
    live.comm = comm  # pyright: ignore[reportAttributeAccessIssue]
    start.set()
    live.wait(60)
    assert comm.view.names() == {key: f"{key} in turn 99" for key in range(1, 201)}
    assert comm.view.gaps == 0
    assert comm.view.most_in_a_second() <= 30
    assert comm.view.phases[-1] == "complete"
    assert len(live.events) == 200


def test_20000_tiles_at_once_arrive_whole() -> None:
    live = watch(METADATA, *[tile(key, str(key)) for key in range(1, 20_001)], Complete())
    comm = Comm()
    live.comm = comm  # pyright: ignore[reportAttributeAccessIssue]
    live.wait(300)
    live._asked(live, {"op": "resync"}, [])  # pyright: ignore[reportPrivateUsage]
    assert comm.view.names() == {key: str(key) for key in range(1, 20_001)}


def test_a_large_batch_is_sent_in_parts_and_loses_nothing() -> None:
    sent: list[list[int]] = []
    coalescer = Coalescer[int](lambda _seq, items, _asks: sent.append(items), interval=0.01)
    for number in range(50):
        coalescer.add(number, number, size=300_000)
    coalescer.flush()
    assert [number for items in sent for number in items] == list(range(50))
    assert max(map(len, sent)) <= 6


def test_what_is_saved_of_many_heavy_tiles_is_capped() -> None:
    live = watch(METADATA, *[padded(key, 26_000) for key in range(1, 21)], Complete()).wait(60)
    assert len(live.snapshot) <= 180_000
