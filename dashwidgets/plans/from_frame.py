"""Compare an edited frame with its original: which cells were changed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.frames.baseline import NAME, Baseline
from dashwidgets.plans import fields
from dashwidgets.plans.change import Change

EDITABLE: Mapping[str, tuple[str, ...]] = {
    "dashboards": (*fields.BOARD, fields.PUBLIC),
    "tiles": fields.TILE,
}
REQUIRED = ("name", "pinned", "tags", "restriction_level", fields.PUBLIC, fields.PLACE)
READ_ONLY = "PostHog sets this column, so it can't be edited"


@dataclass(frozen=True)
class Edited:
    """Changed cells, and what was ignored."""

    changes: list[Change]
    notes: list[str]


def edited_cells(client: Client, frame: pd.DataFrame, since: pd.DataFrame | None) -> Edited:
    """Cells of a frame that differ from what it was read as; rows left out are left alone.

    Raises `ConfigurationError`, before anything is sent, for a frame that is not this project's,
    does not remember what it was, or can't be matched row by row and column by column.
    """
    if not isinstance(cast("object", frame), pd.DataFrame):
        raise ConfigurationError(f"Give an edited frame, not {type(frame).__name__}.")
    origin = frame if since is None else since
    was = origin.attrs.get(NAME)
    if not isinstance(was, Baseline) or was.kind not in EDITABLE:
        raise ConfigurationError(
            "This frame does not remember what it was read from: edit a copy of ph.dashboards() "
            "or ph.tiles(), or give that as since=."
        )
    for name, mine in (("host", client.host), ("project_id", client.project_id)):
        # pandas drops attrs in many operations: only a project that is named and differs is
        # refused.
        theirs = origin.attrs.get(name)
        if theirs is not None and str(theirs) != str(mine):
            raise ConfigurationError(
                f"The frame belongs to another project: its {name} is {theirs}."
            )
    frame = _with_id_column(frame)
    notes = _check_columns(was, frame)
    ids = _ids(was, frame)
    before = was.rows.set_index("id")
    changes: list[Change] = []
    named = before["name" if was.kind == "dashboards" else "dashboard"]
    names: dict[int, Any] = dict(zip(before.index, named, strict=True))
    places: dict[int, Any] = (
        dict(zip(before.index, before[fields.PLACE], strict=True)) if was.kind == "tiles" else {}
    )
    for name in before.columns:
        if name not in frame.columns:
            continue
        # By id, not by row: users sort, filter and merge before they come back.
        olds = dict(zip(before.index, before[name], strict=True))
        for key, value in zip(ids, frame[name], strict=True):
            one = _cell(was.kind, str(name), key, plain(olds[key]), plain(value), names)
            if one is not None:
                if was.kind == "tiles":
                    one.dashboard = int(places[key])
                    one.tile = key
                changes.append(one)
    return Edited(changes, notes)


def plain(value: Any) -> Any:
    """A cell as a JSON value: missing is None, numbers and times are Python's."""
    if isinstance(value, tuple):
        return list(cast("tuple[Any, ...]", value))
    if isinstance(value, np.ndarray):
        return cast("Any", value).tolist()
    if isinstance(value, list | set | dict):
        return cast("Any", value)
    # After the containers: pandas answers for each element of those.
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return cast("Any", value).item() if isinstance(value, np.generic) else value


def _cell(
    kind: str, name: str, key: int, old: Any, new: Any, names: Mapping[int, Any]
) -> Change | None:
    who = plain(names.get(key))
    if name not in EDITABLE[kind]:
        if old == new:
            return None
        return Change(key, who, None, name, old, new, "refused", READ_ONLY)
    # A missing tags cell equals no tags, but is more often a slip of merge() than a wish to clear.
    if fields.same(name, old, new) and not (name == "tags" and not isinstance(new, list)):
        return None
    where = f"{'Dashboard' if kind == 'dashboards' else 'Tile'} {key}"
    if new is None and name in REQUIRED:
        empty = ': "" clears it' if name == "name" else ""
        raise ConfigurationError(f"{where}: {name} is missing, and may not be{empty}.")
    if new is None and name in fields.BOX:
        raise ConfigurationError(f"{where}: {name} is missing: a tile's position can't be removed.")
    try:
        kept = fields.as_kept(name, "" if new is None and name != fields.COLOR else new)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error}") from error
    if fields.same(name, old, kept):
        return None
    return Change(key, who, None, name, old, kept)


def _with_id_column(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose index says which row is which, with that level as a column again."""
    if "id" not in frame.columns and "id" in frame.index.names:
        return frame.reset_index("id")
    return frame


def _check_columns(was: Baseline, frame: pd.DataFrame) -> list[str]:
    known = [str(name) for name in was.rows.columns]
    found = [str(name) for name in frame.columns]
    if len(set(found)) != len(found):
        twice = next(name for name in found if found.count(name) > 1)
        raise ConfigurationError(f"The column {twice!r} occurs twice.")
    missing = [name for name in known if name not in found]
    unknown = [name for name in found if name not in known]
    for name in unknown:
        # A typo in a column's name would otherwise be an edit that silently does nothing.
        close = difflib.get_close_matches(name, EDITABLE[was.kind], 1)
        gone = [column for column in missing if column in (*EDITABLE[was.kind], "id")]
        meant = close or gone
        if meant:
            raise ConfigurationError(
                f"The column {name!r} is not known: if it is {meant[0]!r}, give it that name back; "
                "else drop it."
            )
    if "id" not in found:
        raise ConfigurationError("The column id is missing: it identifies the rows.")
    return [
        f"The column {name!r} does not exist on the server and was ignored." for name in unknown
    ]


def _ids(was: Baseline, frame: pd.DataFrame) -> list[int]:
    ids: list[int] = []
    known = set(was.rows["id"].tolist())
    for value in frame["id"]:
        key = plain(value)
        # merge() and reindex() turn whole numbers into floats.
        key = int(key) if isinstance(key, float) and key.is_integer() else key
        if isinstance(key, bool) or not isinstance(key, int):
            raise ConfigurationError(f"{key!r} in the column id is not a valid id.")
        if key not in known:
            raise ConfigurationError(
                f"The row with id {key} is not one the frame was read with: it may belong to "
                "another project. Rows can't be added here."
            )
        ids.append(key)
    if len(set(ids)) != len(ids):
        twice = next(key for key in ids if ids.count(key) > 1)
        raise ConfigurationError(f"The id {twice} is in the frame twice.")
    return ids
