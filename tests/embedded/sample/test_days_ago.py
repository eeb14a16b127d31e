"""The sample as it was: a week later, a week of events has come."""

from __future__ import annotations

from datetime import timedelta

import pytest

import dashwidgets as dw


def test_a_week_later_a_week_has_come(shared: dw.Project) -> None:
    with dw.local(days_ago=7) as then:
        before = then.dashboard("Growth overview").record()
    after = shared.dashboard("Growth overview").record()
    old, new = (run.results["Daily signups"] for run in (before, after))
    assert new["day"].max() - old["day"].max() == timedelta(days=7)
    both = old.merge(new, on=["breakdown", "day"])
    assert len(both) == 46
    assert both["value_x"].equals(both["value_y"])  # what had happened has not changed
    tiles = dw.compare(before, after).tiles.set_index("name")
    assert set(tiles["matched"]) == {"insight"}
    assert set(tiles["kind"]) == {"changed"}
    # Each round is of its own time, by the clock of the server that was asked.
    apart = after.taken_at - before.taken_at - timedelta(days=7)
    assert abs(apart) < timedelta(minutes=2)


def test_a_day_before_the_first_event_is_refused() -> None:
    with pytest.raises(dw.ConfigurationError, match="days_ago"):
        dw.local(days_ago=400)
