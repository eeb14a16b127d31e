"""A plan as people read it, the old value struck through. Text from the server is escaped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, cast

from dashwidgets.display.text import shown
from dashwidgets.plans import fields
from dashwidgets.plans.change import Change
from dashwidgets.references.difference import differences

SHOWN = 40
"""Changes a notebook or terminal shows; ``.changes`` has them all."""

# Colors of the text around it, so that both themes are readable.
_STYLE = """
.dw-plan {font: 13px/1.45 system-ui, sans-serif; overflow-x: auto}
.dw-plan table {border-collapse: collapse; margin: .6em 0}
.dw-plan.dw-plan :is(th, td) {text-align: left; padding: .25em .9em .25em 0; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent)}
.dw-plan td {max-width: 26em; overflow-wrap: anywhere}
.dw-plan del {opacity: .6} .dw-plan ins {text-decoration: none; font-weight: 600}
.dw-plan .s {font-weight: 600; white-space: nowrap}
.dw-plan .s::before {content: ""; display: inline-block; width: .65em; height: .65em;
  border-radius: 50%; margin-right: .45em; background: #8a8f98}
.dw-plan .ready::before {background: #3b7dd8} .dw-plan .done::before {background: #2f9e60}
.dw-plan .conflict::before, .dw-plan .skipped::before {background: #d98600}
.dw-plan .refused::before, .dw-plan .failed::before {background: #d6373b}
"""


def page(changes: Iterable[Change], price: str, notes: Sequence[str]) -> str:
    """Every change on one page without a script, to be looked at before it is applied."""
    # Names come from other people; were one to get past the escaping, it could still run nothing.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width"><title>Plan</title>'
        "<style>:root{color-scheme:light dark}body{margin:2em auto;max-width:72em;padding:0 1em}"
        f"</style></head><body>{html(changes, price, notes, None)}</body></html>\n"
    )


def html(
    changes: Iterable[Change], price: str, notes: Sequence[str], most: int | None = SHOWN
) -> str:
    """A table for a notebook, or for a page that has all of it."""
    rows = list(changes)
    heads = ("dashboard", "what", "change", "state", "why")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(_row(one) for one in rows[:most]) if rows else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if rows else ""
    more = "" if most is None else _more(rows)
    tail = "".join(f"<p>{escape(line)}</p>" for line in [*([more] if more else []), *notes])
    title = escape(headline(rows, price))
    return f'<style>{_STYLE}</style><div class="dw-plan"><p><b>{title}</b></p>{table}{tail}</div>'


def text(changes: Iterable[Change], price: str, notes: Sequence[str]) -> str:
    """The same for a terminal, one line per change."""
    rows = list(changes)
    lines = [headline(rows, price)]
    for one in rows[:SHOWN]:
        why = f"  ({shown(one.reason)})" if one.reason else ""
        lines += [
            f"  {one.state:9}{one.dashboard:>7} {shown(one.dashboard_name or '', 28):28} "
            f"{_what(one):16} {where}{' ' if where else ''}{_text_change(old, new)}{why}"
            for where, old, new in _differences(one, 60)
        ]
    more = _more(rows)
    return "\n".join([*lines, *([more] if more else []), *notes])


def headline(changes: Sequence[Change], price: str) -> str:
    """The number of changes in each state, and what they cost."""
    boards = len({one.dashboard for one in changes})
    states = Counter(one.state for one in changes)
    said = ", ".join(f"{many:,} {state}" for state, many in states.items()) or "nothing"
    return (
        f"{len(changes):,} change{'' if len(changes) == 1 else 's'} "
        f"of {boards:,} dashboard{'' if boards == 1 else 's'}: {said}; {price}."
    )


def _row(one: Change) -> str:
    name = f"{shown(one.dashboard_name or '', 60)} ({one.dashboard})"
    change = "<br>".join(
        f"{f'<small>{escape(where)}</small> ' if where else ''}{_html_change(old, new)}"
        for where, old, new in _differences(one, 300)
    )
    return (
        f"<tr><td>{escape(name)}</td><td>{escape(_what(one))}</td>"
        f"<td>{change}</td>"
        f'<td class="s {one.state}">{one.state}</td><td>{escape(shown(one.reason, 300))}</td></tr>'
    )


def _text_change(old: str, new: str) -> str:
    """What a list lost or gained stands alone; every other change has two sides."""
    return f"~~{old}~~ -> {new}" if old and new else new or old


def _html_change(old: str, new: str) -> str:
    sides = [f"<del>{escape(old)}</del>" if old else "", f"<ins>{escape(new)}</ins>" if new else ""]
    return " → ".join(filter(None, sides))


def _what(one: Change) -> str:
    field = shown(one.field)
    return field if one.tile is None else f"tile {one.tile} {field}"


def _differences(one: Change, most: int) -> list[tuple[str, str, str]]:
    """Where, old and new: one line, or for a query one a place.

    Of a list only what goes and what comes: nobody compares two lists of tags by eye.
    """
    old: Any = one.old
    new: Any = one.new
    if isinstance(old, list) and isinstance(new, list):
        return [("", *_members(cast("list[Any]", old), cast("list[Any]", new), most))]
    if fields.insight_of(one.field) is None:
        return [("", _value(one.old, most), _value(one.new, most))]
    found = differences(one.old, one.new)
    return [(shown(where), _value(old, most), _value(new, most)) for where, old, new in found]


def _members(old: list[Any], new: list[Any], most: int) -> tuple[str, str]:
    gone = [f"- {word}" for word in old if word not in new]
    came = [f"+ {word}" for word in new if word not in old]
    if not gone and not came:  # another order
        return _value(old, most), _value(new, most)
    return shown(", ".join(gone), most), shown(", ".join(came), most)


def _value(value: Any, most: int = 60) -> str:
    if isinstance(value, str):
        return shown(value, most) or "(empty)"
    if isinstance(value, list):
        words: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return shown(", ".join(map(str, words)), most) or "(none)"
    words_of: dict[Any, str] = {None: "(none)", True: "yes", False: "no"}
    if value is None or isinstance(value, bool):
        return words_of[value]
    return shown(value if isinstance(value, int | float) else json.dumps(value), most)


def _more(rows: Sequence[Change]) -> str:
    left = len(rows) - SHOWN
    return f"… and {left:,} more in .changes." if left > 0 else ""
