"""`Recording`: one round of a board, as a user holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from dashwidgets.display.in_a_cell import InACell
from dashwidgets.frames.columns import inner
from dashwidgets.recordings.format import Manifest, arrival_of
from dashwidgets.recordings.read import read
from dashwidgets.recordings.write import packed, write
from dashwidgets.widgets.watch.results import ResultsByName, events_frame, find
from dashwidgets.widgets.watch.tile_log import Arrival

if TYPE_CHECKING:
    from altair import Chart, LayerChart

    from dashwidgets.widgets.shared.state.watch import StreamStatus


@dataclass(frozen=True, eq=False, repr=False)
class Recording(InACell):
    """One round of a board: every tile's result, query, layout and time of arrival.

    Made by ``board.record()`` and ``live.record()``, or read from a file by `Recording.read`.

    Attributes
    ----------
    manifest : Manifest
        Where, when and how it was recorded.
    tiles : sequence of Arrival
        What arrived, in the order of the board.
    path : Path or None
        The file it was written to or read from.
    """

    manifest: Manifest
    tiles: Sequence[Arrival]
    path: Path | None = None

    @classmethod
    def read(cls, path: str | Path) -> Recording:
        """Read a ``.dwr`` file, without a server.

        Raises `ConfigurationError` with one sentence for a file that is cut, altered, of a newer
        format, or larger than a recording may be.
        """
        path = Path(path).expanduser()
        manifest, files = read(path)
        tiles = [arrival_of(tile, files.get(tile.id)) for tile in manifest.tiles]
        return cls(manifest, tiles, path)

    def save(self, path: str | Path) -> Recording:
        """Write it as a ``.dwr`` file, whole or not at all; returns the recording with its path."""
        path = Path(path).expanduser()
        write(path, self.to_bytes())
        return Recording(self.manifest, self.tiles, path)

    def to_bytes(self) -> bytes:
        """The bytes of its file."""
        files = {
            tile.file: bytes(arrival.raw or b"")
            for tile, arrival in zip(self.manifest.tiles, self.tiles, strict=True)
            if tile.file is not None
        }
        return packed(self.manifest, files)

    @property
    def name(self) -> str:
        """The board's name at the time."""
        return self.manifest.board_state()["name"]

    @property
    def taken_at(self) -> datetime:
        """When the round began, UTC."""
        return self.manifest.taken_at

    @property
    def complete(self) -> bool:
        """Whether the server said that these were all tiles; some of them may have failed."""
        return self.manifest.course.phase == "complete"

    @property
    def failed(self) -> int:
        """How many tiles failed."""
        return sum(tile.error is not None for tile in self.tiles)

    @property
    def results(self) -> ResultsByName:
        """A frame per tile, by name or id, as ``live.results`` had them."""
        return ResultsByName(self._listing)

    @property
    def events(self) -> pd.DataFrame:
        """What arrived when, as ``live.events`` had it."""
        return events_frame(self._listing(), complete=self.complete)

    @property
    def numbers(self) -> pd.DataFrame:
        """Every number of every tile in one long frame.

        ``tile, name, series, breakdown, compared, time, step, measure, value``; see
        ``docs/recordings.md``. ``.attrs["complete"]`` says whether all of it could be read,
        ``.attrs["unread"]`` has a sentence for each tile that could not, by id.
        """
        from dashwidgets.recordings.numbers.frame import numbers

        return numbers(self.tiles, complete=self.complete)

    def to_html(self, path: str | Path) -> Path:
        """Publish one self-contained page, which a colleague opens without Python or a network.

        Charts work as in the widget, in light and dark, by keyboard and screen reader; printing
        it gives a report. It says when, from where and with which filters it was recorded, and
        whether anything is missing. A page of 20 tiles is under 1 MB.
        """
        from dashwidgets.recordings.publish import board, page
        from dashwidgets.recordings.publish.provenance import facts

        manifest = self.manifest
        told = [facts(manifest, self.tiles)]
        plain = page.table(board.HEAD, board.rows(self.tiles))
        state = manifest.board_state()
        return page.write_page(
            path, state, self.status(), manifest.skeleton(), self.tiles, told, plain
        )

    def to_markdown(self) -> str:
        """A table of the tiles with sparklines, for a chat."""
        from dashwidgets.recordings.publish.board import markdown

        return markdown(self.manifest, self.tiles)

    def figure(self, which: int | str) -> Chart | LayerChart:
        """One tile as an Altair chart, to restyle; `to_svg` and `to_png` write it.

        Needs ``pip install "dashwidgets[figures]"``. ``chart.data`` has the tile's numbers. Paths
        are bars of their links, maps bars of their countries; ``docs/recordings.md`` lists all.

        Raises
        ------
        KeyError
            No such tile.
        ConfigurationError
            Altair is not installed, or this tile has no figure; the sentence says why.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     run = ph.dashboard("Growth overview").record()
        >>> run.figure("Daily signups").mark.type
        'line'
        """
        from dashwidgets.recordings.publish.figure import figure

        return figure(self.insight(which), self.results[which])

    def to_svg(self, which: int | str | Chart | LayerChart, path: str | Path) -> Path:
        """Write a tile, or a figure of one that you restyled, as SVG. Needs no browser.

        Raises
        ------
        KeyError
            No such tile.
        ConfigurationError
            The extra ``figures`` is not installed, or this tile has no figure.
        """
        from dashwidgets.recordings.publish.picture import save

        return save(self._drawn(which), path, "svg")

    def to_png(
        self, which: int | str | Chart | LayerChart, path: str | Path, *, scale: float = 2.0
    ) -> Path:
        """Write a tile, or a figure of one that you restyled, as PNG; see `to_svg`.

        ``scale``: pixels for each pixel of the figure; 2 is sharp on most screens.
        """
        from dashwidgets.recordings.publish.picture import save

        return save(self._drawn(which), path, "png", scale)

    def _drawn(self, which: int | str | Chart | LayerChart) -> Chart | LayerChart:
        return self.figure(which) if isinstance(which, int | str) else which

    def insight(self, which: int | str) -> dict[str, object]:
        """The insight of a tile as the server sent it, without people."""
        return dict(inner(find(self._listing(), which).tile(), "insight"))

    def status(self) -> StreamStatus:
        """How the round went, as a view shows it."""
        course = self.manifest.course
        asked = self.manifest.asked
        return {
            "phase": course.phase,
            "arrived": len(self.tiles),
            "failed": self.failed,
            # A complete stream is right about its tiles: one may have been removed since the list
            # was read.
            "expected": len(self.tiles) if self.complete else len(self.manifest.expected) or None,
            "elapsed": course.elapsed,
            "bytes": course.bytes,
            "source": course.source,
            "message": course.message,
            "round": 1,
            "next_in": None,
            "asking": [],
            "refresh": asked.refresh,
            "date_from": (asked.filters or {}).get("date_from"),
        }

    def _listing(self) -> list[tuple[int, Arrival]]:
        return [(self.manifest.origin.dashboard_id, tile) for tile in self.tiles]

    def __repr__(self) -> str:
        return f"Recording({self.name!r}, {self.taken_at:%Y-%m-%d %H:%M} UTC, {self.summary()})"

    def summary(self) -> str:
        """How many tiles there are, and whether any is missing."""
        expected = self.status()["expected"]
        count = f"{len(self.tiles)} tile{'' if len(self.tiles) == 1 else 's'}"
        if not self.complete:
            count = f"INCOMPLETE: {len(self.tiles)} of {expected or 'unknown'} tiles"
        return count + (f", {self.failed} failed" if self.failed else "")

    def _repr_html_(self) -> str:
        about = f"recorded {self.taken_at:%Y-%m-%d %H:%M} UTC · {self.summary()}"
        return (
            f"<p><strong><bdi>{escape(self.name)}</bdi></strong> {escape(about)}. "
            "<code>dw.replay(run)</code> shows it.</p>"
        )
