"""The base of every widget: closing one also closes everything it made.

It is closed when the cell that made it runs again.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, ClassVar

from dashwidgets.api.transport import writes
from dashwidgets.api.transport.writes import Written
from dashwidgets.widgets.shared.output_cells import replaces
from dashwidgets.widgets.shared.replies import Replies

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from traitlets import HasTraits

    class AnyWidget(HasTraits):
        """What is used here of anywidget's class, whose own base has no types."""

        comm: Any
        layout: Any

        def close(self) -> None: ...
        def send(self, content: Any, buffers: Any = None) -> None: ...
        def send_state(self, key: str | None = None) -> None: ...
        def on_msg(self, callback: Callable[[Any, Any, Any], object]) -> None: ...
        def hold_sync(self) -> AbstractContextManager[None]: ...

else:
    from anywidget import AnyWidget

log: logging.Logger = logging.getLogger("dashwidgets")

FROM_IPYWIDGETS = ("close", "layout", "observe", "on_msg", "unobserve")


class DashWidget(AnyWidget):
    """A widget that closes its layout as well, and hears of writes by other code."""

    documented: ClassVar[tuple[str, ...]] = ()
    """Traits for users; the others are between Python and the view."""
    _replies: Replies | None = None

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)  # pyright: ignore[reportUnknownMemberType]
        replaces(self.close)

    def close(self) -> None:
        """Take the widget out of the notebook, with its layout."""
        # First: a write heard while it is closing would set traits of a closed widget.
        writes.forget(self._heard)
        if self._replies is not None:
            self._replies.close()
        if self.comm is None:  # closed before, or never opened
            return
        layout: Any = self.layout
        super().close()
        if layout is not None:
            layout.close()  # or its comm stays

    def listens(self, host: str, project_id: int | str) -> None:
        """Hear what others in this process write to dashboards of a project."""
        writes.listen(host, project_id, self._heard)

    def _heard(self, written: Written) -> None:
        """Take note of a write; what goes wrong here is not the writer's fault."""
        if self.comm is None:
            return
        try:
            self._written(written)
        except Exception:
            log.exception("%r did not take note of a write", type(self).__name__)

    def _written(self, written: Written) -> None:
        """Somebody wrote to a dashboard of the project; it may have been this widget."""

    def __dir__(self) -> list[str]:
        own = {
            name
            for kind in type(self).__mro__
            if kind.__module__.startswith("dashwidgets.")
            for name, value in vars(kind).items()
            if callable(value) or isinstance(value, property)
        }
        hidden = {"documented", "listens"}
        names = own | set(self.documented) | set(FROM_IPYWIDGETS)
        return sorted(name for name in names - hidden if not name.startswith("_"))
