"""Record many dashboards: a mixin of `Project`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashwidgets.api.endpoints.dashboards import Refresh, overrides
from dashwidgets.dashboard import Dashboard
from dashwidgets.methods.project.base import HeldProject

if TYPE_CHECKING:
    from dashwidgets.recordings.folder import Recorded


class ProjectRecordings(HeldProject):
    """Many boards over time; each method is one call down."""

    def dashboard(self, which: int | str) -> Dashboard:
        """A dashboard by id or exact name."""
        raise NotImplementedError

    def record(
        self,
        boards: Iterable[int | str | Dashboard],
        folder: str | Path,
        *,
        fresh: str = "1h",
        refresh: Refresh | None = "blocking",
        filters: Mapping[str, Any] | None = None,
        people: bool = False,
    ) -> Recorded:
        """Record several boards, a file each: ``7-growth.20261129T093000Z.dwr``.

        Costs what `Dashboard.record` costs for each, within the key's budget; each counts as
        opened. When it is interrupted, call it again: what is there is not recorded twice.

        Parameters
        ----------
        boards : iterable of int, str or Dashboard
        folder : path
        fresh : str
            A board with a complete recording in the folder that is no older than this is left
            out: anything `pandas.Timedelta` reads.
        refresh, filters, people
            As in `Dashboard.record`.

        Returns
        -------
        Recorded
            ``.files``, ``.kept``, ``.incomplete``, ``.refused`` and ``.complete``.

        Raises
        ------
        Unauthorized, ConnectionFailed, Throttled
            It concerns every board; those recorded so far stay.
        """
        from dashwidgets.recordings.folder import boards_of, record_many

        overrides(refresh, filters, None)
        options = {"refresh": refresh, "filters": filters, "people": people}
        return record_many(self.client, boards_of(boards, self.dashboard), folder, fresh, options)
