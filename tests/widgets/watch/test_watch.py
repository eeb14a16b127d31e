"""``board.watch()`` from the side of Python."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import threading
from typing import Any

import pytest

from dashwidgets.api.errors import ConfigurationError, NotFound
from dashwidgets.api.stream.events import Complete, Metadata, TileFailed
from dashwidgets.api.stream.interrupted import StreamInterrupted
from dashwidgets.widgets.watch.feed import Source
from dashwidgets.widgets.watch.snapshot import PACKED_BYTES
from dashwidgets.widgets.watch.widget import Watch
from tests.widgets.scripted import BOARD, METADATA, Script, tile, watch, watch_through


def saved(live: Watch) -> list[dict[str, Any]]:
    """What a saved notebook would show."""
    return json.loads(gzip.decompress(live.snapshot))["sections"][0]


def test_tiles_arrive_and_the_numbers_are_frames() -> None:
    total = [{"aggregated_value": 5, "label": "x"}]
    live = watch(METADATA, tile(1, result=total), TileFailed(2, 1, "Unknown table."), Complete())
    assert live.wait(10) is live
    assert live.results["Signups"]["value"].tolist() == [5.0]
    assert live.results[1]["value"].tolist() == [5.0]
    assert live.results[2].attrs["reason"] == "Unknown table."
    assert not live.results[2].attrs["complete"]
    assert live.events[["tile", "order"]].to_numpy().tolist() == [[1, 0], [2, 1]]
    assert live.events.attrs["complete"] is True
    assert live.status["phase"] == "complete"
    assert (live.status["arrived"], live.status["failed"]) == (2, 1)
    assert live.boards[0]["name"] == "Renamed"
    with pytest.raises(KeyError, match="Signups"):
        live.results["Sign-ups"]


def test_names_that_occur_twice_are_told_apart() -> None:
    live = watch(METADATA, tile(1), tile(2), Complete()).wait(10)
    with pytest.raises(KeyError, match="1, 2"):
        live.results["Signups"]
    assert list(live.results) == ["Signups [1]", "Signups [2]"]
    assert live.results["Signups [2]"].empty


def test_an_interrupted_stream_keeps_what_had_arrived() -> None:
    live = watch(METADATA, tile(1), StreamInterrupted("cut off", []))
    with pytest.raises(StreamInterrupted, match="cut off"):
        live.wait(10)
    assert live.status["phase"] == "failed"
    assert live.status["message"] == "cut off"
    assert len(live.events) == 1
    assert live.events.attrs["complete"] is False
    assert [state["id"] for state in saved(live)] == [1]


def test_a_board_that_is_not_there_is_told_by_wait() -> None:
    def look() -> Any:
        raise NotFound(404, "Not found.", what="Reading dashboard 7")

    live = watch_through(lambda *_: Script(), look)
    with pytest.raises(NotFound, match="dashboard 7"):
        live.wait(10)


def test_wait_gives_up_in_time_and_can_wait_again() -> None:
    go = threading.Event()
    live = watch(METADATA, tile(1), go, Complete())
    with pytest.raises(TimeoutError, match="Wait again"):
        live.wait(0.05)
    go.set()
    live.wait(10)


def test_awaiting_leaves_the_loop_free() -> None:
    go = threading.Event()
    live = watch(METADATA, go, Complete())

    async def both() -> None:
        waiting = asyncio.create_task(live.done())
        await asyncio.sleep(0)
        go.set()
        await waiting

    asyncio.run(both())
    assert live.status["phase"] == "complete"


def test_callbacks_get_every_tile_once_and_stop_nothing() -> None:
    go = threading.Event()
    live = watch(METADATA, tile(1), go, tile(2), Complete())
    seen: list[int] = []

    def callback(state: dict[str, Any]) -> None:
        seen.append(state["id"])
        raise RuntimeError("a user's slip")

    live.on_tile(callback)
    go.set()
    live.wait(10)
    assert sorted(seen) == [1, 2]


def test_stop_ends_it_and_is_no_error() -> None:
    go = threading.Event()
    live = watch(METADATA, tile(1), go, tile(2), Complete())
    live.stop()
    go.set()
    live.wait(10)
    assert live.status["phase"] == "stopped"


def messages(live: Watch) -> list[tuple[dict[str, Any], list[Any]]]:
    """What is sent from now on."""
    sent: list[tuple[dict[str, Any], list[Any]]] = []

    def send(content: dict[str, Any], buffers: list[bytes]) -> None:
        sent.append((content, [json.loads(part) for part in buffers]))

    live.send = send  # pyright: ignore[reportAttributeAccessIssue]
    return sent


def test_a_view_that_comes_late_or_missed_something_gets_everything() -> None:
    live = watch(METADATA, tile(1), tile(2), Complete()).wait(10)
    sent = messages(live)
    live._handle_custom_msg({"op": "ready"}, [])  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]
    (content, sections) = sent[0]
    assert content["kind"] == "snapshot"
    assert content["seq"] == json.loads(gzip.decompress(live.snapshot))["seq"]
    assert [state["id"] for state in sections[0]] == [1, 2]


def test_again_reads_from_the_start() -> None:
    live = watch(METADATA, tile(1), Complete()).wait(10)
    live._handle_custom_msg({"op": "again", "section": 0}, [])  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]
    live.wait(10)
    assert live.events["tile"].tolist() == [1]


def test_a_saved_board_is_capped_and_says_what_it_left_out() -> None:
    noise = random.Random(1).randbytes(PACKED_BYTES).hex()  # what does not pack
    big = [{"aggregated_value": 1, "label": noise}]
    live = watch(METADATA, tile(1, "Big", big), tile(2, "Small"), Complete()).wait(10)
    one, two = saved(live)
    assert (one["truncated"], one["tile"]["insight"]["result"]) == (True, None)
    assert not two["truncated"]
    assert len(live.snapshot) <= PACKED_BYTES
    assert live.results["Big"]["value"].tolist() == [1.0]


def test_the_skeleton_is_known_before_the_tiles() -> None:
    go = threading.Event()
    known = [json.loads(tile(n, f"Tile {n}").raw) for n in (1, 2, 3)]
    live = watch(go, METADATA, tile(1, "Tile 1"), Complete(), known=known)
    while not live.skeletons[0]:
        pass
    assert [tile["name"] for tile in live.skeletons[0]] == ["Tile 1", "Tile 2", "Tile 3"]
    assert live.skeletons[0][1]["layout"] == {"x": 0, "y": 2, "w": 6, "h": 5}
    assert live.status["expected"] == 3
    go.set()
    live.wait(10)
    assert repr(live) == "Watch('Renamed')"


def test_a_schedule_streams_again_and_says_when() -> None:
    rounds: list[int] = []

    def open_stream(_options: Any, _on_wait: Any) -> Script:
        rounds.append(len(rounds) + 1)
        return Script(METADATA, tile(1, f"Round {len(rounds)}"), Complete())

    live = watch_through(open_stream, every="1s")
    live.wait(10)
    assert 0 < live.status["next_in"] <= 1
    again = threading.Event()
    live.on_tile(lambda state: again.set() if state["name"] == "Round 2" else None)
    assert again.wait(10)
    live.stop()
    live.wait(10)
    assert live.status["next_in"] is None
    count = len(rounds)
    assert not any(thread.name == "dashwidgets-watch-7" for thread in running(live))
    assert len(rounds) == count


def running(live: Watch) -> list[threading.Thread]:
    """Threads of it that are left once it had time to end."""
    for thread in threading.enumerate():
        if thread.name.startswith("dashwidgets-watch"):
            thread.join(5)
    return [thread for thread in threading.enumerate() if thread.is_alive()]


@pytest.mark.parametrize("every", ["soon", "-5min", "0s", 5, "NaT"])
def test_a_schedule_that_is_none_is_refused_at_once(every: Any) -> None:
    with pytest.raises(ConfigurationError, match="5min"):
        watch_through(lambda *_: Script(), every=every)


def test_one_tile_can_be_asked_for_again() -> None:
    class Mended(Script):
        def one(self, key: int) -> Any:
            return tile(key, "Mended")

    live = watch_through(
        lambda *_: Mended(METADATA, tile(1), TileFailed(2, 1, "broke"), Complete())
    )
    live.wait(10)
    assert live.status["failed"] == 1
    mended = threading.Event()
    live.on_tile(lambda state: mended.set() if state["name"] == "Mended" else None)
    live.retry(2)
    assert mended.wait(10)
    assert live.status["failed"] == 0
    assert live.events["error"].isna().all()


def test_where_no_widget_runs_it_says_what_is_watched_and_never_as_markup() -> None:
    live = watch(Metadata({"id": 7, "name": "<img src=x onerror=alert(1)>"}), Complete()).wait(10)
    data, _ = live._repr_mimebundle_()
    assert "&lt;img src=x onerror=alert(1)&gt;" in data["text/html"]
    assert "<img" not in data["text/html"]
    assert data["text/plain"] == repr(live)


def test_several_boards_are_one_widget() -> None:
    go = threading.Event()
    other = {**BOARD, "id": 8, "name": "Other"}
    sources = [
        Source(BOARD, list, lambda *_: Script(METADATA, tile(1), Complete())),  # pyright: ignore
        Source(other, list, lambda *_: Script(go, tile(2, "Visits"), Complete())),  # pyright: ignore
    ]
    live = Watch(sources)
    assert live.status["phase"] != "complete"
    go.set()
    live.wait(10)
    assert live.status["phase"] == "complete"
    assert live.status["arrived"] == 2
    assert sorted(live.events["dashboard"]) == [7, 8]
    assert set(live.results) == {"Signups", "Visits"}
    assert repr(live) == "Watch('Renamed', 'Other')"


def test_a_hidden_view_is_sent_nothing_until_it_is_seen() -> None:
    go = threading.Event()
    live = watch(METADATA, tile(1), go, tile(2), tile(3), Complete())
    sent: list[dict[str, Any]] = []
    live.send = lambda content, buffers=None: sent.append(content)
    live._asked(live, {"op": "seen", "view": "0.1", "seen": False}, [])
    go.set()
    live.wait(10)
    assert len(live.events) == 3, "Python has them all"
    assert [message for message in sent if message["kind"] == "tiles"] == []
    live._asked(live, {"op": "seen", "view": "0.1", "seen": True}, [])
    assert [message["kind"] for message in sent] == ["snapshot"], "what it missed, in one message"
    live._asked(live, {"op": "seen", "view": "0.2", "seen": False}, [])
    live.again()
    live.wait(10)
    assert any(message["kind"] == "tiles" for message in sent), "one view is seen, one hidden"
