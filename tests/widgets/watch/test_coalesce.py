"""Rarely sent, nothing lost, nothing twice, in order."""

from __future__ import annotations

import itertools
import threading
import time

import pytest

from dashwidgets.widgets.watch.coalesce import Coalescer


def test_the_first_goes_at_once_and_the_last_always() -> None:
    sent: list[list[int]] = []
    coalescer = Coalescer[int](lambda _seq, items, _asks: sent.append(items), interval=60)
    for number in range(100):
        coalescer.add(number, number)
    assert sent == [[0], [1]]  # the second is early, once
    coalescer.flush()
    assert sent == [[0], [1], list(range(2, 100))]
    coalescer.flush()
    assert len(sent) == 3


def test_a_steady_pace_goes_out_at_once_though_one_item_is_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    sent: list[list[int]] = []
    coalescer = Coalescer[int](lambda _seq, items, _asks: sent.append(items))
    for number, moment in enumerate((0.0, 0.05, 0.12, 0.15, 0.2, 0.28, 0.3)):
        now = moment
        coalescer.add(number, number)
        assert sent[-1] == [number], f"{number} had to wait"


def test_what_waits_is_sent_by_itself() -> None:
    arrived = threading.Event()
    sent: list[list[int]] = []

    def send(_seq: int, items: list[int], _asks: bool) -> None:
        sent.append(items)
        if 2 in items:
            arrived.set()

    coalescer = Coalescer(send, interval=0.02)
    for number in (1, 2):
        coalescer.add(number, number)
    assert arrived.wait(10)
    assert sent == [[1], [2]]


def test_the_rate_is_kept_from_many_threads() -> None:
    sent: list[list[int]] = []
    moments: list[float] = []

    def send(_seq: int, items: list[int], _asks: bool) -> None:
        moments.append(time.monotonic())
        sent.append(items)

    interval = 0.03
    coalescer = Coalescer(send, interval)

    def add_many(start: int) -> None:
        for number in range(start, start + 500):
            coalescer.add(number, number)
            time.sleep(0.0002)

    threads = [threading.Thread(target=add_many, args=(1000 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    coalescer.flush()
    got = [number for items in sent for number in items]
    assert sorted(got) == sorted(1000 * n + k for n in range(4) for k in range(500))
    for n in range(4):
        own = [number for number in got if number // 1000 == n]
        assert own == sorted(own)
    # From any batch on, whatever the machine was doing: one may come early, and the flush does.
    for first, last in itertools.combinations(range(len(moments)), 2):
        assert last - first <= 2 + (moments[last] - moments[first]) / interval
