"""A user's own events, as PostHog's batch export writes them or already in columns."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine, open_events
from tests.embedded.queries.test_engine import trends


def test_a_users_own_export(tmp_path: Path) -> None:
    path = tmp_path / "it's mine.parquet"
    properties = json.dumps({"$browser": "Lynx", 'odd "key"': 1, "amount": "12.5"})
    duckdb.connect().execute(
        "COPY (SELECT uuid() AS uuid, 'bought' AS event, TIMESTAMP '2026-11-01' AS timestamp, "
        f"'me' AS distinct_id, '{properties}' AS properties, '{{\"plan\": \"team\"}}' AS "
        f"person_properties) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)"
    )
    own = Engine(open_events(path, now))
    text = (
        "SELECT properties.$browser, person.properties.plan, toFloat(properties.amount) FROM events"
    )
    assert own.run({"kind": "HogQLQuery", "query": text}).result == [["Lynx", "team", 12.5]]
    odd = "SELECT properties['odd \"key\"'] FROM events"
    assert own.run({"kind": "HogQLQuery", "query": odd}).result == [["1"]]
    with pytest.raises(ValueError, match="can't be read"):
        open_events(tmp_path / "absent.parquet", now)
    duckdb.connect().execute(f"COPY (SELECT 1 AS x) TO '{tmp_path}/bad.parquet' (FORMAT parquet)")
    with pytest.raises(ValueError, match="no column event, timestamp, distinct_id"):
        open_events(tmp_path / "bad.parquet", now)


def test_an_export_of_several_files(tmp_path: Path) -> None:
    for at, (properties, zone) in enumerate(
        [('{"Plan": "a", "a/b~c": {"x": 1}}', "+02"), ('{"plan": "b", "$session_id": "s"}', "+00")]
    ):
        duckdb.connect().execute(
            f"COPY (SELECT 'e{at}' AS event, TIMESTAMPTZ '2026-11-01 12:00:00{zone}' AS timestamp, "
            f"'me' AS distinct_id, '{properties}' AS properties) "
            f"TO '{tmp_path}/{at}.parquet' (FORMAT parquet)"
        )
    own = Engine(open_events(tmp_path / "*.parquet", now))
    text = (
        "SELECT toString(timestamp), properties['a/b~c'], properties.$session_id, person_id "
        "FROM events ORDER BY timestamp"
    )
    assert own.run({"kind": "HogQLQuery", "query": text}).result == [
        ["2026-11-01 10:00:00", '{"x":1}', None, "me"],
        ["2026-11-01 12:00:00", None, "s", "me"],
    ]
    sessions = trends({"event": None, "math": "unique_session"})
    assert own.run(sessions).result[0]["count"] == 1
    funnel = {"kind": "FunnelsQuery", "series": [{"event": "e0"}, {"event": "e1"}]}
    counts = own.run(funnel | {"dateRange": {"date_from": "all"}}).result
    assert [step["count"] for step in counts] == [1, 1]


def test_columns_that_are_apart_already_get_what_lacks(tmp_path: Path) -> None:
    duckdb.connect().execute(
        "COPY (SELECT 'e' AS event, '2026-11-01 12:00:00' AS timestamp, 7 AS distinct_id, "
        f"'x' AS \"properties.a\") TO '{tmp_path}/flat.parquet' (FORMAT parquet)"
    )
    own = Engine(open_events(tmp_path / "flat.parquet", now))
    text = "SELECT properties.a, distinct_id, person_id, length(uuid) > 0, timestamp FROM events"
    assert own.run({"kind": "HogQLQuery", "query": text}).result == [
        ["x", "7", "7", True, "2026-11-01T12:00:00Z"]
    ]
    with pytest.raises(ValueError, match="can't be read"):
        open_events("s3://no-such-bucket.invalid/x.parquet", now)
