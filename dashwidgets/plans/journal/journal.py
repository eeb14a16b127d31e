"""The journal of a run: what it is about to do and how that ended, on disk.

One file per run, one JSON object a line. Values only: no key, no token, no password ever gets here.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.plans.change import Change, as_json
from dashwidgets.plans.journal.state_folder import state_folder

VERSION = 1


@dataclass
class Run:
    """A run from its journal; changes that were sent but not answered are ``sent``."""

    name: str
    path: Path
    host: str
    project_id: int | str
    began: str
    ended: str | None
    reverts: str | None
    changes: list[Change]


class Journal:
    """Writes a run. From any thread; a line is on the disk when `write` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        fresh = not path.exists()
        # O_APPEND: threads that write at once get whole lines, each at the end.
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._hold()
        self._writing, self._syncing = threading.Lock(), threading.Lock()
        self._written = self._synced = 0
        if fresh:
            _sync_folder(path.parent)
        else:
            self._append(b"\n")  # the line before may have been cut off by a kill

    def write(self, *, wait: bool = True, **line: Any) -> None:
        """Add a line and wait until it can't be lost; threads that wait share one sync.

        Without ``wait`` a kill can't lose it, a power cut could: the next line that waits takes
        it along, and what an answer said can be asked of the server again.
        """
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        mine = self._append(msgspec.json.encode({"at": at, **line}) + b"\n")
        if not wait:
            return
        with self._syncing:
            if self._synced < mine:
                # Read before the sync: it covers at least these lines, perhaps more.
                upto = self._written
                os.fsync(self._file)
                self._synced = upto

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _hold(self) -> None:
        """Lock a running run against other processes; Windows has no such lock."""
        if os.name == "posix":
            import fcntl

            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                os.close(self._file)
                raise ConfigurationError(
                    f"Run {self.path.stem} is still running: wait for it, or end its process."
                ) from error

    def _append(self, data: bytes) -> int:
        with self._writing:
            os.write(self._file, data)
            self._written += 1
            return self._written


def begin(
    host: str, project_id: int | str, changes: Sequence[Change], reverts: str | None
) -> tuple[str, Journal]:
    """Start the journal of a run and return its name."""
    # The moment first, so that sorting names sorts runs; the random end keeps two apart.
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}"
    journal = Journal(state_folder("journal") / f"{name}.jsonl")
    journal.write(
        what="run",
        version=VERSION,
        run=name,
        host=host,
        project_id=project_id,
        reverts=reverts,
        changes=[as_json(one) for one in changes],
    )
    return name, journal


def read_run(path: Path) -> Run:
    """Read a run from its journal.

    Raises `ConfigurationError` when the file is not a journal.
    """
    run: Run | None = None
    for line in path.read_bytes().splitlines():
        try:
            entry: dict[str, Any] = msgspec.json.decode(line)
        except msgspec.DecodeError:
            continue  # empty, or cut off by a kill: nothing was sent for it
        try:
            run = _with(run, entry, path)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            raise ConfigurationError(f"{path} is not a dashwidgets journal: {error!r}.") from error
    if run is None:
        raise ConfigurationError(f"{path} is not a dashwidgets journal.")
    return run


def _with(run: Run | None, entry: dict[str, Any], path: Path) -> Run:
    what = entry["what"]
    if what == "run":
        if entry["version"] != VERSION:
            raise ValueError(
                f"version {entry['version']}, written by another version of dashwidgets"
            )
        changes = [Change(**one) for one in entry["changes"]]
        return Run(
            path.stem,
            path,
            entry["host"],
            entry["project_id"],
            entry["at"],
            None,
            entry["reverts"],
            changes,
        )
    if run is None:
        raise ValueError("it does not begin with a run")
    changes = run.changes
    if what == "sending":
        run.ended = None
        for at in entry["changes"]:
            changes[at].sent = True
    elif what == "note":
        noted = changes[int(entry["change"])]
        noted.memo |= entry["memo"]
    elif what == "answer":
        for at, state, reason, new in entry["changes"]:
            one = changes[int(at)]
            one.becomes(state, reason)
            one.new = new
    elif what == "end":
        run.ended = entry["at"]
    return run


def _sync_folder(folder: Path) -> None:
    """The name of a new file must survive a power cut too; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
