"""What a project is asked beyond its lists; `Project` is one of these."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashwidgets.api.client import Client
    from dashwidgets.api.paging import Listing
    from dashwidgets.references.table import References


class Questions:
    """Questions over a whole project; each method is one call down."""

    client: Client

    def _listing(self) -> Listing:
        raise NotImplementedError

    def references(
        self,
        name: str | Collection[str] | None = None,
        kind: str | Collection[str] | None = None,
        *,
        everywhere: bool = False,
        deep: bool = False,
        test_account_filters: Sequence[Any] | None = None,
    ) -> References:
        """Where events, properties, cohorts and other names are used: one row a place.

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
            Filters of dashboards and of single tiles too: one request a dashboard, each of which
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
        ['SQL', 'formula', 'series']
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
