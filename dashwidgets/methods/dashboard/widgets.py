"""The widgets of one dashboard, and its layout as a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from dashwidgets.api.endpoints.dashboards import Refresh, overrides
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.stream.dashboard import LayoutSize
from dashwidgets.methods.dashboard.watched import WatchedBoard

if TYPE_CHECKING:
    from dashwidgets.layout.layout import Layout
    from dashwidgets.widgets.arrange.widget import Arranger
    from dashwidgets.widgets.edit.widget import Editor
    from dashwidgets.widgets.watch.widget import Watch


class BoardWidgets(WatchedBoard):
    """To watch, edit and arrange one dashboard; each method is one call down."""

    _layout: Layout | None = None

    def watch(
        self,
        *,
        refresh: Refresh | None = "blocking",
        filters: Mapping[str, Any] | None = None,
        variables: Mapping[str, Any] | None = None,
        layout: LayoutSize = "sm",
        every: str | timedelta | None = None,
    ) -> Watch:
        """A widget in which tiles appear as they are rendered. Two requests; it counts as opening.

        The first reads names and places, so that the board is drawn before its tiles are there. A
        board with a color theme of its own takes one more.
        Reading starts at once, in a thread of its own, whether the widget is displayed or not.
        Where keys may not stream, it takes a request for each insight instead (contract 8.14).

        Parameters
        ----------
        refresh : str, optional
            ``"force_blocking"`` computes everything, ``"blocking"`` what is not cached,
            ``"force_cache"`` nothing.
        filters, variables : dict, optional
            In place of the dashboard's own, here only, such as ``{"date_from": "-7d"}``.
        layout : {"sm", "xs"}
            The wide grid, or one column as on a phone.
        every : str, optional
            Stream again on a schedule, such as ``"5min"``: anything `pandas.Timedelta` reads.
        """
        return watch(
            [self],
            refresh=refresh,
            filters=filters,
            variables=variables,
            layout=layout,
            every=every,
        )

    def edit(self) -> Editor:
        """A widget to edit its metadata, collaborators and public link.

        Seven requests; it counts as opening. Nothing is written before ``editor.save()`` or a
        click on Save.
        """
        from dashwidgets.widgets.edit.widget import Editor

        return Editor(self._client, self.id, url=self.url)

    @property
    def layout(self) -> Layout:
        """Its tiles' places as a draft, to rearrange from a script; `Layout.save` sends it.

        One request when it is first used; it counts as opening.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     layout = ph.dashboard("Growth overview").layout
        ...     layout.move("Browsers", x=0, y=1).pending["name"].tolist()[0]
        'Weekly actives'
        """
        if self._layout is None:
            from dashwidgets.layout.layout import Layout

            self._layout = Layout(self._client, self.id)
        return self._layout

    def arrange(self, save: Literal["click", "immediately"] = "click") -> Arranger:
        """A widget to rearrange it by mouse, touch or keyboard.

        One request; it counts as opening. Nothing is written before ``arranger.save()`` or a
        click on Save, unless ``save="immediately"``.
        """
        from dashwidgets.widgets.arrange.widget import Arranger

        return Arranger(self._client, self.id, url=self.url, save=save)


def watch(
    boards: Sequence[BoardWidgets],
    *,
    refresh: Refresh | None = "blocking",
    filters: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
    layout: LayoutSize = "sm",
    every: str | timedelta | None = None,
) -> Watch:
    """Watch several dashboards in one widget, a section each; options as in `Dashboard.watch`."""
    from dashwidgets.widgets.watch.feed import Options
    from dashwidgets.widgets.watch.widget import Watch

    held = list[object](boards)  # from a notebook, anything may come
    if not held or not all(isinstance(board, BoardWidgets) for board in held):
        raise ConfigurationError("Watch at least one dashboard: dw.watch([ph.dashboard(7), …]).")
    # By address: two projects may have a dashboard of the same id.
    if len({board.url for board in boards}) < len(boards):
        raise ConfigurationError("Each dashboard can be watched once in a view.")
    overrides(refresh, filters, variables)  # bad input fails here, not in a thread
    if layout not in ("sm", "xs"):
        raise ConfigurationError(f'layout must be "sm" or "xs", not {layout!r}.')
    options = Options(refresh, filters, variables, layout)
    return Watch([board._watched() for board in boards], options, every)  # pyright: ignore[reportPrivateUsage]
