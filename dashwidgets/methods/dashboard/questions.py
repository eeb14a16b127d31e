"""The queries of a dashboard by SQL: a mixin of `Dashboard`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashwidgets.methods.dashboard.base import HeldBoard

if TYPE_CHECKING:
    import pandas as pd


class BoardQuestions(HeldBoard):
    """Methods that query one dashboard; each is one call down."""

    def history(self, *, days: int = 90) -> pd.DataFrame:
        """Who changed what on this dashboard, and when: the activity log, the newest first.

        One row per changed field; columns of ``docs/frames.md``. One or two requests of the SQL
        budget; the dashboard is not opened.

        Raises
        ------
        BadRequest
            The plan or the key has no activity log (``activity_log:read``).
        Forbidden
            The key lacks ``query:read``.
        """
        from dashwidgets.queries.history import read_history

        return read_history(self._client, scopes=("Dashboard",), days=days, item=str(self.id))
