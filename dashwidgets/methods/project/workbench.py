"""What a project shows: its card, its boards by name, and widgets over all of them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashwidgets.api.endpoints import dashboards
from dashwidgets.cards.tile import names_of, quiet
from dashwidgets.display.in_a_cell import public
from dashwidgets.methods.project.base import HeldProject

if TYPE_CHECKING:
    from dashwidgets.audit.report.report import Report
    from dashwidgets.backups.restore import HasClient
    from dashwidgets.cards.project import ProjectFacts
    from dashwidgets.dashboard import Dashboard
    from dashwidgets.widgets.browse.actions import Collect
    from dashwidgets.widgets.browse.widget import Browser
    from dashwidgets.widgets.explore.widget import Explorer

FRESH = 60.0
"""Seconds for which tab completion reuses the names it read."""


class Workbench(HeldProject):
    """A project in a notebook cell: a mixin of `Project`."""

    _embedded: bool = False
    _facts: ProjectFacts | None = None
    _names: tuple[float, list[str]] | None = None
    # Without this, `for board in ph` would ask `__getitem__` for 0, 1, 2 and so on, a request each.
    __iter__ = None
    """Dashboards are available by name and id; ``ph.dashboards()`` lists them."""

    def dashboard(self, which: int | str) -> Dashboard:
        """One dashboard, by id or exact name."""
        raise NotImplementedError

    def plan(self) -> Any:
        """An empty plan."""
        raise NotImplementedError

    def audit(self) -> Any:
        """A report of cheap rules."""
        raise NotImplementedError

    def references(self) -> Any:
        """Every reference."""
        raise NotImplementedError

    def members(self) -> Any:
        """Everybody in the organization."""
        raise NotImplementedError

    def __getitem__(self, which: int | str) -> Dashboard:
        """A dashboard by exact name or id, as `dashboard` gives it. One request."""
        return self.dashboard(which)

    def _ipython_key_completions_(self) -> list[str]:
        """Names of dashboards, for Tab. One list, kept for a minute; a failure offers nothing."""
        return quiet(self._known_names)

    def _known_names(self) -> list[str]:
        now = time.monotonic()
        # Jupyter asks with every keystroke; a list for each would be hundreds of requests.
        if self._names is None or now - self._names[0] > FRESH:
            self._names = now, names_of(self._listing().rows)
        return self._names[1]

    def browse(
        self, report: Report | None = None, *, copy_to: Mapping[str, HasClient] | None = None
    ) -> Browser:
        """A searchable, sortable table of every dashboard. One request.

        ``.selected`` and ``.visible`` of the widget are DataFrames. A row that is opened shows its
        insight tiles and what they depend on, read once for all rows: one request for up to 5,000
        insights, and no dashboard is opened. The facet "Uses" narrows the list by such a name.
        On request its tiles are drawn small, from the cache: one request, which counts as opening.
        Actions on selected rows become a `plan`, which is shown and sent when confirmed.

        Parameters
        ----------
        report : Report, optional
            Of `audit`: its findings become a column, to sort and narrow by.
        copy_to : dict, optional
            Projects by the names that an opened row offers to copy its dashboard to:
            ``{"Staging": other}``. A copy takes about ten requests and one a tile.

        Raises
        ------
        ConfigurationError
            The report belongs to another project.
        """
        return self._browser(report, copy_to)

    def _browser(
        self,
        report: Report | None,
        copy_to: Mapping[str, HasClient] | None,
        collect: Collect | None = None,
    ) -> Browser:
        from dashwidgets.audit.evidence.insights import read_asked
        from dashwidgets.dashboard import Dashboard
        from dashwidgets.recordings.publish.small_tiles import small_tiles
        from dashwidgets.widgets.browse.copies import copies_to
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
            collect=collect,
            board=lambda row: Dashboard(client, row),
            small=lambda key: small_tiles(client.send(dashboards.read(key))),
            copies=copies_to(client, copy_to or {}),
        )

    def explore(
        self,
        where: Mapping[str, Any] | None = None,
        *,
        report: Report | None = None,
        copy_to: Mapping[str, HasClient] | None = None,
    ) -> Explorer:
        """One place to work: the list, and beside it the open dashboard.

        Tiles, Edit, Arrange, Findings, References and History of a board, each made when it is
        opened and closed when it is left. What is changed in any of them is collected, shown over
        all of them with its price, and sent by Apply. One request; each tab costs what it costs by
        itself, findings and references are read once.

        Parameters
        ----------
        where : dict, optional
            ``{"board": 7, "tab": "arrange"}``: what to show at first, as ``explorer.where`` says.
        report : Report, optional
            Of `audit`, for Findings; else one of the cheap rules is made when they are opened.
        copy_to : dict, optional
            Projects by name, which a row offers to copy its dashboard to, as in `browse`.

        Raises
        ------
        ConfigurationError
            The report belongs to another project.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> ph = dw.local()
        >>> explorer = ph.explore()
        >>> explorer.where = {"board": ph["Growth overview"].id, "tab": "references"}
        >>> explorer.board.name
        'Growth overview'
        >>> explorer.close(); ph.close()
        """
        from dashwidgets.widgets.explore.panes import Sources
        from dashwidgets.widgets.explore.widget import Explorer

        return Explorer(
            self.client,
            lambda collect: self._browser(report, copy_to, collect),
            self.plan,
            Sources(self.audit, self.references, self.members, report),
            where=where,
        )

    def __dir__(self) -> list[str]:
        return public(super().__dir__())

    def _repr_html_(self) -> str:
        """A short card. Three requests the first time it is shown, none after."""
        from dashwidgets.cards.project import project_html, read_facts

        # A notebook shows the same object again and again; only the first time costs requests.
        if self._facts is None:
            self._facts = read_facts(self.client)
        return project_html(self.client, self._facts, embedded=self._embedded)
