"""Record a round: of a dashboard read for it, or of one being watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from dashwidgets.recordings.format import (
    FORMAT,
    KIND,
    Asked,
    Course,
    Manifest,
    Origin,
    RecordedTile,
    tile_file,
)
from dashwidgets.recordings.people import without_people
from dashwidgets.recordings.recording import Recording
from dashwidgets.recordings.write import digest
from dashwidgets.widgets.watch.feed import Feed, Options, Source
from dashwidgets.widgets.watch.tile_log import Arrival


def record_board(source: Source, options: Options, people: bool = False) -> Recording:
    """Read a dashboard once, as a watch does, and keep the tiles.

    Raises what ended the stream when nothing had arrived by then.
    """
    feed = Feed(source, options, None, _ignored, _nothing)
    feed.start()
    try:
        feed.is_over(None)
    # Ctrl+C too: the feed reads in a thread of its own, which would go on.
    except BaseException:
        feed.stop()
        raise
    return recording_of(feed, people)


def recording_of(feed: Feed, people: bool = False) -> Recording:
    """What has arrived of a board's present round; of a replay, what is replayed."""
    if isinstance(recorded := getattr(feed, "recorded", None), Recording):
        return recorded
    arrivals = feed.arrivals
    tiles = sorted(arrivals.tiles(), key=lambda tile: (tile.order is None, tile.order, tile.id))
    if arrivals.error is not None and not tiles:
        raise arrivals.error
    board = dict(feed.source.board) | arrivals.board()
    status = arrivals.status()
    over: Any = status["phase"] if status["phase"] in ("complete", "failed") else "stopped"
    kept = [_kept(tile, people) for tile in tiles]
    manifest = Manifest(
        kind=KIND,
        format=FORMAT,
        made_by=_made_by(),
        taken_at=feed.began_at(),
        origin=Origin(*feed.source.place, feed.source.board["id"]),
        asked=_asked(feed.options),
        course=Course(
            over, status["source"], status["elapsed"], status["bytes"], status["message"]
        ),
        board=board,
        expected=[dict(tile) for tile in arrivals.skeleton()],
        tiles=[tile for tile, _ in kept],
    )
    return Recording(manifest, [arrival for _, arrival in kept])


def record_to(run: Recording, path: str | Path | None) -> Recording:
    """The recording, in a file when there is a path."""
    return run if path is None else run.save(path)


def _kept(arrival: Arrival, people: bool) -> tuple[RecordedTile, Arrival]:
    raw = arrival.raw
    # Cleaned before the checksum, which is of what the file holds.
    data = b"" if raw is None else bytes(raw) if people else without_people(raw)
    tile = RecordedTile(
        id=arrival.id,
        order=arrival.order,
        elapsed=arrival.elapsed,
        took=arrival.took,
        size=arrival.size,
        cached=arrival.cached,
        name=arrival.name,
        kind=arrival.kind,
        error=arrival.error,
        file=None if raw is None else tile_file(arrival.id),
        bytes=len(data),
        sha256="" if raw is None else digest(data),
    )
    return tile, replace(arrival, raw=None if raw is None else msgspec.Raw(data), round=1)


def _asked(options: Options) -> Asked:
    def plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
        return None if values is None else dict(values)

    return Asked(options.refresh, plain(options.filters), plain(options.variables), options.layout)


def _made_by() -> str:
    return f"dashwidgets {version('dashwidgets')}"


def _ignored(_arrival: Arrival) -> None:
    """A recording is made once, at the end."""


def _nothing() -> None:
    """No view is open while a dashboard is recorded."""
