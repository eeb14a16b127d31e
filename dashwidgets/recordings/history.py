"""``dw.history(folder)``: every recording of a folder, in order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.display.in_a_cell import InACell
from dashwidgets.frames.columns import Column, Table
from dashwidgets.recordings.comparing.band import Band
from dashwidgets.recordings.comparing.headline import headline, headline_words
from dashwidgets.recordings.comparing.matching import tiles_of
from dashwidgets.recordings.numbers.lines import lines_of
from dashwidgets.recordings.publish.markdown import number
from dashwidgets.recordings.publish.sparkline import svg
from dashwidgets.recordings.recording import Recording

HEADLINES = Table(
    "history",
    (
        Column("taken_at", "time", "taken_at", "When the round began."),
        Column("file", "text", "file", "Name of the recording's file."),
        Column("dashboard", "integer", "dashboard", "Dashboard id."),
        Column("tile", "id", "tile", "Tile id."),
        Column("name", "text", "name", "The tile's name."),
        Column("insight", "text", "insight", "The insight's id in links."),
        Column("headline", "text", "headline", "What the value is."),
        Column("value", "number", "value", "The tile's headline; missing: it failed or has none."),
        Column("error", "text", "error", "Why it has no value, or not all of it."),
    ),
)


@dataclass(frozen=True, eq=False, repr=False)
class History(InACell):
    """Recordings in order of time.

    Attributes
    ----------
    runs : sequence of Recording
    unread : dict
        File name to the sentence that says why it could not be read.
    """

    runs: Sequence[Recording]
    unread: Mapping[str, str]

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """Every number of every recording: `Recording.numbers` with ``taken_at`` and ``file``."""
        frames: list[pd.DataFrame] = []
        whole = not self.unread
        for run in self.runs:
            # Read again with each call, so the frame may be changed here.
            frame = run.numbers
            whole = whole and frame.attrs["complete"]
            # `concat` compares attrs, deeply, for every frame: with a folder of recordings that
            # takes long.
            frame.attrs.clear()
            frame.insert(0, "taken_at", pd.Timestamp(run.taken_at).as_unit("us"))
            frame.insert(1, "file", pd.Series(_file(run), index=frame.index, dtype="str"))
            frames.append(frame)
        found = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
        found.attrs.update(complete=whole, unread=dict(self.unread))
        return found

    @cached_property
    def tiles(self) -> pd.DataFrame:
        """One number a tile and recording, to plot over ``taken_at``."""
        rows = [row for run in self.runs for row in _rows(run)]
        return HEADLINES.to_frame(rows, unread=dict(self.unread))

    def band(self, last: int = 8, *, by_weekday: bool = False, margin: float = 0.0) -> Band:
        """A rule for `Comparison.alerts`: outside the range of the last recordings.

        Parameters
        ----------
        last : int
            How many recordings count before the one under test.
        by_weekday : bool
            Only those of the same day of the week (UTC).
        margin : float
            How much wider than the range, as a share of it.
        """
        if last < 2:
            raise ConfigurationError("A band needs at least 2 recordings: last=2 or more.")
        return Band(self.tiles, last, by_weekday, margin)

    def __repr__(self) -> str:
        skipped = f", {len(self.unread)} UNREAD" if self.unread else ""
        return f"History({len(self.runs)} recordings{skipped})"

    def _repr_html_(self) -> str:
        rows: list[str] = []
        frame = self.tiles
        # By insight, which survives a renamed tile; text tiles and old files have only a name.
        for _, found in frame.groupby(["dashboard", frame["insight"].fillna(frame["name"])]):
            values = found["value"].tolist()
            now = values[-1]
            words = str(found["headline"].tolist()[-1])
            name = escape(str(found["name"].tolist()[-1]))
            rows.append(
                f'<tr><td style="text-align:left"><bdi>{name}</bdi></td>'
                f"<td>{svg(values)}</td><td>{number(now, words)}</td>"
                f'<td style="text-align:left">{escape(words)}</td></tr>'
            )
        skipped = "".join(f"<p>{escape(why)}</p>" for why in self.unread.values())
        return (
            f"<p>{escape(repr(self))}</p><table><thead><tr><th>Tile</th><th>Over time</th>"
            f"<th>Now</th><th>Value</th></tr></thead><tbody>{''.join(rows)}</tbody></table>{skipped}"
        )


def history(folder: str | Path, *, since: str | datetime | None = None) -> History:
    """Read every ``.dwr`` file of a folder, without a server.

    Parameters
    ----------
    folder : path
    since : str or datetime, optional
        Only recordings from then on: anything `pandas.Timestamp` reads, UTC.

    Returns
    -------
    History
        ``.numbers`` and ``.tiles`` are long frames over time. A file that can't be read is left
        out and listed in ``.unread``.

    Raises
    ------
    ConfigurationError
        The folder does not exist, or ``since`` is not a time.
    """
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise ConfigurationError(f"{folder} is not a folder.")
    start = _moment(since)
    runs: list[Recording] = []
    unread: dict[str, str] = {}
    for path in sorted(folder.glob("*.dwr")):
        try:
            run = Recording.read(path)
        except ConfigurationError as error:
            unread[path.name] = str(error)
        else:
            if start is None or run.taken_at >= start:
                runs.append(run)
    return History(sorted(runs, key=lambda run: run.taken_at), unread)


def _moment(since: Any) -> datetime | None:
    if since is None:
        return None
    try:
        moment = pd.Timestamp(since)
        if moment is pd.NaT:
            raise ValueError
        return (moment if moment.tzinfo else moment.tz_localize("UTC")).to_pydatetime()
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"since must be a time, not {since!r}.") from error


def _rows(run: Recording) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for tile in tiles_of(run):
        lines, reason = lines_of(tile.arrival.error, tile.insight)
        rows.append(
            {
                "taken_at": run.taken_at,
                "file": _file(run),
                "dashboard": run.manifest.origin.dashboard_id,
                "tile": tile.arrival.id,
                "name": tile.arrival.name,
                "insight": tile.insight.get("short_id"),
                "headline": headline_words(tile.insight),
                "value": headline(lines, tile.insight),
                "error": reason or None,
            }
        )
    return rows


def _file(run: Recording) -> str | None:
    return run.path.name if run.path else None
