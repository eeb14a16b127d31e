"""Hosts, keys, refusals and routes: what is read of them without a connection."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

import dashwidgets as dw
from dashwidgets.api import errors
from dashwidgets.api.address import checked_host, checked_key, is_loopback
from dashwidgets.api.budget import Budget, Left
from dashwidgets.api.refusals import refusal, seconds_of
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.failures import failure
from dashwidgets.api.transport.interface import Call
from dashwidgets.api.transport.route import Route, route_to
from dashwidgets.api.transport.trust import checked_ca, trust


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("us.posthog.com", "https://us.posthog.com"),
        (" https://us.posthog.com/ ", "https://us.posthog.com"),
        ("https://tools.example.com/posthog/", "https://tools.example.com/posthog"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_host_is_an_address_without_a_page(given: str, host: str) -> None:
    assert checked_host(given) == host


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("https://us.posthog.com/project/1", "give https://us.posthog.com."),
        ("https://us.posthog.com/else", "give https://us.posthog.com."),
        ("https://a.example/posthog/dashboard/3", "give https://a.example/posthog."),
        ("https://a.example/posthog?x=1", "give https://a.example/posthog."),
        ("https://a.example/#x", "give https://a.example."),
        ("https://eu.i.posthog.com", "give https://eu.posthog.com."),
        ("https://us.i.posthog.com", "give https://us.posthog.com."),
        ("ftp://a.example", "is not a host"),
        ("https://", "is not a host"),
        ("https://me@a.example", "must not contain a user name"),
        ("https://:pw@a.example", "must not contain a user name"),
        ("http://a.example", "unencrypted"),
        ("http://localhost.example.com", "unencrypted"),
    ],
)
def test_what_is_no_host_says_what_to_give(given: str, told: str) -> None:
    with pytest.raises(dw.ConfigurationError) as error:
        checked_host(given)
    assert told in str(error.value)


def test_a_key_is_printable_and_personal() -> None:
    assert checked_key(" phx_!~ ").reveal() == "phx_!~"
    secret = Secret("phx_a")
    assert checked_key(secret) is secret
    for wrong in ("", "  ", "phx a", "phx_é", "phx_\x7f", "phc_token"):
        with pytest.raises(dw.ConfigurationError):
            checked_key(wrong)
    assert is_loopback("http://127.0.0.1:8000")
    assert not is_loopback("https://us.posthog.com")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (402, errors.PaymentRequired),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (405, errors.NotAllowed),
        (409, errors.Conflict),
        (429, errors.Throttled),
        (418, errors.ApiError),
        (500, errors.ServerError),
        (599, errors.ServerError),
    ],
)
def test_a_status_has_an_error(status: int, kind: type[errors.ApiError]) -> None:
    assert type(refusal(status, b"{}")) is kind


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"detail": "No\\n  way.", "error": "x"}', "No way. "),
        (b'{"error": "No way"}', "No way. "),
        (b"{}", "HTTP 409. "),
        (b'["x"]', "HTTP 409. "),
        (b'"as text"', "as text. "),
        (b"plain \xff", "plain \ufffd. "),
        (b" <html>", "HTTP 409. "),
        (b"x" * 300, "x" * 200 + ". "),
    ],
)
def test_the_reason_is_taken_from_where_it_stands(body: bytes, told: str) -> None:
    assert f"{refusal(409, body)} ".startswith(told)


def test_a_wait_is_seconds_or_a_date() -> None:
    assert seconds_of(" 30 ") == 30.0
    assert seconds_of("999999999") == 999_999_999.0
    for none in (None, "", "soon", "1234567890", "-3", "1.5"):
        assert seconds_of(none) is None
    later = datetime.now(UTC) + timedelta(seconds=90)
    assert 80 < (seconds_of(format_datetime(later, usegmt=True)) or 0) <= 90
    assert 80 < (seconds_of(format_datetime(later.replace(tzinfo=None))) or 0) <= 90
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    told = refusal(429, b"{}", retry_after="7")
    assert isinstance(told, errors.Throttled)
    assert told.retry_after == 7.0
    assert "Wait 7 s" in str(told)
    assert told.resume_at is not None
    assert 0 < (told.resume_at - datetime.now(UTC)).total_seconds() <= 7
    unknown = refusal(429, b"{}")
    assert isinstance(unknown, errors.Throttled)
    assert "Wait a minute" in str(unknown)
    assert unknown.resume_at is None


def test_each_kind_of_path_has_its_own_limits() -> None:
    budget = Budget(lambda: 0.0)
    for path, minute, hour in (
        ("dashboards/", 480, 4800),
        ("insights/", 240, 1200),
        ("query/", 120, 120),
        ("dashboards/1/run_insights/", 480, 4800),
    ):
        assert budget.left(path) == Left(minute, hour)
    assert budget.seconds_for(480) == 0.0
    assert budget.seconds_for(481) == 60.0
    assert budget.seconds_for(121, "query") == 3600.0
    assert budget.left() == Left(480, 4800)


def test_a_hold_keeps_everybody_until_it_is_over() -> None:
    now = [0.0]
    budget = Budget(lambda: now[0])
    budget.take("dashboards/")
    budget.hold("dashboards/", 30.0)
    budget.hold("dashboards/", 10.0)
    assert budget.left() == Left(0, 4799)
    assert budget.left("insights/") == Left(240, 1200)
    assert budget.take("dashboards/") == 30.0
    budget.give_back("dashboards/")
    now[0] = 30.0
    assert budget.left() == Left(479, 4799)
    assert budget.take("dashboards/") == 0.0
    now[0] = 3600.0
    assert budget.left() == Left(480, 4799)
    Budget(lambda: 0.0).give_back("dashboards/")


def test_an_hour_of_requests_is_all_that_is_left() -> None:
    now = [0.0]
    budget = Budget(lambda: now[0])
    for at in range(1200):
        now[0] = at * 2.0
        assert budget.take("insights/") == 0.0
    assert budget.left("insights/") == Left(0, 0)
    assert budget.take("insights/") == 3600.0 - now[0]
    now[0] = 3600.0
    budget.take("insights/")
    assert budget.left("insights/") == Left(0, 0)


def proxied(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        for each in (name, name.lower()):
            monkeypatch.delenv(each, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_the_next_hop_is_the_host_or_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    proxied(monkeypatch)
    direct = route_to("https://a.example")
    assert (direct.proxy, direct.next_hop, direct.next_name) == (
        None, "https://a.example", "a.example",
    )  # fmt: skip
    proxied(monkeypatch, HTTPS_PROXY="http://me:secret@proxy.example:3128")
    through = route_to("https://a.example")
    assert through.next_hop == "the proxy proxy.example:3128"
    assert through.next_name == "proxy.example"
    assert "secret" not in repr(through)
    assert route_to("http://localhost:8000").proxy is None
    proxied(monkeypatch, ALL_PROXY="http://proxy.example")
    assert route_to("https://a.example").next_hop == "the proxy proxy.example"
    proxied(monkeypatch, HTTPS_PROXY="nonsense://x:secret")
    with pytest.raises(dw.ConfigurationError, match="HTTPS_PROXY is not") as error:
        route_to("https://a.example")
    assert "secret" not in str(error.value)


ROUTE = Route("https://a.example", None, None)
PROXIED = Route("https://a.example", httpx.Proxy("http://p.example:1"), None)


def caused(error: Exception, reason: BaseException) -> Exception:
    error.__cause__ = reason
    return error


@pytest.mark.parametrize(
    ("route", "error", "cause", "sent", "told"),
    [
        (ROUTE, httpx.ConnectTimeout("x"), "timeout", False, "Check the host"),
        (PROXIED, httpx.ConnectTimeout("x"), "timeout", False, "Check HTTPS_PROXY"),
        (ROUTE, httpx.ReadTimeout("x"), "timeout", True, "did not answer in time"),
        (PROXIED, httpx.ProxyError("407 Proxy"), "proxy_password", False, "user name"),
        (PROXIED, httpx.ProxyError("403 No"), "proxy_refused", False, "(403)"),
        (PROXIED, httpx.ProxyError("No"), "proxy_refused", False, "reach https://a.example."),
        (ROUTE, httpx.DecodingError("x"), "damaged", True, "arrived damaged"),
        (ROUTE, httpx.ReadError("x"), "broken", True, "broke. Try again"),
        (ROUTE, caused(httpx.ConnectError("x"), ssl.SSLError("x")), "tls", False, "TLS"),
        (ROUTE, caused(httpx.ConnectError("x"), ConnectionRefusedError()), "refused", False,
         "refused the connection"),
        (ROUTE, caused(httpx.ConnectError("x"), OSError(101, "x")), "unreachable", False,
         "there is no way"),
        (ROUTE, caused(httpx.ConnectError("x"), OSError(1, "x")), "unreachable", False,
         "can't be reached"),
    ],
)  # fmt: skip
def test_each_cause_has_its_sentence(
    route: Route, error: Exception, cause: str, sent: bool, told: str
) -> None:
    found: Any = failure(Call("GET", "/", "Reading"), route, error)
    assert (found.cause, found.sent) == (cause, sent)
    assert told in str(found)
    assert str(found).startswith("Reading: ")


def test_the_files_of_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked_ca(None) is None
    assert checked_ca("~/x.pem") == Path.home().resolve() / "x.pem"
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    assert trust().verify_mode == ssl.CERT_REQUIRED
    assert trust() is trust()
    folder = tmp_path / "certificates"
    folder.mkdir()
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    assert trust().get_ca_certs() == []
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    with pytest.raises(dw.ConfigurationError, match=r"SSL_CERT_DIR names .*does not exist"):
        trust()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(dw.ConfigurationError, match=r"SSL_CERT_FILE names .*does not exist"):
        trust()
    (tmp_path / "none.pem").write_text("nonsense")
    with pytest.raises(dw.ConfigurationError, match="can't be read as certificates"):
        trust()
