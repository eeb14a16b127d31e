"""A view that keeps up is asked rarely; one that does not is not run away from."""

from __future__ import annotations

import itertools
import time

import pytest

from dashwidgets.widgets.watch.acknowledgements import AHEAD, EVERY, EVERY_BYTES, LATE
from dashwidgets.widgets.watch.coalesce import SLOW, Coalescer


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


class Sent:
    """What a coalescer sends; nothing by itself: its timers do not run."""

    def __init__(self, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
        self.batches: list[tuple[float, list[int]]] = []
        self.questions: list[int] = []
        self.due: dict[int, float] = {}
        self.clock = clock
        self.coalescer = Coalescer[int](self._keep)
        monkeypatch.setattr(self.coalescer, "_later", lambda _wait: None)

    def _keep(self, seq: int, items: list[int], asks: bool) -> None:
        self.batches.append((self.clock.now, items))
        if asks:
            self.questions.append(seq)

    def pace(self, count: int, every: float, size: int = 20_000, took: float | None = None) -> None:
        """So many items; a view that answers takes this long to."""
        for number in range(count):
            self.clock.now += every
            for seq in [seq for seq, at in self.due.items() if at <= self.clock.now]:
                del self.due[seq]
                self.coalescer.acknowledge(seq)
            known = len(self.questions)
            self.coalescer.add(number, number, size)
            if took is not None:
                self.due |= dict.fromkeys(self.questions[known:], self.clock.now + took)


@pytest.fixture
def sent(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(clock, monkeypatch)


def test_a_view_that_keeps_up_is_asked_now_and_then_and_not_slowed(sent: Sent) -> None:
    sent.pace(200, 0.05, took=0.02)  # ten seconds, four megabytes
    assert len(sent.batches) == 200
    assert 3 <= len(sent.questions) <= 200 * 0.05 / EVERY + 1


def test_many_bytes_are_asked_after_sooner(sent: Sent) -> None:
    sent.pace(20, 0.05, size=EVERY_BYTES, took=0.02)
    assert len(sent.questions) == 20


def test_a_view_that_answers_late_gets_less_often_more(sent: Sent) -> None:
    sent.pace(100, 0.05, took=2 * LATE)
    slow = [at for at, _ in sent.batches[-4:]]
    assert all(later - at >= SLOW for at, later in itertools.pairwise(slow))
    sent.coalescer.flush()
    assert sorted(item for _, items in sent.batches for item in items) == list(range(100))


def test_a_view_that_has_caught_up_gets_everything_at_once_again(sent: Sent) -> None:
    sent.pace(100, 0.05, took=2 * LATE)
    sent.pace(100, 0.05, took=0.02)
    assert [items for _, items in sent.batches[-50:]] == [[n] for n in range(50, 100)]


def test_silence_slows_only_when_much_is_on_its_way(sent: Sent) -> None:
    """A kernel that runs a cell hears no answers, however fast the view is."""
    sent.pace(40, 0.05, took=0.02)
    before = len(sent.batches)
    sent.pace(200, 0.05)
    assert len(sent.batches) == before + 200
    sent.pace(20, 0.05, size=AHEAD // 10)
    assert len(sent.batches) < before + 220


def test_who_was_never_heard_is_never_waited_for(sent: Sent) -> None:
    sent.pace(100, 0.05, size=AHEAD)
    assert len(sent.batches) == 100
    assert sent.questions == [1]


def test_a_view_that_begins_anew_is_asked_again(sent: Sent) -> None:
    sent.pace(100, 0.05)
    assert sent.coalescer.restart() == 100
    sent.pace(100, 0.05, took=0.02)
    assert len(sent.batches) == 200
    assert len(sent.questions) >= 3
