"""Steps to undo and redo."""

from __future__ import annotations

from collections.abc import Callable

from dashwidgets.layout.board import DraftTile, by_id

Draft = list[DraftTile]


class History:
    """Whole drafts; the one that is next is last."""

    def __init__(self) -> None:
        self.past: list[Draft] = []
        self.future: list[Draft] = []

    def push(self, draft: Draft) -> None:
        """Record that a step was made from a draft."""
        self.past.append(draft)
        # As in every editor: a new step makes what was undone unreachable.
        self.future.clear()

    def back(self, now: Draft) -> Draft:
        """The previous draft; the same if there is none."""
        return _travel(self.past, self.future, now)

    def on(self, now: Draft) -> Draft:
        """The draft that was undone last; the same if there is none."""
        return _travel(self.future, self.past, now)

    def rewrite(self, change: Callable[[Draft], Draft], now: Draft) -> None:
        """Rebase every draft on a dashboard that changed; steps without effect are dropped."""
        self.past = _steps([change(draft) for draft in self.past], now)
        self.future = _steps([change(draft) for draft in self.future], now)


def _travel(here: list[Draft], there: list[Draft], now: Draft) -> Draft:
    if not here:
        return now
    there.append(now)
    return here.pop()


def _steps(drafts: list[Draft], now: Draft) -> list[Draft]:
    kept: list[Draft] = []
    # From the newest: a step counts only if it differs from the one after it.
    for draft in reversed(drafts):
        if by_id(draft) != by_id(kept[-1] if kept else now):
            kept.append(draft)
    return kept[::-1]
