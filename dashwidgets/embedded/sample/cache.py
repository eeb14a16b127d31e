"""The cache of the sample's events: one Parquet file per day, shared by all servers."""

from __future__ import annotations

import contextlib
import os
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

VERSION = 1
"""The version of the events: with another number they are generated again."""


def events_path(cache_dir: Path, today: date | None = None) -> Path:
    """The events as Parquet, generated when today's are not there yet.

    Parameters
    ----------
    cache_dir : Path
        Folder that keeps them; older ones in it are removed.
    today : date, optional
        The day after the last event's; the present by default.
    """
    last = (today or datetime.now(UTC).date()) - timedelta(days=1)
    path = cache_dir / f"events-{VERSION}-{last.isoformat()}.parquet"
    if path.is_file():
        return path
    cache_dir.mkdir(parents=True, exist_ok=True)
    # In the same folder: a rename from one file system to another is not atomic.
    handle, name = tempfile.mkstemp(dir=cache_dir, suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        # NumPy takes longer to import than the rest of a start, and is needed once a day.
        from dashwidgets.embedded.sample.events import write_events

        write_events(last, temporary)
        temporary.replace(path)  # at once: two servers may start together
    finally:
        temporary.unlink(missing_ok=True)
    for old in cache_dir.glob("events-*.parquet"):
        if old != path:
            # On Windows a server that started yesterday still has its file open.
            with contextlib.suppress(OSError):
                old.unlink()
    return path
