"""The state that each widget shares with its view: one schema for Python and TypeScript.

``python -m dashwidgets.widgets.shared.typescript`` writes ``js/src/*/state.ts`` from it; a test
compares.
Keys, share tokens and passwords never belong here.
"""

from __future__ import annotations

from dashwidgets.widgets.shared.state.arrange import ArrangeState
from dashwidgets.widgets.shared.state.browse import BrowseState
from dashwidgets.widgets.shared.state.edit import EditState
from dashwidgets.widgets.shared.state.watch import WatchState

STATES: dict[str, type] = {
    "arrange": ArrangeState,
    "browse": BrowseState,
    "edit": EditState,
    "watch": WatchState,
}
"""The state of each widget, by the name of its bundle."""
