"""What is refused before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.api import dashboards
from dashwidgets.api.errors import ConfigurationError


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "x" * 401}, "401 characters"),
        ({"name": 5}, "string"),
        ({"description": None}, "string"),
        ({"tags": "growth"}, r"\[\"growth\"\]"),
        ({"tags": [""]}, "non-empty"),
        ({"pinned": 1}, "True or False"),
        ({"restriction_level": 5}, "21 .* 37"),
        ({"filters": {}}, "ignores empty filters"),
        ({"filters": {"a": float("nan")}}, "NaN"),
        ({"filters": [1]}, "dict"),
        ({}, "Nothing to change"),
    ],
)
def test_a_bad_value_is_told_at_once(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        dashboards.update(7, **fields)


@pytest.mark.parametrize("bad", [0, -1, True, 1.5, "7", None])
def test_an_id_is_a_positive_whole_number(bad: Any) -> None:
    with pytest.raises(ConfigurationError, match="positive whole number"):
        dashboards.read(bad)


def test_only_what_is_given_is_sent_and_none_is_not_unset() -> None:
    assert dashboards.update(7, name=None, tags=["a"]).json == {"name": None, "tags": ["a"]}
    assert dashboards.create().json == {}


def test_overrides_travel_as_json_text() -> None:
    request = dashboards.read(7, refresh="blocking", filters_override={"date_from": "-7d"})
    assert request.params == {"refresh": "blocking", "filters_override": '{"date_from":"-7d"}'}
    with pytest.raises(ConfigurationError, match="refresh must be one of"):
        dashboards.read(7, refresh="now")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ConfigurationError, match="must be a dict"):
        dashboards.read(7, filters_override=[1])  # pyright: ignore[reportArgumentType]
