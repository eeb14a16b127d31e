"""A company's proxy is used as the system says, and never for this machine."""

from __future__ import annotations

import pytest

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints.dashboards import page
from dashwidgets.api.errors import ConnectionFailed
from tests.api.conftest import Scripted

OK = (200, {}, b'{"count": 0, "results": []}')


@pytest.fixture(autouse=True)
def proxied(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("https_proxy", server.url)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")


def test_a_proxy_is_asked_to_connect_and_never_sees_the_key(server: Scripted) -> None:
    server.says((403, {}, b"no way through"))
    key = "phx_secret_0123456789"
    client = Client("https://posthog.example.com", key, 7, sleep=lambda _: None)
    with client, pytest.raises(ConnectionFailed):
        client.send(page())
    assert {line.split()[0] for line in server.asked} == {"CONNECT"}
    assert "phx_secret" not in str(server.headers)


def test_this_machine_is_reached_without_one(server: Scripted) -> None:
    with Client(server.says(OK).url, "phx_test", 7) as client:
        assert client.send(page()).count == 0


def test_no_proxy_is_kept(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "posthog.invalid")
    server.says((403, {}, b"no way through"))
    client = Client("https://posthog.invalid", "phx_test", 7, sleep=lambda _: None)
    with client, pytest.raises(ConnectionFailed, match=r"posthog\.invalid is not known"):
        client.send(page())
    assert server.asked == []
