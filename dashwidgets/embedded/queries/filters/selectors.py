"""CSS selectors as regular expressions over an element chain.

A chain is the text of the clicked element and those around it, the innermost first:
``a.button:href="/x"text="Go";div:attr_id="menu";body``. Classes and attributes are sorted by name.
"""

from __future__ import annotations

import re

from dashwidgets.embedded.queries.problem import unsupported

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_REST = rf'(?:[^;"]|{_QUOTED})*?'
_PART = re.compile(
    r"""(?P<tag>^[A-Za-z][\w-]*|^\*)|\.(?P<cls>[\w-]+)|\#(?P<id>[\w-]+)"""
    r"""|\[(?P<attr>[\w-]+)(?:=(?P<quote>["']?)(?P<value>.*?)(?P=quote))?\]"""
    r"""|:nth-child\((?P<nth>\d+)\)"""
)
_TOKENS = re.compile(r"""\s*>\s*|\s+(?=[^\]]*(?:\[|$))""")


def chain_pattern(selector: str) -> str:
    """The expression that a chain matches when it holds an element that a selector selects."""
    text = selector.strip()
    parts = [part for part in _TOKENS.split(text) if part]
    joints = [">" in joint for joint in _TOKENS.findall(text)]
    if not parts or len(joints) != len(parts) - 1:
        raise unsupported(f"the selector {selector!r}")
    # From the last part: a chain begins with the element that was clicked, its ancestors follow.
    found = _element(parts[-1], selector)
    for part, is_child in zip(reversed(parts[:-1]), reversed(joints), strict=True):
        between = ";" if is_child else rf";(?:{_REST};)*?"
        found += between + _element(part, selector)
    return f"(?:^|;){found}(?:;|$)"


def tag_pattern(tag: str) -> str:
    """The expression that a chain with an element of this tag matches."""
    return rf"(?:^|;){re.escape(tag)}(?:[.:;]|$)"


def _element(part: str, selector: str) -> str:
    """One element of a chain."""
    tag, classes, attributes, end = r"[^;:.]*", list[str](), list[tuple[str, str | None]](), 0
    for match in _PART.finditer(part):
        if match.start() != end:
            break
        end = match.end()
        if match["tag"]:
            tag = tag if match["tag"] == "*" else re.escape(match["tag"])
        elif match["cls"]:
            classes.append(match["cls"])
        elif match["id"]:
            attributes.append(("attr_id", match["id"]))
        elif match["nth"]:
            attributes.append(("nth-child", match["nth"]))
        else:
            key = match["attr"]
            attributes.append(("attr_id" if key == "id" else key, match["value"]))
    if end != len(part):
        raise unsupported(f"the selector {selector!r}")
    # Sorted, as the server writes classes and attributes into the chain.
    found = tag + "".join(rf"(?:\.[^;:.]+)*?\.{re.escape(one)}" for one in sorted(classes))
    wanted = "".join(_attribute(key, value) + _REST for key, value in sorted(attributes))
    # A class or a tag must end where it is said to.
    return found + (rf"(?:\.[^;:]*)?:{_REST}{wanted}" if wanted else rf"(?:[.:]{_REST})?")


def _attribute(key: str, value: str | None) -> str:
    """``href`` and ``text`` have names of their own in a chain, others begin with ``attr__``."""
    known = key in ("attr_id", "nth-child", "href", "text")
    name = re.escape(key) if known else f"attr__{re.escape(key)}"
    return f"{name}=" + (_QUOTED if value is None else f'"{re.escape(value)}"')
