"""Write the TypeScript that must agree with Python: the state's types, the table of results.

``python -m dashwidgets.widgets.shared.typescript``
"""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from dashwidgets.frames.results import kinds
from dashwidgets.widgets.shared.state import STATES
from dashwidgets.widgets.shared.state.browse import BrowseState, Copied, SmallTile
from dashwidgets.widgets.shared.state.watch import Snapshot, WatchState

SOURCES = Path(__file__).parents[3] / "js" / "src"
KINDS = SOURCES / "charts" / "kinds.ts"
HEADER = "// Generated from dashwidgets/{}: python -m dashwidgets.widgets.shared.typescript\n"

_PLAIN = {
    int: "number",
    float: "number",
    str: "string",
    bool: "boolean",
    bytes: "DataView",
    Any: "unknown",
}
_BESIDE: dict[type, tuple[type, ...]] = {
    WatchState: (Snapshot,),
    BrowseState: (SmallTile, Copied),
}
"""What the bytes of a state are once read, and what a view's requests are answered with."""


def typescript(root: type) -> str:
    """TypeScript of a state and of every type it is made of, each before its first use."""
    written: dict[type, str] = {}
    _interface(root, written)
    for more in _BESIDE.get(root, ()):
        _interface(more, written)
    source = f"{root.__module__.removeprefix('dashwidgets.').replace('.', '/')}.py"
    return HEADER.format(source) + "".join(written.values())


def _interface(of: type, written: dict[type, str]) -> str:
    if of not in written:
        fields = get_type_hints(of)
        lines = [f"  {name}: {_type(hint, written)};\n" for name, hint in fields.items()]
        written[of] = f"\nexport interface {of.__name__} {{\n{''.join(lines)}}}\n"
    return of.__name__


def _type(hint: Any, written: dict[type, str]) -> str:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is type(None):
        return "null"
    if is_typeddict(hint):
        return _interface(hint, written)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " | ".join(_type(argument, written) for argument in arguments)
    if origin is Literal:
        return " | ".join(f'"{argument}"' for argument in arguments)
    if origin is list:
        inner = _type(arguments[0], written)
        # ``A | B[]`` would be an A, or a list of B.
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if origin is dict:
        return f"Record<string, {_type(arguments[1], written)}>"
    raise TypeError(f"State may not hold {hint!r}: the view would not know its shape.")


def kinds_table() -> str:
    """TypeScript of the table of results."""
    shapes, drawings = (
        " | ".join(f'"{name}"' for name in names) for names in (kinds.SHAPES, kinds.DRAWINGS)
    )
    rows = "".join(
        f'  ["{kind.query}", "{" ".join(kind.displays)}", "{kind.shape}", "{kind.drawing}"'
        f"{', true' if kind.compared else ''}],\n"
        for kind in kinds.KINDS
    )
    return (
        HEADER.format("frames/results/kinds.py")
        + f"\nexport type ShapeName = {shapes};\nexport type DrawingName = {drawings};\n"
        "\n/** Query, displays (first an empty one: none is set; *: any), shape, drawing,\n"
        " * whether a second period may follow the first. */\n"
        "export const KINDS: readonly [string, string, ShapeName, DrawingName, true?][] = "
        f'[\n{rows}];\n\nexport const LEGACY = "{" ".join(kinds.LEGACY)}".split(" ");\n'
    )


if __name__ == "__main__":
    KINDS.write_text(kinds_table())
    for _name, _root in STATES.items():
        (SOURCES / _name / "state.ts").write_text(typescript(_root))
