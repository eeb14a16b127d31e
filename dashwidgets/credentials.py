"""Find the host, key and project to connect with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashwidgets.api.address import checked_host, checked_key
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.secret import Secret

HOST, KEY, PROJECT = "POSTHOG_HOST", "POSTHOG_PERSONAL_API_KEY", "POSTHOG_PROJECT_ID"
DEFAULT_HOST = "https://us.posthog.com"
SERVICE = "dashwidgets"
"""The service name of keys in the system keyring; the user name is the host."""


@dataclass(frozen=True)
class Credentials:
    """What to connect with; ``project_id`` is None when none was given."""

    host: str
    key: Secret
    project_id: str | None


def find(
    host: str | None = None, key: str | Secret | None = None, project_id: int | str | None = None
) -> Credentials:
    """Arguments first, then the environment, then ``.env``, then the system keyring.

    A ``.env`` file may name the host only for a key of its own: one that came with somebody's
    notebooks must not send your key elsewhere.

    Raises `ConfigurationError` when there is no key; the error says where it looked.
    """
    env = {name: value for name in (HOST, KEY, PROJECT) if (value := os.environ.get(name))}
    wanted = host or env.get(HOST)
    project = str(project_id) if project_id is not None else env.get(PROJECT)
    # A key of the environment never meets a host of a `.env` file.
    if key := key or env.get(KEY):
        return Credentials(checked_host(wanted or DEFAULT_HOST), checked_key(key), project)
    path = dotenv_path()
    file = _dotenv(path)
    if file.get(KEY):
        project = project or file.get(PROJECT)
        return Credentials(
            checked_host(wanted or file.get(HOST) or DEFAULT_HOST), checked_key(file[KEY]), project
        )
    found = checked_host(wanted or DEFAULT_HOST)
    kept, ring = _keyring(found)
    if kept:
        return Credentials(found, checked_key(kept), project)
    raise ConfigurationError(
        f"No API key: looked at key=, the variable {KEY}, {path or 'a .env file (none here)'} and "
        f"the system keyring ({ring}). Create one in PostHog under Settings, Personal API keys; "
        "dw.local() needs none."
    )


def dotenv_path() -> Path | None:
    """The nearest ``.env`` of the working folder and those above it."""
    here = Path.cwd()
    return next((path for path in _dotenvs(here) if path.is_file()), None)


def _dotenvs(here: Path) -> Iterator[Path]:
    for folder in (here, *here.parents):
        yield folder / ".env"


def _dotenv(path: Path | None) -> Mapping[str, str]:
    if path is None:
        return {}
    from dotenv import dotenv_values

    try:
        # A `$` in a key is a character, not the name of a variable.
        read = dotenv_values(path, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} can't be read: {error}.") from error
    return {name: value for name, value in read.items() if value}


def _keyring(host: str) -> tuple[str | None, str]:
    """The key kept for a host, and why there is none."""
    try:
        # On Linux without a desktop this import can succeed and still find no ring: both are
        # caught.
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None, 'not installed: pip install "dashwidgets[keyring]"'
    try:
        kept = keyring.get_password(SERVICE, host)
    except KeyringError as error:
        return None, f"not usable here: {error}"
    return kept, f"nothing kept: keyring set {SERVICE} {host}"
