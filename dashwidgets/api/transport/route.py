"""The way to a host: through which proxy, trusting which certificates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from dashwidgets.api.address import is_loopback
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.transport.trust import trust


@dataclass(frozen=True)
class Route:
    """How to get to a host. The proxy may hold a password: `next_hop` never shows it."""

    host: str
    proxy: httpx.Proxy | None
    ca: Path | None

    def __repr__(self) -> str:
        return f"Route({self.host!r})"

    @property
    def next_hop(self) -> str:
        """What a connection is made to, for messages."""
        if self.proxy is None:
            return self.host
        port = f":{self.proxy.url.port}" if self.proxy.url.port else ""
        return f"the proxy {self.proxy.url.host}{port}"

    @property
    def next_name(self) -> str:
        """The name that is looked up first."""
        return self.proxy.url.host if self.proxy else urlsplit(self.host).hostname or self.host

    def options(self) -> dict[str, Any]:
        """What httpx's transports need to know."""
        secure = self.host.startswith("https:")
        return {"verify": trust(self.ca) if secure else False, "proxy": self.proxy}


def route_to(host: str, ca: Path | None = None) -> Route:
    """The route from the system's settings: ``HTTPS_PROXY``, ``NO_PROXY``; none to this machine.

    Raises `ConfigurationError` for a proxy that can't be used.
    """
    scheme, name, *_ = urlsplit(host)
    # urllib's functions rather than httpx's: they also read the settings of Windows and macOS.
    proxies = {} if is_loopback(host) or proxy_bypass(name) else getproxies()
    address = proxies.get(scheme) or proxies.get("all")
    if address is None:
        return Route(host, None, ca)
    try:
        proxy = httpx.Proxy(address)
    except (ValueError, httpx.InvalidURL):
        # Not its text: it may hold a password.
        raise ConfigurationError(
            f"{scheme.upper()}_PROXY is not the address of a proxy: "
            "give one such as http://proxy.example.com:3128."
        ) from None
    if proxy.url.scheme == "https":
        proxy.ssl_context = trust(ca)
    if proxy.url.scheme.startswith("socks"):
        _needs_socks()
    return Route(host, proxy, ca)


def _needs_socks() -> None:
    try:
        import socksio  # pyright: ignore[reportMissingImports, reportUnusedImport]  # noqa: F401
    except ImportError as error:
        raise ConfigurationError(
            'The system names a SOCKS proxy, which needs: pip install "httpx[socks]".'
        ) from error
