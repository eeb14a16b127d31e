"""What a project shows: its card, its boards by name, and widgets over all of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from dashwidgets.cards.card import names_without_clutter
from dashwidgets.cards.tile import names_of, quiet

if TYPE_CHECKING:
    from dashwidgets.api.client import Client
    from dashwidgets.api.paging import Listing
    from dashwidgets.audit.report.report import Report
    from dashwidgets.cards.project import ProjectFacts
    from dashwidgets.dashboard import Dashboard
    from dashwidgets.widgets.browse.widget import Browser

FRESH = 60.0
"""Seconds for which Tab offers the names that were read before."""


class Workbench:
    """A project in a cell; `Project` is one of these."""

    client: Client
    _embedded: bool = False
    _facts: ProjectFacts | None = None
    _names: tuple[float, list[str]] | None = None
    __iter__ = None
    """Boards are had by name and id; ``ph.dashboards()`` lists them."""

    def _listing(self) -> Listing:
        raise NotImplementedError

    def dashboard(self, which: int | str) -> Dashboard:
        """One dashboard, by id or exact name."""
        raise NotImplementedError

    def plan(self) -> Any:
        """An empty plan."""
        raise NotImplementedError

    def __getitem__(self, which: int | str) -> Dashboard:
        """A dashboard by exact name or id, as `dashboard` gives it. One request."""
        return self.dashboard(which)

    def _ipython_key_completions_(self) -> list[str]:
        """Names of dashboards, for Tab. One list, kept for a minute; a failure offers nothing."""
        return quiet(self._known_names)

    def _known_names(self) -> list[str]:
        now = time.monotonic()
        if self._names is None or now - self._names[0] > FRESH:
            self._names = now, names_of(self._listing().rows)
        return self._names[1]

    def browse(self, report: Report | None = None) -> Browser:
        """A searchable, sortable table of every dashboard. One request.

        ``.selected`` and ``.visible`` of the widget are DataFrames. A row that is opened shows its
        insight tiles and what they depend on, read once for all rows: one request for up to 5,000
        insights, and no dashboard is opened. The facet "Uses" narrows the list by such a name.
        What is done with picked rows becomes a `plan`, shown there and sent when it is confirmed.

        Parameters
        ----------
        report : Report, optional
            Of `audit`: its findings become a column, to sort and narrow by.

        Raises
        ------
        ConfigurationError
            The report is of another project.
        """
        from dashwidgets.audit.evidence.asked import read_asked
        from dashwidgets.widgets.browse.widget import Browser

        client = self.client
        return Browser(
            self._listing(),
            host=client.host,
            project_id=client.project_id,
            report=report,
            read=self._listing,
            insights=lambda boards: read_asked(client, boards),
            plan=self.plan,
        )

    def __dir__(self) -> list[str]:
        return names_without_clutter(super().__dir__())

    def _repr_html_(self) -> str:
        """A short card. Three requests the first time it is shown, none after."""
        from dashwidgets.cards.project import project_html, read_facts

        if self._facts is None:
            self._facts = read_facts(self.client)
        return project_html(self.client, self._facts, embedded=self._embedded)
