"""Back up dashboards: one readable, diffable JSON file each, and a manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dashwidgets.api.checks import checked_id
from dashwidgets.api.client import Client
from dashwidgets.api.concurrent import AT_ONCE
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import ConfigurationError, DashwidgetsError
from dashwidgets.api.paging import Listing, collect
from dashwidgets.backups.files import (
    checked_snapshot,
    file_name,
    read_json,
    read_snapshot_file,
    write_json,
)
from dashwidgets.backups.snapshot import read_snapshot, stored_queries
from dashwidgets.bulk.progress import progress
from dashwidgets.display.in_a_cell import InACell

MANIFEST, UNDER_WAY = "manifest.json", ".backup-under-way.jsonl"


@dataclass(frozen=True)
class Backup(InACell):
    """The result of a backup.

    Attributes
    ----------
    folder : Path
    files : dict
        Dashboard id to file name.
    refused : list of str
        What could not be read, and why.
    complete : bool
        Whether everything is there.
    """

    folder: Path
    files: dict[int, str]
    refused: list[str]
    complete: bool

    def __repr__(self) -> str:
        state = "complete" if self.complete else f"NOT complete, {len(self.refused)} refused"
        return f"Backup({len(self.files)} dashboards in {self.folder}: {state})"


def backup_one(
    client: Client,
    dashboard_id: int,
    folder: Path,
    *,
    row: Mapping[str, Any] | None = None,
    queries: Mapping[int, Any] | None = None,
) -> Path:
    """Back up one dashboard and return its file. Four or five requests; it counts as opening.

    Two less where its ``row`` of the list and the stored ``queries`` are known already.

    Raises `ConfigurationError` when part of it could not be read: a backup that is made
    before a dangerous change must be complete.
    """
    checked_id(dashboard_id)
    folder.mkdir(parents=True, exist_ok=True)
    snapshot = read_snapshot(client, dashboard_id, row=row, queries=queries)
    # Saved before it is refused: an incomplete file is still better than none.
    path = _save(folder, snapshot)
    if snapshot["refused"]:
        raise ConfigurationError(
            f"The backup of dashboard {dashboard_id} is not complete: "
            + " ".join(snapshot["refused"])
        )
    return path


def backup_all(client: Client, folder: Path) -> Backup:
    """Back up every listed dashboard. Two requests, and two or three a dashboard.

    Call again to resume an interrupted one. PostHog notes each dashboard as opened;
    the files keep the list's ``last_accessed_at`` from before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    origin = {"host": client.host, "project_id": client.project_id}
    _check_folder(folder, origin)
    # The list before any dashboard is opened: it alone still has the old ``last_accessed_at``.
    listing = collect(client, dashboards.page)
    refused: list[str] = []
    queries = stored_queries(client, refused)
    done = _already(folder, origin)
    # A resumed backup trusts the files of its first part, even if their dashboards changed since.
    left = [row for row in listing.rows if row["id"] not in done]
    trail = folder / UNDER_WAY
    files = {key: name for key, name in done.items() if key in {r["id"] for r in listing.rows}}
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="dashwidgets-backup")
    try:
        # Two a dashboard: its tiles and its link. People are read only where it is restricted.
        with progress(client, 2 * len(left), "Backup") as tick, trail.open("a") as under_way:
            going = {
                pool.submit(read_snapshot, client, row["id"], row=row, queries=queries): row
                for row in left
            }
            for future in as_completed(going):
                row = going[future]
                try:
                    snapshot = future.result()
                except DashwidgetsError as error:
                    refused.append(f"Dashboard {row['id']}: {error}")
                else:
                    name = _save(folder, snapshot).name
                    files[row["id"]] = name
                    under_way.write(json.dumps(origin | {"id": row["id"], "file": name}) + "\n")
                    # Flushed for each file: a killed backup continues after the last line.
                    under_way.flush()
                tick()
                tick()
    finally:
        # An interrupt must not wait for requests that nobody will read.
        pool.shutdown(wait=False, cancel_futures=True)
    return _finish(folder, origin, listing, files, refused)


def _finish(
    folder: Path,
    origin: Mapping[str, Any],
    listing: Listing,
    files: dict[int, str],
    refused: list[str],
) -> Backup:
    for key, name in sorted(files.items()):
        # From the files, because those of an interrupted run were written by another process.
        kept = read_snapshot_file(folder / name)["refused"]
        refused += [f"Dashboard {key}: {why}" for why in kept]
    if not listing.complete:
        refused.append(f"The list had {len(listing.rows)} of {listing.expected} dashboards.")
    entries = [{"id": key, "file": files[key]} for key in sorted(files)]
    mine = set(files.values()) | {MANIFEST}
    # Files of dashboards deleted since stay in the folder; the manifest tells them apart.
    earlier = sorted(path.name for path in folder.glob("[0-9]*-*.json") if path.name not in mine)
    manifest = {
        "format": "dashwidgets.backup",
        "version": 1,
        "taken_at": listing.taken_at.isoformat(timespec="seconds"),
        **origin,
        "complete": not refused,
        "refused": sorted(refused),
        "dashboards": entries,
        "no_longer_listed": earlier,
    }
    write_json(folder / MANIFEST, manifest)
    # After the manifest: a kill between the two repeats the last step and loses nothing.
    (folder / UNDER_WAY).unlink(missing_ok=True)
    return Backup(folder, files, sorted(refused), not refused)


def _save(folder: Path, snapshot: dict[str, Any]) -> Path:
    """Write a dashboard's file; it keeps its name when the dashboard is renamed."""
    source = snapshot["source"]
    # By id, so that a renamed dashboard keeps its file and its history in git.
    names = folder.glob(f"{source['dashboard_id']}-*.json")
    kept = sorted(names)
    path = (
        kept[0]
        if kept
        else folder / file_name(source["dashboard_id"], snapshot["settings"]["name"])
    )
    snapshot = checked_snapshot(snapshot, f"The answer for {path.name}")
    if kept:
        before = read_snapshot_file(path)
        # The number alone would match a dashboard of another project, and overwrite its backup.
        if before["source"] != source:
            raise ConfigurationError(f"{path} belongs to another project: choose another folder.")
        # Reading moved the date, nothing else: the file stays as it is.
        same = snapshot["history"] | {"last_accessed_at": before["history"]["last_accessed_at"]}
        if before == snapshot | {"history": same}:
            return path
    write_json(path, snapshot)
    return path


def _check_folder(folder: Path, origin: Mapping[str, Any]) -> None:
    if (folder / MANIFEST).is_file():
        found: Any = read_json(folder / MANIFEST)
        known = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
        if not origin.items() <= known.items():
            raise ConfigurationError(
                f"{folder} holds the backup of another project: choose another folder."
            )


def _already(folder: Path, origin: Mapping[str, Any]) -> dict[int, str]:
    """What an interrupted backup had written."""
    trail, done = folder / UNDER_WAY, dict[int, str]()
    for line in trail.read_text().splitlines() if trail.is_file() else []:
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # the line that was being written when it was killed
        name = str(entry.get("file"))
        mine = all(entry.get(k) == v for k, v in origin.items())
        # A file of this folder and no other: the trail may have been tampered with.
        if mine and Path(name).name == name and (folder / name).is_file():
            done[int(entry["id"])] = name
    return done
