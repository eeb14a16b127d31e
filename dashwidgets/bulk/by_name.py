"""Which dashboard or tile of a list is meant by a name."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from dashwidgets.api.errors import AmbiguousName, NotFound


def named(
    name: str, rows: Collection[Mapping[str, Any]], *, thing: str = "dashboard", where: str = ""
) -> Mapping[str, Any]:
    """The only row of that exact name; ``thing`` and ``where`` say what is looked for.

    Raises
    ------
    NotFound
        There is none; names that are close are suggested.
    AmbiguousName
        Several have this name.
    """
    found = [row for row in rows if row.get("name") == name]
    if not found:
        names = [str(row["name"]) for row in rows if row.get("name")]
        close = difflib.get_close_matches(name, names)
        hint = f": did you mean {' or '.join(map(repr, close))}?" if close else ""
        if any(str(row["id"]) == name for row in rows):
            hint = f": did you mean the id {name}, a number?"
        raise NotFound(404, f"No {thing}{where} is called {name!r}{hint}")
    if len(found) > 1:
        ids = ", ".join(str(row["id"]) for row in found)
        several = f"{len(found)} {thing}s{where} are called {name!r}"
        raise AmbiguousName(f"{several}: give an id ({ids}).")
    return found[0]
