"""What differs between two queries, as a plan's preview shows it."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.references.difference import differences

LONG = "SELECT count() FROM events WHERE event = 'signed_up' AND timestamp > today() - 30"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"b/c": 2}, [("/a", 1, None), ("/b~1c", None, 2)]),
        ([1, [2, 3]], [1, [2, 4]], [("/1/1", 3, 4)]),
        ([1], [1, 2], [("", [1], [1, 2])]),
        ({"a": "x"}, {"a": ["x"]}, [("/a", "x", ["x"])]),
        (LONG, LONG, []),
        # A line of a text of several: counted from 1, without what is the same at its ends.
        ("a\n  b\nc", "a\n  x\nc", [(":2", "b", "x")]),
        ("a\nb", "a\nb", []),
        ("a\nb\nc", "a\nc", [(":2", "b", "")]),
        ("a\nd", "a\nb\nc\nd", [(":2", "", "b\nc")]),
        ("a", "a\nb", [(":2", "", "b")]),
    ],
)
def test_each_value_that_differs_is_named(old: Any, new: Any, shown: list[Any]) -> None:
    assert differences(old, new) == shown


def test_what_moved_between_frequent_lines_is_found() -> None:
    old = "\n".join([f"f({n}),\n)" for n in range(150)])
    [(where, before, after)] = differences(old, old.replace("f(70),\n)", "f(70)"))
    assert (where, before, after) == (":141", "f(70),\n)", "f(70)")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (LONG, LONG.replace("signed_up", "joined"),
         ("… WHERE event = 'signed_up' AND timestamp …",
          "… WHERE event = 'joined' AND timestamp …")),
        (LONG, LONG.replace("SELECT count", "SELECT sum"),
         ("SELECT count() FROM events W…", "SELECT sum() FROM events W…")),
        (LONG, LONG.replace("30", "90"), ("…amp > today() - 30", "…amp > today() - 90")),
        (LONG, f"{LONG} LIMIT 5", ("…p > today() - 30", "…p > today() - 30 LIMIT 5")),
        ("ab" * 40, "ab" * 41, ("…abababababababab", "…ababababababababab")),
        ("x" * 61, "y", ("x" * 61, "y")),
    ],
)  # fmt: skip
def test_of_a_long_text_the_middle_is_shown(old: str, new: str, shown: tuple[str, str]) -> None:
    assert differences(old, new, "/query") == [("/query", *shown)]
    assert differences(new, old) == [("", *reversed(shown))]


def test_a_short_text_is_shown_whole() -> None:
    old, new = "x" * 60, "x" * 59 + "y"
    assert differences(old, new) == [("", old, new)]
