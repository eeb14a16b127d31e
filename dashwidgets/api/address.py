"""Check the host and the API key before anything is sent."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.secret import Secret

# Exact names only: "localhost.example.com" and "127.0.0.1.nip.io" belong to somebody else.
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_PAGES = {"api", "project", "dashboard", "insights", "settings", "organization", "login", "signup"}
"""Path segments where a pasted address stops being the host's and becomes a page's."""


def checked_host(host: str) -> str:
    """Return a host's address, or raise before a key is sent to the wrong place.

    A path is kept: PostHog may be served below one, as in ``https://tools.example.com/posthog``.
    """
    parts = urlsplit(host.strip() if "//" in host else f"https://{host.strip()}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(
            f"{host!r} is not a host: give an address such as https://us.posthog.com."
        )
    # The SDK's ingestion host is the one people have at hand; it would answer every API path with
    # 404.
    if parts.hostname.endswith(".i.posthog.com"):
        region = "eu" if parts.hostname.startswith("eu") else "us"
        raise ConfigurationError(
            f"{parts.hostname} only receives events: give https://{region}.posthog.com."
        )
    if parts.username or parts.password:
        raise ConfigurationError(
            "The host must not contain a user name or password: pass key= instead."
        )
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise ConfigurationError(
            f"http://{parts.netloc} would send the API key unencrypted: use https://{parts.netloc}."
        )
    below = [name for name in parts.path.split("/") if name]
    page = next((at for at, name in enumerate(below) if name in _PAGES), None)
    if page is not None or parts.query or parts.fragment or _on_cloud(parts.hostname, below):
        # A self-hosted PostHog may live below a path, so what stands before the page is kept.
        kept = [] if parts.hostname.endswith(".posthog.com") else below[:page]
        address = "/".join([f"{parts.scheme}://{parts.netloc}", *kept])
        raise ConfigurationError(f"The host is the address of a page: give {address}.")
    return "/".join([f"{parts.scheme}://{parts.netloc}", *below])


def _on_cloud(hostname: str, below: list[str]) -> bool:
    """Whether an address of PostHog's cloud has a path; the cloud has none."""
    return bool(below) and hostname.endswith(".posthog.com")


def is_loopback(host: str) -> bool:
    """Whether a checked host is this machine."""
    return urlsplit(host).hostname in _LOOPBACK


def checked_key(key: str | Secret) -> Secret:
    """Raise for what can't be a personal API key, without showing it."""
    if isinstance(key, Secret):
        return key
    text = key.strip()
    # Printable ASCII: headers are ASCII, and the error of the encoder would hold the key.
    if not text or not re.fullmatch(r"[\x21-\x7e]+", text):
        raise ConfigurationError(
            "The API key is empty or contains spaces: copy it again from PostHog."
        )
    if text.startswith("phc_"):
        raise ConfigurationError(
            "This is a project token (phc_…), which can only send events: "
            "create a personal API key (phx_…) in PostHog's user settings."
        )
    return Secret(text)
