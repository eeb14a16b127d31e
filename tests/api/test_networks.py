"""Private certificates, company proxies, wrong names: each cause has a sentence that helps."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

import dashwidgets as dw
from dashwidgets.api.async_client import AsyncClient
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints.dashboards import page
from dashwidgets.api.transport import failures, trust
from dashwidgets.api.transport.interface import Call
from dashwidgets.api.transport.route import route_to
from tests.api.conftest import Scripted

KEY = "phx_secret_0123456789"
COMPANY = "Example Company Root"


class Api(BaseHTTPRequestHandler):
    """An empty project; it remembers which requests came."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        body = b'{"count": 0, "results": []}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that turns away after the handshake is what these tests are about."""


@contextmanager
def behind_tls(authority: trustme.CA, *names: str, **dates: datetime) -> Iterator[Quiet]:
    """A server with a certificate of an authority for these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **dates).configure_cert(context)
    handler = type("Handler", (Api,), {"asked": []})
    server = Quiet(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def company() -> trustme.CA:
    return trustme.CA(organization_name="Example Company", organization_unit_name=COMPANY)


@pytest.fixture
def pem(company: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "company.pem"
    company.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def private(company: trustme.CA) -> Iterator[Quiet]:
    with behind_tls(company, "localhost") as server:
        yield server


def fails(host: str, **options: object) -> dw.ConnectionFailed:
    waits: list[float] = []
    client = Client(host, KEY, 7, sleep=waits.append, **options)  # type: ignore[arg-type]
    with client, pytest.raises(dw.ConnectionFailed) as told:
        client.send(page())
    assert KEY not in str(told.value)
    assert not told.value.sent
    assert bool(waits) != told.value.lasts  # what lasts is not tried again
    return told.value


def test_a_certificate_that_is_not_trusted_says_who_issued_it(private: Quiet) -> None:
    error = fails(f"https://localhost:{private.server_port}")
    assert error.cause == "not_trusted"
    assert "issued by 'Example Company" in str(error)
    assert "ca=" in str(error)
    assert private.RequestHandlerClass.asked == []  # nothing was sent to find that out


def test_connect_takes_the_certificate_of_a_company(private: Quiet, pem: Path) -> None:
    with dw.connect(f"https://localhost:{private.server_port}", KEY, 7, ca=pem) as ph:
        assert ph.dashboards().attrs["complete"]


def test_a_fork_and_an_async_client_trust_it_too(private: Quiet, pem: Path) -> None:
    host = f"https://localhost:{private.server_port}"
    with Client(host, KEY, 7, ca=pem) as client, client.fork() as forked:
        assert forked.send(page()).count == 0

    async def ask(ca: Path | None) -> int:
        async with AsyncClient(host, KEY, 7, ca=ca) as client:
            return (await client.send(page())).count

    assert asyncio.run(ask(pem)) == 0
    with pytest.raises(dw.ConnectionFailed, match="issued by 'Example Company") as told:
        asyncio.run(ask(None))
    assert told.value.cause == "not_trusted"


def test_ssl_cert_file_is_kept(private: Quiet, pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with Client(f"https://localhost:{private.server_port}", KEY, 7) as client:
        assert client.send(page()).count == 0


def test_the_commands_take_ca(private: Quiet, pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from dashwidgets.cli import app

    monkeypatch.setenv("POSTHOG_HOST", f"https://localhost:{private.server_port}")
    monkeypatch.setenv("POSTHOG_PERSONAL_API_KEY", KEY)
    monkeypatch.setenv("POSTHOG_PROJECT_ID", "7")
    refused = CliRunner().invoke(app, ["list"])
    assert refused.exit_code == 1
    assert "not trusted" in refused.output
    listed = CliRunner().invoke(app, ["list", "--ca", str(pem)])
    assert listed.output == "0 dashboards.\n", listed.output


@pytest.mark.parametrize(
    ("text", "says"), [(None, "does not exist"), ("hello", "can't be read as certificates")]
)
def test_a_ca_that_is_none_is_refused_before_anything_is_sent(
    tmp_path: Path, text: str | None, says: str
) -> None:
    path = tmp_path / "ca.pem"
    if text is not None:
        path.write_text(text)
    with pytest.raises(dw.ConfigurationError, match=says):
        dw.connect("https://posthog.invalid", KEY, 7, ca=path)


def test_a_certificate_for_another_name(company: trustme.CA, pem: Path) -> None:
    with behind_tls(company, "posthog.example.com") as server:
        error = fails(f"https://localhost:{server.server_port}", ca=pem)
    assert error.cause == "wrong_name"


def test_an_expired_certificate(company: trustme.CA, pem: Path) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    with behind_tls(company, "localhost", not_after=past) as server:
        error = fails(f"https://localhost:{server.server_port}", ca=pem)
    assert error.cause == "expired"
    assert "clock" in str(error)


def test_a_server_that_does_not_speak_tls(server: Scripted) -> None:
    server.says((200, {}, b"{}"))
    error = fails(server.url.replace("http://127.0.0.1", "https://localhost"))
    assert error.cause == "tls"


def test_a_name_that_is_not_known() -> None:
    error = fails("https://posthog.invalid")
    assert error.cause == "unknown_name"
    assert "posthog.invalid" in str(error)


def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert fails(f"https://localhost:{port}").cause == "refused"


def test_a_connection_that_is_never_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashwidgets.api.transport.httpx.CONNECT", 0.2)
    with socket.socket() as deaf:  # its backlog is one, and full
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        with socket.create_connection(deaf.getsockname()):
            host = f"http://localhost:{deaf.getsockname()[1]}"
            client = Client(host, KEY, 7, timeout=61.0, sleep=lambda _: None)
            with client, pytest.raises(dw.TimedOut, match="in time") as told:
                client.send(page())
    assert (told.value.cause, told.value.sent) == ("timeout", False)


@pytest.mark.parametrize(
    ("status", "cause"), [(407, "proxy_password"), (403, "proxy_refused"), (502, "proxy_refused")]
)
def test_a_proxy_that_lets_nobody_through(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, status: int, cause: str
) -> None:
    monkeypatch.setenv("https_proxy", server.url.replace("//", "//jane:hunter2@"))
    server.says((status, {}, b"reworded by every vendor"))
    error = fails("https://posthog.example.com")
    assert error.cause == cause
    assert f"the proxy 127.0.0.1:{server.server.server_port}" in str(error)
    assert "hunter2" not in str(error)


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://jane:hunter2@proxy.invalid:3128")
    error = fails("https://posthog.example.com")
    assert error.cause == "unknown_name"
    assert "proxy.invalid is not known" in str(error)
    assert "HTTPS_PROXY" in str(error)
    assert "hunter2" not in repr(route_to("https://posthog.example.com"))


def test_a_proxy_that_is_none_is_refused_without_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "ftp://jane:hunter2@proxy")
    with pytest.raises(dw.ConfigurationError, match="HTTPS_PROXY") as told:
        Client("https://posthog.example.com", KEY, 7)
    assert "hunter2" not in str(told.value)


def test_an_inspecting_proxy_is_named_as_the_issuer(
    company: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with behind_tls(company, "posthog.example.com") as server, tunnel(server) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        error = fails("https://posthog.example.com")
    assert error.cause == "not_trusted"
    assert "issued by 'Example Company" in str(error)


@contextmanager
def tunnel(server: Quiet) -> Iterator[str]:
    """A proxy that leads every CONNECT to one server."""

    class Handler(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.end_headers()
            with socket.create_connection(("127.0.0.1", server.server_port)) as beyond:
                back = threading.Thread(target=pipe, args=(beyond, self.connection), daemon=True)
                back.start()
                pipe(self.connection, beyond)
                back.join(5)

        def log_message(self, *_: object) -> None:
            pass

    def pipe(a: socket.socket, b: socket.socket) -> None:
        try:
            while data := a.recv(65536):
                b.sendall(data)
            b.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    proxy = Quiet(("127.0.0.1", 0), Handler)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}"
    finally:
        proxy.shutdown()
        proxy.server_close()


@pytest.mark.parametrize(
    ("code", "cause"),
    [(10, "expired"), (62, "wrong_name"), (0x800B0101, "expired"), (-67602, "wrong_name")],
)
def test_other_systems_number_the_same_causes_differently(code: int, cause: str) -> None:
    import httpx

    reason = ssl.SSLCertVerificationError("reworded")
    reason.verify_code = code
    error = httpx.ConnectError("reworded")
    error.__cause__ = reason
    found = failures.failure(Call("GET", "/", "Listing"), route_to("https://localhost:9"), error)
    assert isinstance(found, dw.ConnectionFailed)
    assert found.cause == cause


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these ask the system itself")
def test_a_python_that_knows_no_store_finds_the_systems_or_mozillas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nowhere = ssl.DefaultVerifyPaths(None, None, "", "", "", "")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    assert trust._of_the_system().get_ca_certs()
    monkeypatch.setattr(trust, "BUNDLES", ())
    assert trust._of_the_system().get_ca_certs()
