"""JSON pointers: what they point at, and that nothing is there."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.references.pointers import MISSING, parts_of, value_at, with_value

DOCUMENT = {"a": [1, {"b/c": 2, "~1": 3}], "": 4}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOCUMENT),
        ("/a/0", 1),
        ("/a/1/b~1c", 2),
        ("/a/1/~01", 3),
        ("/", 4),
        ("/b", MISSING),
        ("/a/2", MISSING),
        ("/a/x", MISSING),
        ("/a/0/b", MISSING),
    ],
)
def test_a_pointer_leads_to_a_value_or_to_nothing(pointer: str, value: Any) -> None:
    assert value_at(DOCUMENT, pointer) == value


def test_a_copy_shares_all_but_the_way_to_its_value() -> None:
    document = {"a": [{"b": 1}, {"c": 2}], "d": {}}
    made = with_value(document, parts_of("/a/0/b"), 5)
    assert made == {"a": [{"b": 5}, {"c": 2}], "d": {}}
    assert document["a"] == [{"b": 1}, {"c": 2}]
    assert made["d"] is document["d"]
    assert made["a"][1] is document["a"][1]
