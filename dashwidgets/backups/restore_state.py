"""How far a restore is: old id to new id, on disk after every step, so that a kill repeats none."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.backups.files import read_json, write_json


class Board(msgspec.Struct):
    """One dashboard's restore."""

    marker: str
    """Its description until it is finished: how it is found when nobody noted its id."""
    id: int | None = None
    settled: bool = False


class Progress(msgspec.Struct):
    """What is on disk."""

    host: str
    project_id: int | str
    complete: bool = False
    boards: dict[str, Board] = {}
    insights: dict[str, int] = {}


@dataclass
class State:
    """A restore under way; without a path it lives in memory only."""

    path: Path | None
    progress: Progress

    def save(self) -> None:
        """Write it down."""
        if self.path is not None:
            write_json(self.path, msgspec.to_builtins(self.progress))

    def begin(self, name: str) -> tuple[Board, bool]:
        """A dashboard's entry, and whether an earlier call had begun it."""
        found = self.progress.boards.get(name)
        if found is not None:
            return found, True
        # Saved before the request leaves; a random marker can't be the description of any other
        # dashboard.
        made = self.progress.boards[name] = Board(f"Being restored by dashwidgets {uuid.uuid4()}")
        self.save()
        return made, False

    def insight_key(self, source: Mapping[str, Any], tile: Mapping[str, Any]) -> str | None:
        """What identifies an insight among those of all projects."""
        key = tile.get("insight_id")
        return None if key is None else f"{source['host']} {source['project_id']} {key}"


def open_state(client: Client, source: Path) -> State:
    """The state of a restore of this file or folder into this project; a finished one is over."""
    target = re.sub(r"[^A-Za-z0-9]+", "-", f"{client.host} {client.project_id}").strip("-")
    folder, stem = (source, "") if source.is_dir() else (source.parent, f"-{source.stem}")
    path = folder / f"restored-{target}{stem}.json"
    fresh = Progress(client.host, client.project_id)
    if not path.is_file():
        return State(path, fresh)
    try:
        found = msgspec.convert(read_json(path), Progress)
    except msgspec.ValidationError as error:
        raise ConfigurationError(
            f"{path} is damaged: {error}. Remove it to restore from the start."
        ) from error
    # Host and project are in the file's name, so a restore into another project has its own.
    return State(path, fresh if found.complete else found)
