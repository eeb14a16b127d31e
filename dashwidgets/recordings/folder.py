"""Record many boards into a folder: within the key's budget, and again from where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.errors import (
    ConfigurationError,
    ConnectionFailed,
    DashwidgetsError,
    Throttled,
    Unauthorized,
)
from dashwidgets.backups.files import file_name
from dashwidgets.bulk.progress import progress
from dashwidgets.recordings.recording import Recording


class Board(Protocol):
    """A board that can be recorded."""

    @property
    def id(self) -> int:
        """Its id."""
        ...

    @property
    def record(self) -> Callable[..., Recording]:
        """Records one round."""
        ...


B = TypeVar("B", bound=Board)


@dataclass(frozen=True, repr=False)
class Recorded:
    """The outcome of recording many boards.

    Attributes
    ----------
    files : dict
        Dashboard id to the file that was written.
    kept : dict
        Dashboard id to a file that was there and is fresh enough.
    incomplete : dict
        Dashboard id to a sentence: its file lacks something.
    refused : dict
        Dashboard id to a sentence: it has no file.
    """

    files: Mapping[int, Path]
    kept: Mapping[int, Path]
    incomplete: Mapping[int, str]
    refused: Mapping[int, str]

    @property
    def complete(self) -> bool:
        """Whether every board has a complete recording."""
        return not self.incomplete and not self.refused

    def __repr__(self) -> str:
        words = [f"{len(self.files)} written", f"{len(self.kept)} were there"]
        words += [f"{len(self.incomplete)} INCOMPLETE"] if self.incomplete else []
        words += [f"{len(self.refused)} REFUSED"] if self.refused else []
        return f"Recorded({', '.join(words)})"


def record_many(
    client: Client,
    boards: Sequence[Board],
    folder: str | Path,
    fresh: str,
    options: Mapping[str, Any],
) -> Recorded:
    """Record each; see `Project.record`."""
    folder = Path(folder).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    since = datetime.now(UTC) + client.clock_ahead - _age(fresh)
    kept = _fresh(folder, client, {board.id for board in boards}, since)
    files: dict[int, Path] = {}
    incomplete: dict[int, str] = {}
    refused: dict[int, str] = {}
    due = [board for board in boards if board.id not in kept]
    with progress(client, len(due), "Recording") as step:
        for board in due:
            try:
                run = board.record(**options)
            except (Unauthorized, ConnectionFailed, Throttled):
                raise  # it concerns all of them: the rest is recorded by the next call
            except DashwidgetsError as error:
                refused[board.id] = str(error)
            else:
                files[board.id] = _save(run, folder)
                if not run.complete:
                    incomplete[board.id] = run.manifest.course.message or run.summary()
            step()
    return Recorded(files, kept, incomplete, refused)


def boards_of(which: Iterable[int | str | B], find: Callable[[int | str], B]) -> list[B]:
    """Boards by id, name, or as they are; each once."""
    found = [find(one) if isinstance(one, int | str) else one for one in which]
    return list({board.id: board for board in found}.values())


def _save(run: Recording, folder: Path) -> Path:
    stem = file_name(run.manifest.origin.dashboard_id, run.name).removesuffix(".json")
    # No colons in the time, which Windows forbids.
    path = folder / f"{stem}.{run.taken_at:%Y%m%dT%H%M%SZ}.dwr"
    run.save(path)
    return path


def _fresh(folder: Path, client: Client, wanted: set[int], since: datetime) -> dict[int, Path]:
    """Boards of this project that have a complete recording from then on."""
    kept: dict[int, Path] = {}
    for path in sorted(folder.glob("*.dwr")):
        # By name first: reading and checking every file of a large folder takes minutes.
        if not any(path.name.startswith(f"{key}-") for key in wanted):
            continue
        try:
            run = Recording.read(path)
        except ConfigurationError:
            continue  # a damaged one is recorded again, beside it
        origin = run.manifest.origin
        is_here = (origin.host, str(origin.project_id)) == (client.host, str(client.project_id))
        if is_here and origin.dashboard_id in wanted and run.complete and run.taken_at >= since:
            kept[origin.dashboard_id] = path
    return kept


def _age(fresh: str) -> timedelta:
    try:
        return pd.Timedelta(str(fresh)).to_pytimedelta()  # a number would be nanoseconds
    except (ValueError, TypeError) as error:
        raise ConfigurationError(f'fresh must be a time such as "1h", not {fresh!r}.') from error
