"""The main job on real input: ``dw.connect()`` to a server that somebody else started."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import dashwidgets as dw
from tests.conftest import Served, serve

# Two projects are made at two moments; all else must agree.
MOMENTS = ["created_at", "last_accessed_at", "last_modified_at"]


@pytest.fixture
def served() -> Iterator[Served]:
    with serve() as found:
        yield found


@pytest.fixture
def ph(served: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[dw.Project]:
    monkeypatch.setenv("POSTHOG_HOST", served.url)
    monkeypatch.setenv("POSTHOG_PERSONAL_API_KEY", served.keys["owner"])
    monkeypatch.setenv("POSTHOG_PROJECT_ID", str(served.project_id))
    with dw.connect() as project:
        yield project


def test_connect_gives_what_local_gives(ph: dw.Project) -> None:
    with dw.local() as here:
        for mine, theirs in [(ph.dashboards(), here.dashboards()), (ph.tiles(), here.tiles())]:
            kept = [column for column in mine.columns if column not in MOMENTS]
            assert_frame_equal(mine[kept], theirs[kept])
            assert len(mine) >= 12
        assert ph.browse().columns["name"] == here.browse().columns["name"]


def test_list_browse_rename_watch(ph: dw.Project) -> None:
    boards = ph.dashboards()
    assert boards.attrs["complete"] is True

    browser = ph.browse()
    browser.selected_ids = [int(boards["id"].iloc[0])]
    assert browser.selected["name"].tolist() == [boards["name"].iloc[0]]

    board = ph.dashboard("Growth overview")
    board.update(name="Growth, weekly review")
    assert "Growth, weekly review" in ph.dashboards()["name"].tolist()

    live = board.watch()
    live.wait(timeout=60)
    assert live.status["phase"] == "complete"
    assert live.events["order"].tolist() == list(range(len(live.events)))
    assert all(isinstance(live.results[int(tile)], pd.DataFrame) for tile in live.events["tile"])


def test_listing_leaves_no_trace_and_watching_does(ph: dw.Project) -> None:
    def opened() -> dict[int, object]:
        frame = ph.dashboards()
        never = pd.Timestamp(0, tz="UTC")
        return dict(zip(frame["id"], frame["last_accessed_at"].fillna(never), strict=True))

    before = opened()
    ph.tiles()
    ph.browse()
    assert opened() == before

    board = ph.dashboard("Growth overview")
    board.watch().wait(timeout=60)
    changed = {key for key, moment in opened().items() if moment != before[key]}
    assert changed == {board.id}


def test_a_server_that_dies_mid_stream_leaves_what_had_arrived(
    ph: dw.Project, served: Served
) -> None:
    live = ph.dashboard("Heavy board").watch(refresh="force_blocking")
    live.on_tile(lambda _tile: served.process.kill())
    with pytest.raises(dw.StreamInterrupted, match="arrived"):
        live.wait(timeout=60)
    assert live.status["phase"] == "failed"
    assert len(live.events) >= 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"key": "phx_wrong"}, "key"),
        ({"host": "http://127.0.0.1:9"}, "127.0.0.1:9"),
        ({"project_id": 999_999}, "999999"),
        ({"host": "http://posthog.example.com"}, "https"),
    ],
    ids=["wrong key", "wrong host", "wrong project", "key over plain http"],
)
def test_bad_credentials_fail_at_once_in_one_sentence(
    served: Served, change: dict[str, object], sentence: str
) -> None:
    good = {"host": served.url, "key": served.keys["owner"], "project_id": served.project_id}
    with pytest.raises(dw.DashwidgetsError, match=sentence) as caught:
        dw.connect(**(good | change))  # pyright: ignore[reportArgumentType]
    text = str(caught.value)
    assert "\n" not in text
    assert served.keys["owner"] not in text


def test_no_credentials_says_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POSTHOG_PERSONAL_API_KEY", raising=False)
    with pytest.raises(dw.ConfigurationError, match="POSTHOG_PERSONAL_API_KEY"):
        dw.connect()


def test_an_unknown_dashboard_is_named(ph: dw.Project) -> None:
    with pytest.raises(dw.NotFound, match=r"Growth overvew.*Growth overview"):
        ph.dashboard("Growth overvew")
    with pytest.raises(dw.NotFound, match="424242"):
        ph.dashboard(424_242)


def test_a_strict_server_is_watched_insight_by_insight() -> None:
    with dw.local(strict=True) as ph, dw.local() as lenient:
        live = ph.dashboard("Growth overview").watch().wait(timeout=60)
        assert live.status["source"] == "insights"
        streamed = lenient.dashboard("Growth overview").results()
        assert set(live.results) == set(streamed)
        for name, frame in streamed.items():
            assert_frame_equal(live.results[name], frame)
        broken = ph.dashboard("Orders (broken)").watch().wait(timeout=60)
        assert broken.events["error"].dropna().tolist() == ["Unknown table `orders`."]
