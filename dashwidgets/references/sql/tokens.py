"""Names as they are written in SQL: find the token of a name, and write another in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PART = re.compile(r"""`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"|[^\s.?`"]+""", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_ESCAPES = {
    "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "v": "\v",
}  # fmt: skip
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNSAFE = re.compile(r"[\\'\b\f\n\r\t\0\a\v]")
_WRITTEN = {sign: f"\\{letter}" for letter, sign in _ESCAPES.items()} | {"\\": "\\\\", "'": "\\'"}
# Words that a part of a dotted name may not be without quotes.
_RESERVED = frozenset(("select", "from", "where", "in", "and", "or", "not", "as", "end", "null"))


def parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the parts of a dotted name begin and end."""
    return [(start + one.start(), start + one.end()) for one in _PART.finditer(text[start:end])]


def position(
    text: str, node: Mapping[str, Any], part: int | None = None
) -> tuple[int, int, int, int]:
    """Begin, end, line and column of a node, or of one part of a dotted name.

    The first is -1 where the token is unknown; all but the last two, where nothing is known.
    """
    begin, stop = node.get("start"), node.get("end")
    if not begin or not stop:
        return -1, -1, 0, 0
    start, end = int(begin["offset"]), int(stop["offset"])
    if part is not None:
        tokens = parts(text, start, end)
        # A comment between the parts, say: the reference is kept, but it can't be renamed.
        start, end = tokens[part] if len(tokens) == len(node["chain"]) else (-1, start)
    at = start if start >= 0 else end
    return start, end, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def unquoted(token: str) -> str:
    """The name that a token of SQL means."""
    quote = token[:1]
    if len(token) < 2 or quote not in "`'\"" or token[-1] != quote:
        return token
    inside = token[1:-1].replace(quote * 2, quote)
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), inside)


def written(name: str, token: str) -> str:
    """A name in the way that a token is written; quoted where it has to be.

    Double quotes come and go with the need for them, others stay: so that the way back from
    ``b`` over ``"a b"`` ends where it began.

    >>> written("it's", "'signed_up'"), written("a b", "$browser"), written("b", '"a b"')
    ("'it\\\\'s'", '"a b"', 'b')
    """
    quote = token[:1]
    if quote not in "`'":
        if _PLAIN.fullmatch(name) and name.lower() not in _RESERVED:
            return name
        quote = '"'
    inside = _UNSAFE.sub(lambda found: _WRITTEN[found[0]], name) if quote == "'" else name
    if quote != "'":
        inside = inside.replace("\\", "\\\\").replace(quote, quote * 2)
    return f"{quote}{inside}{quote}"


def quoted_texts(text: str) -> list[tuple[int, int, str]]:
    """Strings and names of a text that is no SQL: where each is, and what it says."""
    found: list[tuple[int, int, str]] = []
    for one in _WORD.finditer(text):
        found.append((one.start(), one.end(), unquoted(one[0])))
    return found


_WORD = re.compile(
    r"""'(?:[^'\\\n]|\\.|'')*'|`(?:[^`\\\n]|\\.)*`|"(?:[^"\\\n]|\\.)*"|[A-Za-z_$][\w$]*"""
)
