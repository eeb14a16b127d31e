"""What a notebook shows where widgets can't run: on GitHub, in nbconvert, untrusted.

Plain tables without a script. Nothing in them depends on the clock, so that a notebook that runs
again has the same output.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, cast

import pandas as pd

EVERYONE = 21
"""The restriction level at which everyone can edit (contract 8.11)."""
STYLE = (
    "<style>.dw-static table{border-collapse:collapse}"
    ".dw-static.dw-static :is(th,td){text-align:left;padding:.2em .9em .2em 0;max-width:28em;"
    "overflow-wrap:anywhere;vertical-align:top}</style>"
)
LONGEST = 120
"""Characters of a text that are shown."""


def with_html(bundle: Any, html: str) -> Any:
    """A widget's mimebundle with HTML beside the view."""
    if bundle is None:
        return None
    data, metadata = cast("tuple[dict[str, Any], Any]", bundle)
    return data | {"text/html": html}, metadata


def dashboards_html(
    frame: pd.DataFrame,
    listing: Mapping[str, Any],
    report: Mapping[str, Any] | None,
    most: int,
) -> str:
    """The first dashboards of a list, and how many there are."""
    found: dict[int, list[str]] = {}
    for finding in report["findings"] if report else ():
        rules = found.setdefault(finding["dashboard_id"], [])
        if finding["rule"] not in rules:
            rules.append(finding["rule"])
    unevaluated = set(report["unevaluated"]) if report else set[int]()
    head = ["Dashboard", "Description", "Owner", "Tags", "Marks", *(["Findings"] if report else [])]
    names = ("id", "name", "description", "owner", "tags", "pinned", "public")
    columns = (frame[name].head(most).tolist() for name in names)
    rows: list[list[str]] = []
    for key, name, description, owner, tags, pinned, public in zip(*columns, strict=True):
        # ``is True``: pandas' NA is neither, and has no truth value.
        marks = [word for word, has in (("pinned", pinned), ("public", public)) if has is True]
        row = [_text(name, "unnamed"), _text(description), _text(owner, "no owner")]
        row += [", ".join(tags), ", ".join(marks)]
        if report:
            row.append("not evaluated" if key in unevaluated else ", ".join(found.get(key, [])))
        rows.append(row)
    count, expected = listing["count"], listing["expected"]
    told = f"{len(rows)} of {count} dashboards shown"
    if not listing["complete"]:
        told += f"; the list is INCOMPLETE: {count} of {expected} were read"
    if len(rows) < count:
        told += ". Run the notebook to browse them all"
    return f'{STYLE}<div class="dw-static">{_table(head, rows)}<p>{escape(told)}.</p></div>'


def editor_html(state: Mapping[str, Any], unread: Mapping[str, str]) -> str:
    """A form's fields and values; ``unread`` says why some of them are unknown."""
    saved = state["saved"]
    names = {person["uuid"]: person["name"] for person in state["choices"].get("people", ())}
    invited = [names.get(key, key) for key in saved["collaborators"]]
    link = "open" if saved["sharing_enabled"] else "closed"
    fields = {
        "name": ("Name", saved["name"]),
        "description": ("Description", saved["description"]),
        "pinned": ("Pinned", "yes" if saved["pinned"] else "no"),
        "tags": ("Tags", ", ".join(saved["tags"])),
        "restriction_level": (
            "Who can edit",
            "everyone" if saved["restriction_level"] <= EVERYONE else "only collaborators",
        ),
        "collaborators": ("Collaborators", ", ".join(invited) or "none"),
        "sharing_enabled": ("Public link", link),
        "password_required": ("Password", "required" if saved["password_required"] else "none"),
    }
    rows = [
        [title, f"unknown: {unread[key]}" if key in unread else value]
        for key, (title, value) in fields.items()
    ]
    return (
        f'{STYLE}<div class="dw-static">{_table(["Field", "Saved value"], rows)}'
        f"<p>{_unsaved(len(state['changes']))}Run the notebook to edit them.</p></div>"
    )


def arrangement_html(frame: pd.DataFrame, pending: int) -> str:
    """Where a draft has its tiles, as in ``board.layout.to_frame()``."""
    columns = (frame[name].tolist() for name in ("name", "kind", "x", "y", "w", "h"))
    rows = [
        [_text(name, f"a {kind} tile"), kind, f"{w} x {h}", f"column {x}, row {y}"]
        for name, kind, x, y, w, h in zip(*columns, strict=True)
    ]
    return (
        f'{STYLE}<div class="dw-static">{_table(["Tile", "Kind", "Size", "Place"], rows)}'
        f"<p>{_unsaved(pending)}Run the notebook to rearrange them.</p></div>"
    )


def boards_html(names: Iterable[str]) -> str:
    """Which dashboards are watched. Their progress is left out: it differs in every run."""
    watched = ", ".join(f"<strong><bdi>{escape(_text(name))}</bdi></strong>" for name in names)
    return (
        f'<div class="dw-static"><p>{watched}: tiles are drawn where widgets run. '
        "Run the notebook to watch them arrive.</p></div>"
    )


def _unsaved(changes: int) -> str:
    if changes == 0:
        return ""
    return "1 change is not saved. " if changes == 1 else f"{changes} changes are not saved. "


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    body = "".join(
        "<tr>" + "".join(f"<td><bdi>{escape(_text(cell))}</bdi></td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _text(value: Any, missing: str = "") -> str:
    if value is None or value is pd.NA or value != value or value == "":
        return missing
    said = str(value)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
