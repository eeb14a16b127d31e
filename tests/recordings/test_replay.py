"""The same widget without a server."""

from __future__ import annotations

import gzip
import json
import socket
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dashwidgets as dw
from tests.recordings.rounds import WEEK, TileFailed, recorded, series, trend

ROUND = recorded(
    trend(1, "Signups", [series("signed_up", WEEK)]),
    trend(2, "Visits", [series("$pageview", WEEK)]),
    TileFailed(3, 2, "No such table."),
)


def drawn(live: Any) -> list[dict[str, Any]]:
    """What the widget's first message draws."""
    return json.loads(gzip.decompress(live.snapshot))["sections"][0]


def test_everything_is_there_at_once_and_nothing_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ROUND.save(tmp_path / "round.dwr")

    def refuse(*_: object) -> None:
        raise AssertionError("a replay opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    live = dw.replay(tmp_path / "round.dwr")
    assert live.status["phase"] == "complete"
    assert [tile["id"] for tile in drawn(live)] == [1, 2, 3]
    assert live.boards[0]["recorded"] == f"{run.taken_at:%Y-%m-%d %H:%M} UTC"
    assert live.wait(0) is live
    pd.testing.assert_frame_equal(live.events, run.events)
    pd.testing.assert_frame_equal(live.results["Signups"], run.results["Signups"])
    assert live.results[3].attrs["reason"] == "No such table."
    # Where no widget runs, its numbers are a table.
    plain: Any = live._repr_mimebundle_()[0]["text/html"]
    assert "<td><bdi>Signups</bdi></td>" in plain
    assert "No such table." in plain
    assert "<script" not in plain
    arrived: list[int] = []
    live.on_tile(lambda tile: arrived.append(tile["id"]))
    assert arrived == [1, 2, 3]


def test_in_the_recorded_rhythm() -> None:
    tiles = [trend(n, f"T{n}", [series("a", WEEK)]) for n in range(1, 4)]
    run = recorded(*[part for tile in tiles for part in (lambda: time.sleep(0.2), tile)])
    began = time.monotonic()
    live = dw.replay(run, speed=2)
    assert live.status["phase"] != "complete"
    live.wait(10)
    took = time.monotonic() - began
    assert run.manifest.course.elapsed / 2 * 0.7 < took
    assert live.events["elapsed"].tolist() == run.events["elapsed"].tolist()


def test_pause_and_stop() -> None:
    run = recorded(
        trend(1, "A", [series("a", WEEK)]),
        lambda: time.sleep(0.5),
        trend(2, "B", [series("a", WEEK)]),
    )
    live = dw.replay(run, speed=1)
    live.pause()
    time.sleep(0.7)
    assert len(live.results) < 2
    assert live.status["phase"] == "paused"
    live.resume()
    assert len(live.wait(10).results) == 2
    again = dw.replay(run, speed=0.1)
    again.stop()
    again.wait(10)
    assert again.status["phase"] == "stopped"


def test_an_incomplete_round_is_not_complete_when_it_is_replayed() -> None:
    run = recorded(trend(1, "A", [series("a", WEEK)]), complete=False)
    live = dw.replay(run)
    assert live.status["phase"] != "complete"
    assert not live.events.attrs["complete"]
    assert not live.record().complete


def test_a_recording_of_a_replay_is_the_recording() -> None:
    assert dw.replay(ROUND).record().taken_at == ROUND.taken_at


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf"), "fast", True])
def test_speed_is_checked(speed: Any) -> None:
    with pytest.raises(dw.ConfigurationError, match="speed"):
        dw.replay(ROUND, speed=speed)
