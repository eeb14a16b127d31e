"""Which values a field may have, when two are the same, and what PostHog would refuse."""

from __future__ import annotations

from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.plans import fields


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("name", "  Growth ", "Growth"),
        ("text", "  two\n", "  two\n"),
        ("tags", [" B", "a", "b"], ["b", "a"]),
        ("tags", {"b", "a"}, ["a", "b"]),
        ("tags", ("b", "a"), ["b", "a"]),
        ("restriction_level", 37.0, 37),
        ("x", 0, 0),
        ("color", None, None),
        ("color", " blue", "blue"),
        ("pinned", False, False),
        ("collaborator a@b.c", True, True),
        ("insight 5 query", {"kind": "HogQLQuery"}, {"kind": "HogQLQuery"}),
    ],
)
def test_a_value_is_kept_as_the_server_stores_it(field: str, given: Any, kept: Any) -> None:
    assert fields.as_kept(field, given) == kept
    assert type(fields.as_kept(field, given)) is type(kept)


@pytest.mark.parametrize(
    ("field", "given", "told"),
    [
        ("name", None, "must be a string"),
        ("tags", "a", "list of strings"),
        ("tags", ["a", 3], "3 is not a tag"),
        ("pinned", 1, "True or False"),
        ("public", "yes", "True or False"),
        ("collaborator a@b.c", None, "True or False"),
        ("x", True, "whole number"),
        ("y", 2.5, "whole number"),
        ("h", "3", "whole number"),
        ("insight 5 query", [1], "JSON object"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error(field: str, given: Any, told: str) -> None:
    with pytest.raises(dw.ConfigurationError, match=told):
        fields.as_kept(field, given)


@pytest.mark.parametrize(
    ("field", "most", "more", "told"),
    [
        ("name", "x" * 400, "x" * 401, "401 characters: PostHog allows 400"),
        ("text", "x" * 4000, "x" * 4001, "4001 characters: PostHog allows 4000"),
        ("color", "x" * 400, "x" * 401, "401 characters: PostHog allows 400"),
        ("color", None, "\0", "can't be sent"),
        ("text", " x", " \n", "non-empty"),
        ("description", "x" * 5000, "\ud800", "can't be sent"),
        ("tags", ["a"], ["a", ""], "must not be empty"),
        ("x", 11, 12, "12 columns"),
        ("x", 0, -1, "12 columns"),
        ("y", 10_000, 10_001, "12 columns"),
        ("w", 12, 13, "12 columns"),
        ("w", 1, 0, "at least 1 by 1"),
        ("h", 1, 0, "at least 1 by 1"),
        ("h", 10_000, 10_001, "at least 1 by 1"),
        ("restriction_level", 21, 22, "21 .everyone can edit. or 37"),
        ("restriction_level", 37, 0, "21 .everyone can edit. or 37"),
    ],
)
def test_the_last_value_that_posthog_takes_and_the_first_it_refuses(
    field: str, most: Any, more: Any, told: str
) -> None:
    import re

    assert fields.refusal(field, most) == ""
    assert re.search(told, fields.refusal(field, more))


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("tags", ["a", "b"], ["b", "a"], True),
        ("tags", None, [], True),
        ("tags", ["a"], ["a", "a"], False),
        ("tags", ["a", 3], [3, "a"], True),
        ("name", None, "", True),
        ("name", "", "x", False),
        ("color", None, "", True),
        ("color", "blue", None, False),
        ("pinned", None, False, False),
        ("insight 5 query", {"a": [{"b": None}], "version": 2}, {"a": [{}]}, True),
        ("insight 5 query", {"a": [{"b": 0}]}, {"a": [{}]}, False),
        ("insight 5 query", {"a": 1}, {"a": 1, "b": None, "c": None}, True),
    ],
)
def test_what_counts_as_the_same(field: str, one: Any, other: Any, same: bool) -> None:
    assert fields.same(field, one, other) is same
    assert fields.same(field, other, one) is same


def test_a_board_and_a_tile_are_read_by_field() -> None:
    board = {"is_shared": 1, "tags": None, "pinned": None, "restriction_level": None, "name": "N"}
    names = ("public", "tags", "pinned", "restriction_level", "name")
    assert [fields.board_value(board, name) for name in names] == [True, [], False, 21, "N"]
    tile = {"layouts": {"sm": {"x": 3}}, "color": "blue", "text": {"body": "B"}}
    assert [fields.tile_value(tile, name) for name in ("x", "y", "color", "text")] == [
        3, None, "blue", "B",
    ]  # fmt: skip
    assert fields.insight_of("insight 12 query") == 12
    assert fields.insight_of("insight 12 query at /source") is None
    assert fields.is_refused_place("insight 12 query at /source")
    assert not fields.is_refused_place("insight 12 query")
    assert fields.person_of("collaborator a@b.c") == "a@b.c"
    assert fields.person_of("name") is None
