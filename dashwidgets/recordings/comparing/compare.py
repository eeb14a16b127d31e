"""``dw.compare(a, b)``: what moved between two rounds of a board, or between two boards."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.recordings.comparing.comparison import Align, Comparison, compare_recordings
from dashwidgets.recordings.recording import Recording


class Recordable(Protocol):
    """A board, or a watch of one: what it shows now can be recorded."""

    def record(self) -> Recording:
        """One round."""
        ...


Side = str | Path | Recording | Recordable


def compare(a: Side, b: Side, *, align: Align = "auto") -> Comparison:
    """Compare two rounds, number by number.

    Parameters
    ----------
    a, b : path, Recording, Watch or Dashboard
        Before and after. A watch is taken as it is; a dashboard is read now, which costs what
        `Dashboard.record` costs.
    align : {"auto", "time", "position"}
        ``"time"`` compares the same dates; ``"position"`` the first interval with the first.
        ``"auto"`` does so for tiles that have no date in common.

    Returns
    -------
    Comparison
        ``.frame`` has a row for each number that is not the same, ``.tiles`` a row a tile.
        Tiles are matched by insight, then by query, then by name; where a query changed, that is
        said and no number is compared.

    Raises
    ------
    ConfigurationError
        A file is not a recording, or a side is something else.

    Examples
    --------
    >>> import dashwidgets as dw
    >>> with dw.local() as ph:
    ...     run = ph.dashboard("Growth overview").record()
    >>> dw.compare(run, run).frame.empty
    True
    """
    return compare_recordings(_recording(a), _recording(b), align)


def _recording(side: Side) -> Recording:
    if isinstance(side, Recording):
        return side
    if isinstance(side, str | Path):
        return Recording.read(side)
    if not hasattr(side, "record"):
        raise ConfigurationError(
            f"Compare recordings, .dwr files, watches or dashboards, not {type(side).__name__}."
        )
    return side.record()
