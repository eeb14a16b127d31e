"""Plans of changes, their journal, and backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dashwidgets.methods.project.base import HeldProject

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.backups.backup import Backup
    from dashwidgets.backups.restore import Restored
    from dashwidgets.plans.journal.runs import Runs
    from dashwidgets.plans.plan import Plan


class ProjectChanges(HeldProject):
    """To change many dashboards, and to undo it; each method is one call down."""

    def plan(
        self,
        frame: pd.DataFrame | str | Path | None = None,
        *,
        since: pd.DataFrame | None = None,
    ) -> Plan:
        """A plan of changes to review before anything is sent; ``plan.apply()`` sends them.

        Rows that were left out of the frame are left alone. Without a frame the plan is empty and
        grows by its verbs, such as ``plan.tag(ids, "growth")``.

        Parameters
        ----------
        frame : DataFrame or path, optional
            An edited ``ph.dashboards()`` or ``ph.tiles()``, or a CSV file that ``plan.to_csv``
            wrote. Compared with what it was read as and with the server now: one list, and one
            request a dashboard whose tiles were edited.
        since : DataFrame, optional
            The original frame, where the edited one lost track of it (``merge``, ``read_csv``).

        Raises
        ------
        ConfigurationError
            The frame can't be matched with its original; nothing was sent.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     boards = ph.dashboards()
        ...     boards["pinned"] = False
        ...     set(ph.plan(boards).changes["field"])
        {'pinned'}
        """
        from dashwidgets.plans.plan import Plan

        if isinstance(frame, str | Path):
            return Plan.from_csv(frame, self.client)
        plan = Plan(self.client)
        return plan if frame is None else plan.edit(frame, since)

    def delete_due(self, *, unopened_for: str = "14D") -> Plan:
        """Plan to delete what ``plan.delete(ids, grace=…)`` tagged and is now due.

        One list. What is pinned, or was opened within ``unopened_for``, is refused with the
        reason; applying checks again, and spares what was opened or untagged since.
        """
        from dashwidgets.plans.verbs.scheduled_deletions import plan_due

        return plan_due(self.client, unopened_for=unopened_for)

    def journal(self) -> Runs:
        """The runs with a journal on this machine, to ``.resume`` or ``.revert``."""
        from dashwidgets.plans.journal.runs import Runs, checked_client

        return Runs(lambda run: checked_client(run, self.client))

    def backup(self, folder: str | Path) -> Backup:
        """Write one JSON file a dashboard, and a manifest. Two or three requests per dashboard.

        Each counts as opened; the files keep ``last_accessed_at`` from before. One that was
        killed goes on when it is called again. ``.complete`` and ``.refused`` say what is missing.
        """
        from dashwidgets.backups.backup import backup_all

        return backup_all(self.client, Path(folder).expanduser())

    def restore(self, source: str | Path, *, share: bool = False) -> Restored:
        """Restore the dashboards of a backup file or folder; the answer says what is missing.

        One that was killed goes on when it is called again. ``share=True`` opens public links
        again, under new tokens. Raises `ConfigurationError` for a damaged file, before anything
        is sent.
        """
        from dashwidgets.backups.restore import restore

        return restore(self.client, source, share=share)
