"""What is refused before anything is sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashwidgets.api.endpoints import dashboards, sharing, tiles
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.secret import Secret

SECRET = Secret("phx_abcdefghijkl")
CYCLE: dict[str, Any] = {}
CYCLE["again"] = [CYCLE]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "x" * 401}, "401 characters"),
        ({"name": 5}, "string"),
        ({"description": None}, "string"),
        ({"tags": "growth"}, r"\[\"growth\"\]"),
        ({"tags": [""]}, "non-empty"),
        ({"tags": {"a": 1}}, r"\[\"growth\"\]"),
        ({"tags": 5}, r"\[\"growth\"\]"),
        ({"pinned": 1}, "True or False"),
        ({"restriction_level": 5}, "21 .* 37"),
        ({"filters": {}}, "ignores empty filters"),
        ({"filters": {"a": float("nan")}}, "NaN"),
        ({"filters": [1]}, "dict"),
        ({"filters": CYCLE}, "nested too deeply"),
        ({"restriction_level": np.datetime64(21, "ns")}, "21 .* 37"),
        ({"data_color_theme_id": np.timedelta64(5, "ns")}, "positive whole number"),
        ({"name": SECRET}, "name is a secret"),
        ({"description": SECRET}, "description is a secret"),
        ({"tags": [SECRET]}, "tag is a secret"),
        ({"filters": {"a": [SECRET]}}, "a secret"),
        ({}, "Nothing to change"),
    ],
)
def test_a_bad_value_is_told_at_once(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        dashboards.update(7, **fields)


@pytest.mark.parametrize("bad", [0, -1, True, 1.5, "7", None, np.True_, np.float64(7)])
def test_an_id_is_a_positive_whole_number(bad: Any) -> None:
    with pytest.raises(ConfigurationError, match="positive whole number"):
        dashboards.read(bad)


@pytest.mark.parametrize(
    "foreign",
    [
        np.datetime64("2026-06-10T00:00:00", "ns"),
        np.timedelta64(5, "ns"),
        np.datetime64("NaT", "ns"),
        pd.NaT,
        pd.NA,
        pd.Timestamp("2026-06-10"),
        datetime(2026, 6, 10, tzinfo=UTC),
        Decimal("1.5"),
        b"bytes",
        {1, 2},
    ],
)
def test_what_json_does_not_know_is_refused_rather_than_turned_into_something(foreign: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"filters can't .* {type(foreign).__name__} is"):
        dashboards.update(7, filters={"a": [foreign]})


def test_values_out_of_a_frame_are_sent_as_plain_ones() -> None:
    request = dashboards.update(
        np.int64(7),  # pyright: ignore[reportArgumentType]
        pinned=np.True_,  # pyright: ignore[reportArgumentType]
        restriction_level=np.int64(37),  # pyright: ignore[reportArgumentType]
        filters={
            "limit": np.int64(3),
            "share": np.float64(0.5),
            "flag": np.False_,
            "n": [np.int8(1)],
        },
        tiles=[{"id": np.int64(2), "layouts": {"sm": {"x": np.int32(1)}}}],
    )
    assert request.path == "dashboards/7/"
    assert json.loads(json.dumps(request.json)) == {
        "pinned": True,
        "restriction_level": 37,
        "filters": {"limit": 3, "share": 0.5, "flag": False, "n": [1]},
        "tiles": [{"id": 2, "layouts": {"sm": {"x": 1}}}],
    }
    for tags in ({"a"}, ("a",), pd.Series(["a"]), np.array(["a"])):
        assert json.dumps(dashboards.update(7, tags=tags).json) == '{"tags": ["a"]}'  # pyright: ignore[reportArgumentType]
    assert sharing.change(7, enabled=np.True_).json == {"enabled": True}  # pyright: ignore[reportArgumentType]
    order = pd.Series([3, 2])
    assert json.dumps(tiles.reorder(7, order.to_numpy()).json["tile_order"]) == "[3, 2]"  # pyright: ignore[reportArgumentType]
    with pytest.raises(ConfigurationError, match="can't be sent as JSON"):
        dashboards.update(7, filters={"a": object()})
    with pytest.raises(ConfigurationError, match="positive whole number"):
        dashboards.read(pd.NA)  # pyright: ignore[reportArgumentType]


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
