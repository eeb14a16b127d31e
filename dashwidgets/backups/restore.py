"""Make dashboards again from backups, then read them back and say what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dashwidgets.api.client import Client
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.backups.diff import backup_files, differences, frame_of
from dashwidgets.backups.files import checked_snapshot, read_snapshot_file
from dashwidgets.backups.rebuild import Rebuild
from dashwidgets.backups.restore_state import Progress, State, open_state
from dashwidgets.backups.snapshot import read_snapshot, stored_queries
from dashwidgets.bulk.progress import progress
from dashwidgets.display.in_a_cell import InACell

if TYPE_CHECKING:
    import pandas as pd

Snapshot = Mapping[str, Any]


class HasClient(Protocol):
    """A project, as far as a copy needs one."""

    client: Client


@dataclass(frozen=True)
class Restored(InACell):
    """What a restore did.

    Attributes
    ----------
    ids : dict
        File name to the id of the dashboard made.
    rows : list of dict
        Differences between backup and server, as read back.
    notes : list of str
        What was refused or left out, and why.
    """

    ids: dict[str, int]
    rows: list[dict[str, Any]]
    notes: list[str]

    @property
    def same(self) -> bool:
        """Whether everything came back: no difference, nothing refused."""
        return not self.rows and not self.notes

    @property
    def frame(self) -> pd.DataFrame:
        """One row per difference: ``dashboard``, ``tile``, ``field``, ``a`` (backup), ``b``."""
        return frame_of(self.rows)

    def __repr__(self) -> str:
        state = (
            "the same as the backup"
            if self.same
            else f"{len(self.rows)} differences, {len(self.notes)} notes"
        )
        return f"Restored({len(self.ids)} dashboards: {state})"


def restore(client: Client, source: str | Path, *, share: bool = False) -> Restored:
    """Make the dashboards of a backup file or folder in this project.

    Every file is checked before anything is sent. A restore that was killed goes on when it is
    called again: what was made is noted beside the backup. Insights on several dashboards of a
    folder are made once.

    Parameters
    ----------
    share : bool
        Open public links again that were open; each gets a new token.

    Raises
    ------
    ConfigurationError
        A file is damaged or no backup; nothing was sent.
    """
    path = Path(source).expanduser()
    files = backup_files(path) if path.is_dir() else [path]
    # All of them before the first request: a damaged last file must not leave half a project
    # behind.
    snapshots = {file.name: read_snapshot_file(file) for file in files}
    return _restore(client, snapshots, open_state(client, path), share=share)


def copy(source: Client, dashboard_id: int, target: Client, *, share: bool = False) -> Restored:
    """Make a dashboard of one project again in another. About ten requests and one a tile."""
    snapshot = checked_snapshot(read_snapshot(source, dashboard_id), "The dashboard")
    state = State(None, Progress(target.host, target.project_id))
    return _restore(target, {str(dashboard_id): snapshot}, state, share=share)


def _restore(
    client: Client, snapshots: Mapping[str, Snapshot], state: State, *, share: bool
) -> Restored:
    notes: list[str] = []
    rebuild = Rebuild(client, state, notes)
    with progress(client, sum(_price(one) for one in snapshots.values()), "Restore") as tick:
        for name, snapshot in snapshots.items():
            board = str(snapshot["settings"]["name"])
            notes += [f"{board}: not in the backup: {why}" for why in snapshot["refused"]]
            try:
                rebuild.one(name, snapshot, share=share)
            except DashwidgetsError as error:
                notes.append(f"{board}: stopped: {error} Call restore again to go on.")
            for _ in range(_price(snapshot)):
                tick()
    made = {name: board.id for name, board in state.progress.boards.items() if board.settled}
    ids = {name: key for name, key in made.items() if key is not None and name in snapshots}
    rows = _read_back(client, snapshots, ids, notes)
    # Complete means over: the next restore of this folder makes new dashboards.
    state.progress.complete = len(ids) == len(snapshots)
    state.save()
    return Restored(ids, rows, notes)


def _read_back(
    client: Client, snapshots: Mapping[str, Snapshot], ids: Mapping[str, int], notes: list[str]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    queries = stored_queries(client, notes)
    for name, key in ids.items():
        try:
            # An empty row: the list is not needed, as no date of opening is compared.
            found = read_snapshot(client, key, row={}, queries=queries)
        except DashwidgetsError as error:
            notes.append(f"Dashboard {key} can't be read back: {error}")
            continue
        before = snapshots[name]
        rows += differences(before, checked_snapshot(found, "The answer"))
    return rows


def _price(snapshot: Snapshot) -> int:
    return 6 + len(snapshot["template"]["tiles"])
