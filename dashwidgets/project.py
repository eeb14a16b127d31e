"""`Project`: what a user holds. Each method is one call down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from dashwidgets.api.checks import checked_id
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import collaborators as collaborators_api
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.api.endpoints import insights as insights_api
from dashwidgets.api.endpoints import organization
from dashwidgets.api.endpoints import sharing as sharing_api
from dashwidgets.api.paging import MakePage, Page, reading_as, take_pages
from dashwidgets.api.request import UNSET, Request, Unset
from dashwidgets.bulk.by_name import named
from dashwidgets.bulk.sweep import sweep
from dashwidgets.dashboard import Dashboard
from dashwidgets.methods.project.changes import ProjectChanges
from dashwidgets.methods.project.questions import Questions
from dashwidgets.methods.project.recordings import ProjectRecordings
from dashwidgets.methods.project.workbench import Workbench

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.audit.evidence.gather import Kept
    from dashwidgets.audit.run import Which
    from dashwidgets.frames.columns import Table

T = TypeVar("T")

__all__ = ["Dashboard", "Project"]


class Server(Protocol):
    """An embedded project that runs for this `Project` alone."""

    def stop(self) -> None:
        """End it."""
        ...


class Project(Questions, ProjectChanges, Workbench, ProjectRecordings):
    """A project's dashboards. Made by ``dw.connect()`` or ``dw.local()``.

    Parameters
    ----------
    client : Client
    server : Server, optional
        Stopped by `close`.
    """

    def __init__(self, client: Client, *, server: Server | None = None) -> None:
        self.client = client
        self._server = server
        self._embedded = server is not None
        self._read: Kept | None = None

    def __repr__(self) -> str:
        kind = "embedded project" if self._server else f"project {self.client.project_id}"
        return f"Project({kind})" if self._server else f"Project({self.client.host}, {kind})"

    def dashboards(
        self,
        *,
        search: str | None = None,
        tags: Sequence[str] | None = None,
        creation_mode: str | None = None,
    ) -> pd.DataFrame:
        """Every dashboard, one row each. One request for up to 5,000 (contract 8.1).

        Listing does not count as opening: ``last_accessed_at`` stays as it is. ``.attrs`` holds
        ``complete``, ``expected``, ``requests_spent``, ``taken_at``.

        Parameters
        ----------
        search : str, optional
            Words in name, description or tags; PostHog adds what merely resembles them.
        tags : list of str, optional
            Dashboards with any of these.
        creation_mode : str, optional
            ``"unlisted"`` is the only way to see unlisted ones.

        Raises
        ------
        Forbidden
            The key lacks ``dashboard:read``.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     ph.dashboards()["name"].iloc[0]
        'Activation'
        """
        from dashwidgets.frames.baseline import remember
        from dashwidgets.frames.dashboards import DASHBOARDS, read_dashboards

        ask = self._page(search=search, tags=tags, creation_mode=creation_mode)
        return remember("dashboards", self._frame(DASHBOARDS, ask, read_dashboards))

    def dashboard(self, which: int | str) -> Dashboard:
        """One dashboard, by id or exact name. One request; it is not opened.

        Raises
        ------
        NotFound
            There is none; names that are close are suggested.
        AmbiguousName
            Several have this name.
        """
        rows = self._listing().rows
        if isinstance(which, str):
            return Dashboard(self.client, named(which, rows))
        key = checked_id(which)
        found = next((row for row in rows if row["id"] == key), None)
        return Dashboard(self.client, found or self._detail(key))  # unlisted, or gone

    def create(
        self,
        name: str | None = None,
        *,
        description: str | Unset = UNSET,
        pinned: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        filters: Mapping[str, Any] | Unset = UNSET,
        restriction_level: int | Unset = UNSET,
    ) -> Dashboard:
        """Make an empty dashboard. One request (contract 8.2).

        Raises `ConfigurationError` for a value that PostHog would refuse, before it is sent.
        """
        request = api.create(
            name=name,
            description=description,
            pinned=pinned,
            tags=tags,
            filters=filters,
            restriction_level=restriction_level,
        )
        return Dashboard(self.client, self.client.send(request))

    def tags(self) -> pd.DataFrame:
        """Every tag of every dashboard, one row each. One request; none is opened.

        The long form of the column ``tags``: count, group and join with it.
        """
        from dashwidgets.frames.dashboards import tags_frame

        return tags_frame(self.dashboards())

    def insights(self) -> pd.DataFrame:
        """Every insight, one row each, without results. One request for up to 5,000 (12.5).

        Raises `Forbidden` when the key lacks ``insight:read``.
        """
        from dashwidgets.frames.insights import INSIGHTS, read_insights

        return self._frame(INSIGHTS, insights_api.page, read_insights)

    def members(self) -> pd.DataFrame:
        """Who is in the organization, one row each. One request (12.3).

        Raises `Forbidden` when the key lacks ``organization_member:read``.
        """
        from dashwidgets.frames.people import MEMBERS

        return self._frame(MEMBERS, organization.members)

    def sharing(self, dashboards: Iterable[int | str] | None = None) -> pd.DataFrame:
        """Public links of every dashboard, or of some; one request each (8.6).

        ``.attrs["unread"]`` names those that could not be read, with the reason. No token is shown.

        Parameters
        ----------
        dashboards : iterable of int or str, optional
            Ids or exact names (one request more); all of the list without.

        Raises
        ------
        Forbidden
            The key lacks ``sharing_configuration:read``.
        """
        from dashwidgets.frames.people import sharing_frame

        read, attrs = self._sweep(dashboards, sharing_api.read, "Reading public links")
        return sharing_frame(read.items(), **attrs)

    def collaborators(self, dashboards: Iterable[int | str] | None = None) -> pd.DataFrame:
        """Who was invited to which dashboard; one request per dashboard (8.3).

        Parameters
        ----------
        dashboards : iterable of int or str, optional
            Ids or exact names (one request more); all of the list without.

        Raises
        ------
        Forbidden
            The key lacks ``dashboard:read``.
        """
        from dashwidgets.frames.people import COLLABORATORS

        read, attrs = self._sweep(dashboards, collaborators_api.listing, "Reading collaborators")
        rows = [row | {"dashboard_id": key} for key, rows in read.items() for row in rows]
        return COLLABORATORS.to_frame(rows, **attrs)

    def audit(
        self,
        rules: Which = "cheap",
        *,
        suppressions: str | Path | None = None,
        dry_run: bool = False,
        **thresholds: Any,
    ) -> Any:
        """Audit every dashboard; returns a report whose ``findings`` are a DataFrame.

        Nothing is changed on the server. By default only lists are read, four or five requests;
        ``last_accessed_at`` of every dashboard stays as it is.

        Parameters
        ----------
        rules : list of str, "cheap", "unopened" or "all"
            Which rules; ``docs/audit.md`` says what each proves and costs. ``"unopened"`` are those
            that open no dashboard: lists, public links, and a few requests by SQL. Those that open
            dashboards warn first. An audit that was interrupted goes on where it was.
        suppressions : path, optional
            TOML file of findings that somebody accepts, each with a reason.
        dry_run : bool
            Only say what it would cost.
        **thresholds
            ``stale_after="90D"``, ``crowded=20`` and the others of `audit.rule.Settings`.

        Raises
        ------
        ConfigurationError
            A rule, a threshold or a suppression is invalid; nothing was sent.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     report = ph.audit(stale_after="180D")
        >>> "Partner numbers" in report.findings.query("rule == 'stale'")["dashboard"].tolist()
        True
        """
        from dashwidgets.audit.run import audit, still_good

        self._read = still_good(self._read)
        done = audit(
            self.client, rules, self._read, suppressions=suppressions, dry_run=dry_run, **thresholds
        )
        if not dry_run:
            self._read = None
        return done

    def create_from_template(self, template: Mapping[str, Any]) -> Dashboard:
        """Create a dashboard from a template. Two requests, more where keys are refused.

        Needs ``template_name``, ``dashboard_description``, ``dashboard_filters`` and ``tiles``
        (contract 8.15). Where PostHog refuses keys it is created piece by piece.

        Raises `ConfigurationError` for an invalid template, before anything is sent.
        """
        from dashwidgets.backups.build import from_template

        return Dashboard(self.client, from_template(self.client, template))

    def close(self) -> None:
        """Close the connections, and the embedded project if there is one."""
        self.client.close()
        if self._server:
            self._server.stop()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _page(self, **filters: Any) -> MakePage[Any]:
        def page(limit: int, offset: int) -> Request[Page[Any]]:
            return api.page(limit, offset, **filters)

        return page

    def _frame(
        self,
        table: Table,
        make_page: MakePage[Any],
        reads: Callable[[bytes], Page[Any]] | None = None,
    ) -> pd.DataFrame:
        """A whole list as a frame, page by page."""
        from dashwidgets.frames.columns import Builder
        from dashwidgets.frames.dashboards import provenance

        builder = Builder(table)
        pages = reading_as(make_page, reads) if reads else make_page
        reading = take_pages(self.client, pages, builder.add)
        return builder.to_frame(**provenance(reading), **self._origin())

    def _sweep(
        self, dashboards: Iterable[int | str] | None, ask: Callable[[int], Request[T]], what: str
    ) -> tuple[dict[int, T], dict[str, Any]]:
        """Answers by dashboard, and what a frame of them says about its reading."""
        from dashwidgets.frames.dashboards import provenance

        attrs: dict[str, Any] = {"complete": True, "requests_spent": 0}
        if dashboards is None:
            listing = self._listing()
            attrs = provenance(listing)
            ids = [row["id"] for row in listing.rows]
        else:
            ids, asked = list[int](), list(dashboards)
            rows = self._listing().rows if any(isinstance(one, str) for one in asked) else None
            for one in asked:
                ids.append(named(one, rows or ())["id"] if isinstance(one, str) else one)
            attrs["requests_spent"] = 0 if rows is None else 1
            attrs["taken_at"] = datetime.now(UTC).isoformat(timespec="seconds")
        read = sweep(self.client, ids, ask, what)
        attrs["requests_spent"] += read.requests_spent
        attrs["complete"] = attrs["complete"] and not read.unread
        return read.found, attrs | {"unread": read.unread} | self._origin()

    def _detail(self, key: int) -> dict[str, Any]:
        return self.client.send(api.read(key))
