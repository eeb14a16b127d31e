"""The budget of a key: kept by waiting, shared by its clients, told when it is spent."""

from __future__ import annotations

import pytest

from dashwidgets.api import core
from dashwidgets.api.budget import Budget, Left, shared
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, insights
from dashwidgets.api.errors import Throttled
from dashwidgets.api.secret import Secret
from tests.api.conftest import Scripted

OK = (200, {}, b'{"count": 0, "results": []}')


def test_a_minute_and_an_hour_are_kept() -> None:
    now = [0.0]
    budget = Budget(lambda: now[0])
    assert budget.left() == Left(480, 4800)
    assert [budget.take("dashboards/") for _ in range(480)] == [0.0] * 480
    assert budget.take("dashboards/") == 60.0
    assert budget.left("insights/") == Left(240, 1200)
    now[0] = 61.0
    assert budget.left() == Left(479, 4319)


def test_waits_line_up() -> None:
    budget = Budget(lambda: 0.0)
    waits = [budget.take("insights/") for _ in range(500)]
    assert waits.count(0.0) == 240
    assert waits.count(60.0) == 240
    assert waits.count(120.0) == 20


def test_one_ledger_a_key_and_host() -> None:
    key = Secret("phx_one")
    assert shared("https://a.example", key) is shared("https://a.example", Secret("phx_one"))
    assert shared("https://a.example", key) is not shared("https://b.example", key)


def test_a_spent_budget_waits_a_little_and_refuses_to_wait_long(
    server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    server.says(OK)
    now = [0.0]
    monkeypatch.setattr(core, "shared", lambda *_: Budget(lambda: now[0]))
    with Client(server.url, "phx_other_key", 7, limited=True, sleep=slept.append) as client:
        for _ in range(240):
            client.send(insights.page())
        now[0] = 45.0
        client.send(insights.page())
        assert slept == [15.0]
        now[0] = 20.0
        with pytest.raises(Throttled, match=r"spent.*Wait 40 s") as caught:
            client.send(insights.page())
        assert caught.value.retry_after == 40.0
        client.send(dashboards.page())
        assert client.budget == Left(479, 4799)


def test_this_machine_has_no_limits_unless_asked(server: Scripted) -> None:
    with Client(server.url, "phx_other_key", 7) as client:
        assert client.budget is None
