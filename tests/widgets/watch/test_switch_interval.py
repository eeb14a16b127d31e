"""While a board is read, a computing cell gives way sooner; afterwards Python is as it was."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from dashwidgets.api.stream.events import Complete
from dashwidgets.widgets.watch import switch_interval
from dashwidgets.widgets.watch.switch_interval import TURN, short_turns
from tests.widgets.scripted import METADATA, tile, watch

OWN = 0.004


@pytest.fixture(autouse=True)
def own_setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(switch_interval, "_readers", 0)  # whoever still reads elsewhere
    before = sys.getswitchinterval()
    sys.setswitchinterval(OWN)
    yield
    sys.setswitchinterval(before)


def test_turns_are_short_while_a_board_is_read_and_no_longer() -> None:
    turns: list[float] = []
    go = threading.Event()
    live = watch(METADATA, lambda: turns.append(sys.getswitchinterval()), go, tile(1), Complete())
    go.set()
    live.wait(10)
    assert turns == pytest.approx([TURN])
    assert sys.getswitchinterval() == pytest.approx(OWN)


def test_the_last_reader_puts_the_setting_back() -> None:
    with short_turns():
        with short_turns():
            pass
        assert sys.getswitchinterval() == pytest.approx(TURN)
    assert sys.getswitchinterval() == pytest.approx(OWN)


def test_what_somebody_sets_meanwhile_stays() -> None:
    with short_turns():
        sys.setswitchinterval(0.002)
    assert sys.getswitchinterval() == pytest.approx(0.002)


def test_turns_that_are_shorter_already_stay_as_they_are() -> None:
    sys.setswitchinterval(0.0005)
    with short_turns():
        assert sys.getswitchinterval() == pytest.approx(0.0005)
    assert sys.getswitchinterval() == pytest.approx(0.0005)
