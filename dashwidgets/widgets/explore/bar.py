"""The bar above the explorer: pending changes, their price, Apply and Undo."""

# pyright: basic
# ipywidgets has no types.
from __future__ import annotations

import threading
from collections.abc import Callable

from ipywidgets import HTML, Button, Layout

from dashwidgets.api.client import Client
from dashwidgets.bulk.progress import price
from dashwidgets.widgets.explore import pages
from dashwidgets.widgets.explore.pending import Collected
from dashwidgets.widgets.shared.ipywidgets import HBox


class Bar(HBox):
    """Buttons, and a line that opens to every change."""

    def __init__(self, client: Client, apply: Callable[[], None], undo: Callable[[], None]) -> None:
        self._client = client
        self._said = HTML(
            pages.PLACES, layout=Layout(flex="1 1 auto", min_width="0", margin="6px 8px")
        )
        self._apply = Button(description="Apply", disabled=True)
        self._undo = Button(description="Undo", disabled=True)
        self._apply.layout.flex = self._undo.layout.flex = "0 0 auto"
        self._apply.layout.width = self._undo.layout.width = "88px"
        self._apply.on_click(lambda _: _later(apply))
        self._undo.on_click(lambda _: _later(undo))
        super().__init__(
            [self._said, self._apply, self._undo],
            layout=Layout(align_items="flex-start", overflow="visible", flex="0 0 auto"),
        )

    def shows(self, collected: Collected, working: str = "") -> None:
        """Show the pending changes; while some are being sent, both buttons are off."""
        frame = collected.pending
        rows = frame.astype(object).itertuples(index=False, name=None)
        self._said.value = pages.PLACES + pages.summary(
            working or self._line(collected, len(frame), frame["dashboard"].nunique()),
            rows,
            collected.trouble,
        )
        self._apply.disabled = bool(working) or frame.empty
        # The one accent is for what is not sent yet.
        self._apply.button_style = "" if self._apply.disabled else "primary"
        self._undo.disabled = bool(working) or not collected.can_undo
        sends = frame.empty and bool(collected.sent)
        self._undo.tooltip = "Revert what was sent last" if sends else "Undo the last step"

    def _line(self, collected: Collected, changes: int, boards: int) -> str:
        if not changes:
            return "Sent. Undo reverts it." if collected.sent else "No pending changes."
        what = "1 change" if changes == 1 else f"{changes:,} changes"
        where = "1 dashboard" if boards == 1 else f"{boards:,} dashboards"
        return f"{what} on {where}, not sent yet: {price(self._client, collected.requests)}."


def _later(call: Callable[[], None]) -> None:
    """In a thread, so that the kernel stays responsive and the bar can show progress."""
    threading.Thread(target=call, name="dashwidgets-explore", daemon=True).start()
