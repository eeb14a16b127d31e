"""Rename a name in a query: JSON values at their pointer, SQL at its token, nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from dashwidgets.references.matching import may_mean
from dashwidgets.references.pointers import parts_of, value_at, with_value
from dashwidgets.references.queries.kinds import references
from dashwidgets.references.reference import EVENT, FORMULA, Reference
from dashwidgets.references.sql.parse import is_exact
from dashwidgets.references.sql.tokens import quoted_texts, unquoted, written


@dataclass(frozen=True)
class Renamed:
    """A query after a rename.

    Attributes
    ----------
    query : object
        The same object where nothing changed.
    changed : int
        Places that were renamed.
    refused : list of (str, str)
        Places that could not be, and why.
    """

    query: Any
    changed: int
    refused: list[tuple[str, str]]


def rename(query: Any, legacy: Any, kinds: Collection[str], old: str, new: str) -> Renamed:
    """A copy of a query in which one name became another.

    Only what is certain changes. Renaming back gives the same query to the byte, unless it used
    the new name before.

    Examples
    --------
    >>> query = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]}
    >>> rename(query, None, {"event"}, "signed_up", "signup").query["series"][0]["event"]
    'signup'
    """
    found = references(query, legacy)
    refused: list[tuple[str, str]] = []
    edits: dict[str, list[Reference]] = {}
    for one in found.references:
        # A formula names a series by its letter, which stays when the event is renamed.
        if one.kind not in kinds or one.role == FORMULA:
            continue
        if one.certain and one.name == old:
            if one.pointer.startswith("/filters/") and not query:
                refused.append(
                    (one.where, "an insight in the old format: open it in PostHog and save it")
                )
            else:
                # By pointer, because one SQL text may hold the name several times.
                edits.setdefault(one.pointer, []).append(one)
        elif one.name == old or (not one.certain and may_mean(one.name, old)):
            refused.append((one.where, _why(one)))
    for pointer, _, text in found.texts:
        if any(name == old for _, _, name in quoted_texts(text)):
            refused.append((pointer, "it can't be read and may contain the name"))
    made, changed = query, 0
    for pointer, places in edits.items():
        value = value_at(made, pointer)
        after = _sql(value, places, old, new) if places[0].line else _json(value, old, new)
        if after is None:
            refused += [(one.where, "the name is written differently there") for one in places]
            continue
        made = with_value(made, parts_of(pointer), after)
        changed += len(places)
        if EVENT in kinds and pointer.endswith("/event"):
            made = _label(made, pointer, old, new)
    # The proof: read again, the result must name the new where the old was; else nothing is sent.
    if changed and not _holds(made, legacy, kinds, new, changed):
        reason = "the result would not mean the same"
        return Renamed(query, 0, [*refused, *((key, reason) for key in edits)])
    return Renamed(made, changed, refused)


def _json(value: Any, old: str, new: str) -> Any:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(new) if str(value) == old and new.isdecimal() else None
    return new if value == old else None


def _sql(text: Any, places: list[Reference], old: str, new: str) -> str | None:
    """The text with other tokens, the last first; None where a token is not the name."""
    if not isinstance(text, str):
        return None
    # From the end, so that earlier offsets stay right.
    for one in sorted(set(places), key=lambda place: -place.start):
        token = text[one.start : one.end] if one.start >= 0 else ""
        if not token or unquoted(token) != old:
            return None
        after = new if token.isdecimal() and new.isdecimal() else written(new, token)
        text = f"{text[: one.start]}{after}{text[one.end :]}"
    return text


def _label(query: Any, pointer: str, old: str, new: str) -> Any:
    """PostHog also stores an event's name as the label of its series."""
    label = f"{pointer.removesuffix('/event')}/name"
    return with_value(query, parts_of(label), new) if value_at(query, label) == old else query


def _holds(query: Any, legacy: Any, kinds: Collection[str], new: str, changed: int) -> bool:
    """Whether the new name is read where the old one was."""
    after = references(query, legacy)
    mine = [one for one in after.references if one.kind in kinds and one.name == new]
    return sum(one.certain and one.role != FORMULA for one in mine) >= changed


def _why(one: Reference) -> str:
    if not one.line and one.start < 0 and not is_exact() and one.role == "SQL":
        return "SQL that was not read with PostHog's parser (Python 3.12 or later has it)"
    if one.name.isprintable() and ("%" in one.name or "*" in one.name):
        return f"the pattern {one.name!r} may match it"
    return "it may mean the name, but not certainly"
