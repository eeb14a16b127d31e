"""Who issued a certificate that is not trusted: asked of the server again, without a key."""

from __future__ import annotations

import ssl
from contextlib import closing, suppress
from typing import Any

import httpx

PATIENCE = 5.0
"""Seconds. Short, because it only completes an error message."""


def issuer(host: str, proxy: httpx.Proxy | None) -> str | None:
    """The name of the issuer of a server's certificate, or None where it can't be determined.

    Opens two connections and sends no request on them. Python decodes only certificates that it
    has verified, so the second one trusts what the first one saw, for this purpose alone.
    """
    try:
        blind = ssl.create_default_context()
        blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
        seen, _ = _certificate(host, proxy, blind)
        # A second context that trusts this one certificate, only to have Python decode it.
        told = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        told.check_hostname = False
        told.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        told.load_verify_locations(cadata=seen)
        return _name(_certificate(host, proxy, told)[1])
    except (httpx.HTTPError, OSError, ValueError):
        return None


class _Connected(Exception):
    """Raised once the handshake is done, so that nothing is sent."""


def _certificate(
    host: str, proxy: httpx.Proxy | None, context: ssl.SSLContext
) -> tuple[bytes, dict[str, Any]]:
    """The server's certificate: its bytes, and its fields where the context verified it."""
    streams: list[Any] = []

    def stop(event: str, info: dict[str, Any]) -> None:
        # Of two handshakes the first is with the proxy itself.
        ours = event.startswith("connection.") == (proxy is None)
        if event.endswith("start_tls.complete") and ours:
            streams.append(info["return_value"])
            raise _Connected

    timeout = httpx.Timeout(PATIENCE).as_dict()
    request = httpx.Request("HEAD", host, extensions={"timeout": timeout, "trace": stop})
    with httpx.HTTPTransport(verify=context, proxy=proxy) as transport:
        with suppress(_Connected):
            transport.handle_request(request).close()
        if not streams:
            raise ValueError("no handshake")
        with closing(streams[0]) as stream:
            found: ssl.SSLObject = stream.get_extra_info("ssl_object")
            return found.getpeercert(True) or b"", found.getpeercert() or {}


def _name(certificate: dict[str, Any]) -> str | None:
    named = {key: value for part in certificate.get("issuer", ()) for key, value in part}
    return next(
        (
            value
            for key in ("commonName", "organizationName", "organizationalUnitName")
            if (value := named.get(key))
        ),
        None,
    )
