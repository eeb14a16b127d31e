"""Copies of a row's dashboard, to projects that have a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from dashwidgets.api.client import Client
from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.backups.restore import HasClient, copy
from dashwidgets.widgets.shared.state.browse import Copied

MakeCopy = Callable[[int], Copied]


def copies_to(client: Client, targets: Mapping[str, HasClient]) -> dict[str, MakeCopy]:
    """What copies a dashboard, by the name of the project that it goes to."""
    return {name: partial(_copied, client, target.client) for name, target in targets.items()}


def _copied(client: Client, target: Client, dashboard: int) -> Copied:
    done = copy(client, dashboard, target)
    # A refused copy raises nothing by itself: its reasons are notes.
    key = done.ids.get(str(dashboard))
    if key is None:
        raise UnexpectedAnswer(f"Not copied as a whole. {' '.join(done.notes)}")
    differ = len(done.rows)
    notes = [f"{differ} fields differ from the original."] if differ else []
    url = f"{target.host}/project/{target.project_id}/dashboard/{key}"
    return {"id": key, "url": url, "notes": [*done.notes, *notes]}
