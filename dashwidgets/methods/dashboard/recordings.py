"""Record a dashboard and compare its rounds: a mixin of `Dashboard`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashwidgets.api.endpoints.dashboards import Refresh, overrides
from dashwidgets.methods.dashboard.watched import WatchedBoard

if TYPE_CHECKING:
    from dashwidgets.recordings.comparing.comparison import Align, Comparison
    from dashwidgets.recordings.recording import Recording


class BoardRecordings(WatchedBoard):
    """One dashboard over time; each method is one call down."""

    def record(
        self,
        path: str | Path | None = None,
        *,
        refresh: Refresh | None = "blocking",
        filters: Mapping[str, Any] | None = None,
        variables: Mapping[str, Any] | None = None,
        people: bool = False,
    ) -> Recording:
        """Keep one round: every tile's result, query, layout and time of arrival.

        Costs what `watch` costs: two requests, or one an insight where keys may not stream; it
        counts as opening. No key, share token or email address of a user is in the file.

        Parameters
        ----------
        path : path, optional
            A ``.dwr`` file to write, whole or not at all; see ``docs/recordings.md``. Without, the
            recording is in memory; ``run.save(path)`` writes it later.
        refresh, filters, variables
            As in `watch`.
        people : bool
            Keep who made and last changed the insights.

        Returns
        -------
        Recording
            ``.complete`` is False when the stream ended early.

        Raises
        ------
        ApiError, ConnectionFailed, StreamInterrupted
            Nothing arrived at all.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     run = ph.dashboard("Growth overview").record()
        >>> run.complete, list(run.numbers.columns)[-1]
        (True, 'value')
        """
        from dashwidgets.recordings.record import record_board, record_to
        from dashwidgets.widgets.watch.feed import Options

        overrides(refresh, filters, variables)  # bad input fails here, not in a thread
        options = Options(refresh, filters, variables)
        return record_to(record_board(self._watched(), options, people), path)

    def compare(
        self,
        filters: Mapping[str, Any] | None = None,
        *,
        to: Mapping[str, Any] | None = None,
        refresh: Refresh | None = "blocking",
        align: Align = "auto",
    ) -> Comparison:
        """Compare it under two filters or periods, each in place of the dashboard's own.

        Costs two recordings. Nothing is saved.

        Parameters
        ----------
        filters, to : dict, optional
            Before and after, such as ``{"date_from": "-14d", "date_to": "-7d"}`` and
            ``{"date_from": "-7d"}``; without, the dashboard's own.
        align
            As in `dashwidgets.compare`.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     both = ph.dashboard("Growth overview").compare(to={"date_from": "-7d"})
        >>> both.tiles["kind"].tolist()[0]
        'changed'
        """
        from dashwidgets.recordings.comparing.comparison import compare_recordings

        overrides(refresh, to, None)  # before the first round is read
        before = self.record(refresh=refresh, filters=filters)
        return compare_recordings(before, self.record(refresh=refresh, filters=to), align)
