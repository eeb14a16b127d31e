"""Which dashboards a verb applies to, and the new value of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, cast

import pandas as pd

from dashwidgets.api.checks import checked_id
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.bulk.by_name import named

Which = Any
"""An id or exact name, several, a dashboard, a frame of ``ph`` or of findings, or a report."""
Text = str | Mapping[int, str] | Callable[[str], str]


def ids_of(which: Which, rows: Collection[Mapping[str, Any]] = ()) -> list[int]:
    """The ids of the dashboards meant, each once; names are those of ``rows``, a project's list.

    Raises `ConfigurationError` for what can't be the id of one, `NotFound` and `AmbiguousName`
    for a name.
    """
    if hasattr(which, "findings"):
        which = which.findings
    if isinstance(which, pd.DataFrame):
        # Tiles and findings have ids of their own, so a column dashboard_id comes first.
        name = "dashboard_id" if "dashboard_id" in which.columns else "id"
        if name not in which.columns:
            raise ConfigurationError("The frame has neither a column id nor dashboard_id.")
        which = which[name]
    if isinstance(which, pd.Series):
        which = cast("Any", which).dropna().tolist()
    if isinstance(which, int | str) or not isinstance(which, Iterable):
        which = [which]
    ids = [getattr(one, "id", one) for one in cast("Iterable[Any]", which)]
    found = (named(one, rows)["id"] if isinstance(one, str) else _whole(one) for one in ids)
    return list(dict.fromkeys(map(checked_id, found)))


def _whole(value: Any) -> Any:
    """A number of numpy, or a whole one that pandas made a float, as Python's."""
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def text_for(how: Text, dashboard: int, before: str) -> str:
    """The new text of a dashboard: the same for all, one of a mapping, or made of the old one."""
    if isinstance(how, str):
        return how
    if not callable(how):
        if dashboard not in how:
            raise ConfigurationError(f"Dashboard {dashboard} has no text in the mapping.")
        return how[dashboard]
    return how(before)


def tagged(before: list[str], tags: Iterable[str]) -> list[str]:
    """Tags with some added."""
    return list(dict.fromkeys([*before, *tags]))


def untagged(before: list[str], tags: Iterable[str]) -> list[str]:
    """Tags without some; ``*`` at the end of one stands for any ending."""
    words = list(tags)
    return [
        tag
        for tag in before
        if not any(tag.startswith(w[:-1]) if w.endswith("*") else tag == w for w in words)
    ]


def emails_of(people: Any) -> list[str]:
    """Emails: one, several, or a frame such as ``ph.members()``."""
    if isinstance(people, pd.DataFrame):
        people = people["email"].dropna().tolist()
    found: list[Any] = [people] if isinstance(people, str) else list(people)
    for one in found:
        if not isinstance(one, str) or "@" not in one:
            raise ConfigurationError(f"{one!r} is not an email: take it from ph.members().")
    return list(dict.fromkeys(found))
