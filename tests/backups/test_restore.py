"""Restore: a wiped project comes back whole, after kills too, and what is lost is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.client import Client
from dashwidgets.api.request import Request
from tests.local import local

LOST = [("Checkout funnel (Copy)", "creation_mode", "duplicate", "default")]
"""All that PostHog's API can't set: that a dashboard was once made by duplicating."""


@pytest.fixture(params=[True, False], ids=["strict", "lenient"])
def ph(request: pytest.FixtureRequest) -> Iterator[dw.Project]:
    with local(strict=request.param) as project:
        yield project


def wipe(ph: dw.Project) -> None:
    for key in ph.dashboards()["id"]:
        ph.dashboard(int(key)).delete(insights=True)
    assert len(ph.dashboards()) == 0


def lost(frame: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in frame[["dashboard", "field", "a", "b"]].to_numpy()]


def test_the_whole_project_comes_back(ph: dw.Project, tmp_path: Path) -> None:
    boards, insights = len(ph.dashboards()), len(ph.insights())
    board = ph.dashboard("Web vitals")
    board.update(filters={"date_from": "-3d"})
    ph.backup(tmp_path)
    wipe(ph)
    made = ph.restore(tmp_path, share=True)
    assert lost(made.frame) == lost(dw.diff(tmp_path, ph)) == LOST
    public, locked = {"Partner numbers", "Board pack", "Status page"}, {"Board pack", "Status page"}
    assert set(made.notes) == {
        *(f"{name}: public link: opened again under a new token." for name in public),
        *(f"{name}: public link: passwords are not in backups: add new ones." for name in locked),
    }
    assert (len(ph.dashboards()), len(ph.insights())) == (boards, insights)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", [False, True], ids=["before sending", "after sending"])
def test_kills_make_no_duplicates(
    after: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at every tenth write, before or after the server did it; then called again."""
    with local(strict=after) as ph:
        boards, insights = len(ph.dashboards()), len(ph.insights())
        ph.backup(tmp_path)
        wipe(ph)
        send, count = Client.send, 0

        def deadly(self: Client, request: Request[Any], **options: Any) -> Any:
            nonlocal count
            if request.method == "GET":
                return send(self, request, **options)
            count += 1
            if count % 10 == 0:
                if after:
                    send(self, request, **options)
                raise Killed
            return send(self, request, **options)

        monkeypatch.setattr(Client, "send", deadly)
        for _ in range(60):
            try:
                made = ph.restore(tmp_path, share=True)
                break
            except Killed:
                continue
        else:
            pytest.fail("never finished")
        assert count > 20
        assert lost(made.frame) == LOST
        assert (len(ph.dashboards()), len(ph.insights())) == (boards, insights)


def test_a_link_opens_only_when_asked(tmp_path: Path) -> None:
    with local() as ph:
        ph.backup(tmp_path)
        made = ph.restore(tmp_path / "12-partner-numbers.json")
        (key,) = made.ids.values()
        assert not ph.dashboards().set_index("id")["public"][key]
        assert not made.same
        assert "share=True" in made.notes[0]
        assert list(made.frame["field"]) == ["sharing"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda s: s | {"version": 99}, "version"),
        (lambda s: s | {"format": "x"}, "not a backup"),
        (lambda s: s | {"template": []}, "damaged"),
        (lambda s: s | {"settings": s["settings"] | {"restriction_level": 22}}, "damaged"),
        (lambda _: [1], "not a backup"),
    ],
)
def test_damaged_files_are_refused_before_anything_is_sent(
    change: Any, reason: str, tmp_path: Path, sample: tuple[dw.Project, Path]
) -> None:
    ph, folder = sample
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(change(json.loads((folder / "5-web-vitals.json").read_text()))))
    spent = ph.client.requests_spent
    with pytest.raises(dw.ConfigurationError, match=reason):
        ph.restore(file)
    assert ph.client.requests_spent == spent


def test_a_manifest_leads_nowhere_else(sample: tuple[dw.Project, Path], tmp_path: Path) -> None:
    ph, _ = sample
    (tmp_path / "manifest.json").write_text(
        '{"format": "dashwidgets.backup", "version": 1, "dashboards": [{"file": "../x.json"}]}'
    )
    with pytest.raises(dw.ConfigurationError, match="outside"):
        ph.restore(tmp_path)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dw.Project, Path]]:
    folder = tmp_path_factory.mktemp("sample")
    with local() as ph:
        ph.backup(folder)
        yield ph, folder
