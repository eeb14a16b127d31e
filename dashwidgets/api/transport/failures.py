"""Why a request did not get through: one sentence per cause, with a remedy."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from dashwidgets.api.errors import (
    Cause,
    ConfigurationError,
    ConnectionFailed,
    DashwidgetsError,
    TimedOut,
)
from dashwidgets.api.transport.interface import Call
from dashwidgets.api.transport.issuer import issuer
from dashwidgets.api.transport.route import Route

# OpenSSL's X509_V_ERR_…, then those of Windows (CERT_E_…) and macOS (errSec…).
EXPIRED = {9, 10, 0x800B0101, -67818, -67819}
WRONG_NAME = {62, 64, 0x800B010F, -67602}
UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


LIBRARY = (httpx.RequestError, httpx.InvalidURL, httpx.StreamError, UnicodeEncodeError)
"""What the library raises while it sends and reads."""


LOOK_FIRST = "It may have been done all the same: look before you try again."


def failure(call: Call, route: Route, error: Exception) -> DashwidgetsError:
    """Our error for one of the library's. Asks a server that is not trusted for its issuer."""
    what, host = call.what, route.host
    if isinstance(error, UnicodeEncodeError):
        return ConfigurationError(f"{what}: the request can't be written as UTF-8.")
    # Before TimeoutException, their parent: here nothing was sent, so any request may be repeated.
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return TimedOut(
            f"{what}: {route.next_hop} did not accept a connection in time. Check "
            f"{'HTTPS_PROXY' if route.proxy else 'the host'}, your network or VPN, and try again.",
            sent=False,
        )
    if isinstance(error, httpx.TimeoutException):
        advice = LOOK_FIRST if call.acts else "Try again, or ask for less."
        return TimedOut(f"{what}: {host} did not answer in time. {advice}")
    if isinstance(error, httpx.ProxyError):
        return _proxy_refused(what, route, error)
    if isinstance(error, httpx.ConnectError):
        cause, sentence = _not_connected(route, error)
        return ConnectionFailed(f"{what}: {sentence}", sent=False, cause=cause)
    again = LOOK_FIRST if call.acts else "Try again."
    if isinstance(error, httpx.DecodingError):
        return ConnectionFailed(
            f"{what}: the answer of {host} arrived damaged. {again}", cause="damaged"
        )
    return ConnectionFailed(f"{what}: the connection to {host} broke. {again}", cause="broken")


def _not_connected(route: Route, error: Exception) -> tuple[Cause, str]:
    hop = route.next_hop
    check = "HTTPS_PROXY" if route.proxy else "the host"
    for reason in _reasons(error):
        if isinstance(reason, ssl.SSLCertVerificationError):
            return _not_verified(route, reason.verify_code)
        if isinstance(reason, ssl.SSLError):
            return "tls", (
                f"{hop} does not answer with TLS, or with none that is still secure. "
                f"Check {check} and its port."
            )
        if isinstance(reason, socket.gaierror):
            return "unknown_name", (
                f"the name {route.next_name} is not known. Check {check} for a typing error, "
                "and whether the name needs a VPN."
            )
        if isinstance(reason, ConnectionRefusedError):
            return "refused", (
                f"{hop} refused the connection. Check {check} and its port, "
                "and whether the server runs."
            )
        if isinstance(reason, OSError) and reason.errno in UNREACHABLE:
            return "unreachable", (
                f"there is no way to {hop} from here. Check your network and VPN."
            )
    return "unreachable", f"{hop} can't be reached. Check {check} and your network."


def _not_verified(route: Route, code: int) -> tuple[Cause, str]:
    host = route.host
    if code in EXPIRED:
        return "expired", (
            f"the certificate of {host} is not valid now. Have it renewed, "
            "or check this machine's clock."
        )
    if code in WRONG_NAME:
        return "wrong_name", (
            f"the certificate of {host} is for another name. Check the host: it must be "
            "written as in the certificate."
        )
    # A company's proxy that opens TLS is the usual cause; its name tells whom to ask.
    name = issuer(host, route.proxy)
    by = f"it was issued by {name!r}, which" if name else "its issuer"
    return "not_trusted", (
        f"the certificate of {host} is not trusted: {by} this machine does not know. If it is "
        "your company's, pass its certificate as ca= (--ca), set SSL_CERT_FILE, "
        "or add it to the system's trust store."
    )


def _proxy_refused(what: str, route: Route, error: httpx.ProxyError) -> ConnectionFailed:
    status = str(error).partition(" ")[0]  # httpcore: "407 Proxy Authentication Required"
    if status == "407":
        return ConnectionFailed(
            f"{what}: {route.next_hop} wants a user name and a password. Set HTTPS_PROXY to "
            "http://USER:PASSWORD@… (%-encoded), or ask your administrator.",
            sent=False,
            cause="proxy_password",
        )
    said = f" ({status})" if status.isdecimal() else ""
    return ConnectionFailed(
        f"{what}: {route.next_hop} can't be used to reach {route.host}{said}. Ask whoever runs it "
        "to allow this host, or add the host to NO_PROXY.",
        sent=False,
        cause="proxy_refused",
    )


def _reasons(error: BaseException) -> Iterator[BaseException]:
    """An error and its causes, nearest first."""
    seen: list[BaseException | None] = [error]
    for one in seen:
        if one is None:
            continue
        yield one
        inner: tuple[BaseException, ...] = getattr(one, "exceptions", ())  # of a group
        seen.extend(each for each in (one.__cause__, one.__context__, *inner) if each not in seen)
