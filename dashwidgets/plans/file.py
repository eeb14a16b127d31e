"""A plan as CSV, to be reviewed in a spreadsheet and applied later."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.plans import fields
from dashwidgets.plans.change import COLUMNS, Change

HEAD = (*COLUMNS, "host", "project_id")


def write_plan(path: Path, client: Client, changes: Iterable[Change]) -> Path:
    """One row per change; values as JSON, names so that a spreadsheet computes nothing."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for one in changes:
            name = one.dashboard_name or ""
            # A leading = is a formula to a spreadsheet, and names are written by other people.
            safe = f"'{name}" if name[:1] in "=+-@\t\r" and name else name
            values = [json.dumps(value, ensure_ascii=False) for value in (one.old, one.new)]
            tile = "" if one.tile is None else one.tile
            state = (one.state, one.reason, client.host, client.project_id)
            writer.writerow([one.dashboard, safe, tile, one.field, *values, *state])
    return path


def read_plan(path: Path, client: Client) -> list[Change]:
    """The changes of a plan; their states are determined again.

    Raises `ConfigurationError` for a file that is not a plan, or of another project.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            head, rows = reader.fieldnames or (), list(reader)
    except (OSError, ValueError, csv.Error) as error:
        raise ConfigurationError(f"{path} can't be read as a plan: {error}.") from error
    if missing := [name for name in HEAD if name not in head]:
        raise ConfigurationError(f"{path} is not a plan: the column {missing[0]} is missing.")
    found: dict[Any, Change] = {}
    for line, row in enumerate(rows, 2):
        if fields.is_refused_place(row.get("field") or ""):
            continue  # shown for review only; there is nothing to send
        one = _change(row, f"{path}, line {line}", client)
        if one.key in found:
            raise ConfigurationError(f"{path}, line {line}: this cell is planned twice.")
        found[one.key] = one
    return list(found.values())


def _change(row: dict[str, Any], where: str, client: Client) -> Change:
    if missing := [name for name in HEAD if row.get(name) is None]:
        raise ConfigurationError(f"{where}: the {missing[0]} is missing.")
    if (row["host"], str(row["project_id"])) != (client.host, str(client.project_id)):
        raise ConfigurationError(
            f"{where}: it is for project {row['project_id']} of {row['host']}, "
            f"not for project {client.project_id} of {client.host}."
        )
    try:
        tile = int(row["tile"]) if row["tile"] else None
        old, new = json.loads(row["old"]), json.loads(row["new"])
        # Without the name: the one in the file may carry a quote, so it is taken from the server.
        one = Change(int(row["dashboard"]), None, tile, row["field"], old, new)
    except ValueError as error:
        raise ConfigurationError(f"{where}: a value can't be read: {error}.") from error
    known = fields.TILE if tile else (*fields.BOARD, fields.PUBLIC, fields.LINK, fields.DELETED)
    others = fields.person_of(one.field) or fields.insight_of(one.field) is not None
    if one.field not in known and not (tile is None and others):
        raise ConfigurationError(f"{where}: {one.field!r} can't be changed.")
    if one.field != fields.LINK:
        try:
            one.new = fields.as_kept(one.field, one.new)
        except ConfigurationError as error:
            raise ConfigurationError(f"{where}: {error}") from error
    return one
