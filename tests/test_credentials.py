"""Where a host, a key and a project come from, and that a key goes only where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

import dashwidgets as dw
from dashwidgets import credentials
from dashwidgets.api.address import checked_host
from dashwidgets.api.errors import ConfigurationError
from tests.local import Running

ENV, FILE, KEPT, GIVEN = "phx_of_env_0123", "phx_of_file_0123", "phx_kept_0123", "phx_given_0123"


class Memory(KeyringBackend):
    """A keyring as the system's: another place than this folder and this environment."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept = {("dashwidgets", "https://eu.posthog.com"): KEPT}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (credentials.HOST, credentials.KEY, credentials.PROJECT):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


def write(folder: Path, **values: str) -> None:
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))


def test_arguments_come_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, POSTHOG_PERSONAL_API_KEY=FILE, POSTHOG_HOST="eu.posthog.com")
    assert credentials.find().key.reveal() == FILE
    assert credentials.find().host == "https://eu.posthog.com"
    monkeypatch.setenv(credentials.KEY, ENV)
    assert credentials.find().key.reveal() == ENV
    assert credentials.find(key=GIVEN).key.reveal() == GIVEN


def test_a_file_above_is_found_and_nothing_in_it_is_expanded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, POSTHOG_PERSONAL_API_KEY="'phx_$HOME'", POSTHOG_PROJECT_ID="7")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    found = credentials.find()
    assert (found.key.reveal(), found.project_id) == ("phx_$HOME", "7")


@pytest.mark.parametrize("given", [True, False])
def test_a_file_that_came_with_notebooks_can_not_send_your_key_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: bool
) -> None:
    write(tmp_path, POSTHOG_HOST="https://evil.example.com")
    if not given:
        monkeypatch.setenv(credentials.KEY, ENV)
    found = credentials.find(key=GIVEN if given else None)
    assert found.host == credentials.DEFAULT_HOST


def test_the_system_keyring_is_asked_last_and_by_host(tmp_path: Path) -> None:
    keyring.set_keyring(Memory())
    assert credentials.find("https://eu.posthog.com").key.reveal() == KEPT
    with pytest.raises(dw.ConfigurationError, match="keyring set dashwidgets https"):
        credentials.find()
    write(tmp_path, POSTHOG_PERSONAL_API_KEY=FILE)
    assert credentials.find("https://eu.posthog.com").key.reveal() == FILE


def test_without_any_it_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(dw.ConfigurationError) as told:
        dw.connect()
    for place in ("key=", "POSTHOG_PERSONAL_API_KEY", ".env file", "keyring", "dw.local()"):
        assert place in str(told.value)
    write(tmp_path, POSTHOG_HOST="https://eu.posthog.com")
    with pytest.raises(dw.ConfigurationError, match=str(tmp_path / ".env")):
        dw.connect()


def test_a_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"POSTHOG_HOST=\xff\xfe\n")
    with pytest.raises(dw.ConfigurationError, match=r"\.env can't be read"):
        credentials.find()


def test_a_project_opens_with_what_a_file_says(served: Running, tmp_path: Path) -> None:
    write(
        tmp_path,
        POSTHOG_HOST=served.url,
        POSTHOG_PERSONAL_API_KEY=served.keys["owner"],
        POSTHOG_PROJECT_ID=str(served.project_id),
    )
    with dw.connect() as ph:
        assert ph.dashboards().attrs["complete"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://tools.example.com/posthog/", "https://tools.example.com/posthog"),
        ("tools.example.com/a/b", "https://tools.example.com/a/b"),
        ("https://eu.posthog.com/", "https://eu.posthog.com"),
    ],
)
def test_a_host_may_be_served_below_a_path(given: str, meant: str) -> None:
    assert checked_host(given) == meant


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("https://us.posthog.com/project/7/dashboard/9", "give https://us.posthog.com."),
        ("https://us.posthog.com/posthog", "give https://us.posthog.com."),
        ("https://ph.example.com/posthog/project/7", "give https://ph.example.com/posthog."),
        ("https://ph.example.com/api", "give https://ph.example.com."),
        ("https://ph.example.com/?next=/", "give https://ph.example.com."),
        ("https://us.i.posthog.com", "only receives events: give https://us.posthog.com."),
        ("eu.i.posthog.com", "only receives events: give https://eu.posthog.com."),
    ],
)
def test_an_address_that_is_no_host_is_told_what_to_give(given: str, advice: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(advice)):
        checked_host(given)
