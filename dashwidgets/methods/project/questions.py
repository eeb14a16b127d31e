"""The queries of a project beyond its lists: a mixin of `Project`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from dashwidgets.api.request import UNSET, Unset
from dashwidgets.methods.project.base import HeldProject

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.queries.tiles import Deep
    from dashwidgets.references.table import References


class Questions(HeldProject):
    """Methods that query a whole project; each is one call down."""

    def sql(
        self,
        query: str,
        /,
        *,
        limit: int | Unset | None = UNSET,
        by: str | None = None,
        **values: Any,
    ) -> pd.DataFrame:
        """Run one HogQL SELECT; dtypes come from the ClickHouse types.

        One request, from a budget of 120 an hour. No dashboard is opened. Interrupting the cell
        stops the query on the server.

        Parameters
        ----------
        query : str
            ``{name}`` in it stands for a value, which the server puts in.
        limit : int, optional
            At most 50,000. PostHog gives 100 rows to a statement without a limit. ``None`` reads
            every row: a request for each 50,000, and rows then come in the order of ``by``.
        by : str, optional
            With ``limit=None``: the column to read page by page, ideally unique. By default
            ``id``, ``uuid`` or the first column that has an order, after one more request.
        **values
            Numbers, text, dates, and lists of them. Never pasted into the text.

        Returns
        -------
        DataFrame
            ``.attrs`` holds ``complete``, ``has_more``, ``requests_spent``, ``warnings``,
            ``taken_at`` and ``hogql``, the statement as the server ran it.

        Raises
        ------
        ConfigurationError
            It is not one SELECT, or a placeholder has no value; nothing was sent.
        BadRequest
            The server can't run it; its sentence says why and where.
        QueryInterrupted
            A later page failed; ``.arrived`` is a frame of the pages before it.
        Forbidden
            The key lacks ``query:read``.

        Examples
        --------
        >>> ph.sql("SELECT count() AS n FROM events WHERE event = {event}", event="signed_up")
        ... # doctest: +SKIP
        """
        from dashwidgets.queries.sql import run_sql

        return run_sql(self.client, query, values, limit=limit, by=by)

    def tiles(self, *, deep: Deep = False, put_back: bool = False) -> pd.DataFrame:
        """Every tile of every dashboard, one row each.

        Goes through the insights list: two requests, and no dashboard is opened. That list knows
        neither text tiles nor layouts.

        Parameters
        ----------
        deep : bool or "open"
            Tiles of all kinds, with layouts. By SQL where the key has ``query:read`` and the server
            its own tables: a request for each 50,000 tiles or insights and one or two more, and no
            dashboard is opened. What SQL does not know is missing, and ``.attrs["missing"]`` names
            those columns. Elsewhere, or with ``"open"``, every dashboard is opened, one request
            each; PostHog then notes each as opened now, and the column ``last_accessed_at`` holds
            what the list said before. ``.attrs["source"]`` is ``"list"``, ``"sql"`` or ``"open"``,
            and ``.attrs["not_by_sql"]`` says why SQL could not be used.
        put_back : bool
            Where dashboards are opened: write ``last_accessed_at`` back to what it was, one more
            request a dashboard and two to check it. Where somebody else opened one meanwhile it is
            left. ``.attrs["not_put_back"]`` names those that stay changed, with the reason.

        Raises
        ------
        ConfigurationError
            ``deep`` is something else.
        Forbidden
            The key lacks ``insight:read``.
        """
        from dashwidgets.frames.baseline import remember
        from dashwidgets.frames.dashboards import provenance
        from dashwidgets.queries.tiles import checked_deep, read_tiles

        checked_deep(deep)
        listing = self._listing()
        attrs = provenance(listing) | self._origin() | {"deep": bool(deep)}
        return remember(
            "tiles", read_tiles(self.client, listing, attrs, deep=deep, put_back=put_back)
        )

    def events(self, *, days: int = 90, used: bool = False) -> pd.DataFrame:
        """Event names: how many arrived, first and last seen, and what is known of each.

        One statement, and one request for each 1,000 definitions where the key has
        ``event_definition:read``. Names that are defined but did not arrive have a count of 0.
        ``.attrs["not_covered"]`` names the columns that could not be read, with the reason.

        Parameters
        ----------
        days : int
            Number of days to look back.
        used : bool
            Fill ``dashboards`` and ``insights``: how many depend on the event, as `references`
            finds them, for two requests more. Names that insights use and that neither arrived nor
            are defined are rows too.

        Raises
        ------
        Forbidden
            The key lacks ``query:read``, or with ``used`` ``insight:read``.
        """
        from dashwidgets.queries.events import checked_days, read_events
        from dashwidgets.references.read import read_references

        # Bad input before the first request: reading where events are used takes two.
        checked_days(days)
        spent = self.client.requests_spent
        where = read_references(self.client, self._listing(), kind="event") if used else None
        found = read_events(self.client, days, where)
        # Counted here, since one reading consists of two.
        found.attrs["requests_spent"] = self.client.requests_spent - spent
        return found

    def history(
        self, *, days: int = 90, scopes: Sequence[str] = ("Dashboard", "Insight")
    ) -> pd.DataFrame:
        """Who changed what, and when: the activity log, one row per changed field, newest first.

        One or two requests of the SQL budget for up to 50,000 entries.

        Raises
        ------
        BadRequest
            The plan or the key has no activity log (``activity_log:read``).
        Forbidden
            The key lacks ``query:read``.
        """
        from dashwidgets.queries.history import read_history

        return read_history(self.client, scopes=scopes, days=days)

    def deleted(self) -> pd.DataFrame:
        """Deleted dashboards and insights, one row each: name, when, by whom, tiles.

        Four or five requests of the SQL budget; one more lists members where the log names who
        deleted. ``.attrs["not_covered"]`` names what could not be read, with the reason.

        Raises
        ------
        BadRequest
            The server has no table of dashboards, or the key lacks ``dashboard:read``.
        Forbidden
            The key lacks ``query:read``.
        """
        from dashwidgets.queries.deleted import read_deleted

        return read_deleted(self.client)

    def undelete(self, dashboard: int, *, keep: Collection[int] | None = None) -> pd.DataFrame:
        """Restore a deleted dashboard; returns the tiles it then has.

        PostHog restores every tile the dashboard ever had, including those that had been removed
        one by one, and does not distinguish them. One request; with ``keep`` two more, and one for
        each insight that is hidden again.

        Parameters
        ----------
        dashboard : int
            Id, from `deleted`.
        keep : collection of int, optional
            Tile ids; the others are removed again. ``.attrs["removed_again"]`` names them, and
            ``.attrs["hidden_again"]`` the insights that had come back with them.

        Raises
        ------
        NotFound
            There is no such deleted dashboard.
        ConfigurationError
            ``keep`` names tiles that the dashboard never had; it was restored anyway.
        Forbidden
            The key lacks ``dashboard:write``.
        """
        from dashwidgets.queries.deleted import undelete

        return undelete(self.client, dashboard, keep)

    def references(
        self,
        name: str | Collection[str] | None = None,
        kind: str | Collection[str] | None = None,
        *,
        everywhere: bool = False,
        deep: bool = False,
        test_account_filters: Sequence[Any] | None = None,
    ) -> References:
        """Where events, properties, cohorts and other names are used: one row per place.

        Reads the lists of dashboards and of insights, the two requests of `tiles`; no dashboard
        is opened. SQL is read with PostHog's own parser where ``hogql-parser-rs`` is installed
        (Python 3.12 or later, not on Windows); elsewhere ``certain`` is False in all SQL.

        Parameters
        ----------
        name : str or collection of str, optional
            Only these names; ``*`` stands for any characters and ``?`` for one.
        kind : str or collection of str, optional
            ``"event"``, ``"action"``, ``"event property"``, ``"person property"``,
            ``"group property"``, ``"session property"``, ``"cohort"``, ``"feature flag"``,
            ``"warehouse table"``, ``"variable"`` or ``"element"``.
        everywhere : bool
            Saved insights on no dashboard too.
        deep : bool
            Filters of dashboards and of single tiles too: one request per dashboard, each of which
            PostHog then notes as opened.
        test_account_filters : list of dict, optional
            The project's filters of internal users, from its settings; they count for the
            insights that leave those users out.

        Returns
        -------
        References
            A DataFrame with the columns of ``docs/references.md``. ``.dashboards()`` has one row a
            dashboard. ``.attrs["unread"]`` names every part of a query that could not be read,
            with the reason; ``.attrs["not_covered"]`` says what was not looked into.

        Raises
        ------
        ConfigurationError
            A kind is not one of those above.
        Forbidden
            The key lacks ``insight:read``.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     used = ph.references("signed_up", kind="event")
        >>> sorted(used["role"].unique())
        ['SQL', 'conversion goal', 'formula', 'path start', 'retention start', 'series']
        """
        from dashwidgets.references.matching import checked_kinds, checked_names
        from dashwidgets.references.read import read_references

        checked_kinds(kind)
        checked_names(name)
        return read_references(
            self.client,
            self._listing(),
            name,
            kind,
            everywhere=everywhere,
            deep=deep,
            test_account_filters=test_account_filters,
        )
