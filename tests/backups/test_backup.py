"""Backups: whole, readable, still when nothing changed, harmless whatever a board is called."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashwidgets as dw
from dashwidgets.backups.backup import UNDER_WAY, backup_one
from dashwidgets.backups.files import file_name, read_snapshot_file
from dashwidgets.embedded import admin
from dashwidgets.embedded.sample import SAMPLE
from tests.local import local


@pytest.fixture(scope="module")
def ph() -> Iterator[dw.Project]:
    with local(strict=True) as project:
        yield project


@pytest.fixture(scope="module")
def folder(ph: dw.Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("boards")
    assert ph.backup(made).complete
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_file_a_dashboard_and_a_manifest(ph: dw.Project, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {one["id"] for one in manifest["dashboards"]} == set(ph.dashboards()["id"])
    assert {one["file"] for one in manifest["dashboards"]} | {"manifest.json"} == set(
        contents(folder)
    )
    assert manifest["complete"]
    assert manifest["refused"] == []


def test_a_second_backup_changes_nothing_but_the_date(ph: dw.Project, folder: Path) -> None:
    before = contents(folder)
    ph.backup(folder)
    after = contents(folder)
    first, second = json.loads(before.pop("manifest.json")), json.loads(after.pop("manifest.json"))
    assert after == before
    assert first | {"taken_at": 0} == second | {"taken_at": 0}


def test_no_token_and_no_password(ph: dw.Project, folder: Path) -> None:
    board = ph.dashboard("Partner numbers")
    token = board.share(True, password_required=True)
    password = board.add_share_password("a long pass phrase")
    assert token is not None
    ph.backup(folder)
    for text in contents(folder).values():
        assert token.reveal().encode() not in text
        assert password.reveal().encode() not in text


def test_stored_queries_not_those_with_the_boards_filters(ph: dw.Project, tmp_path: Path) -> None:
    board = ph.dashboard("Web vitals")
    plain = read_snapshot_file(backup_one(ph.client, board.id, tmp_path / "plain"))
    board.update(filters={"date_from": "-3d"})
    filtered = read_snapshot_file(backup_one(ph.client, board.id, tmp_path / "filtered"))
    board.update(filters={"date_from": None})
    assert filtered["template"]["tiles"] == plain["template"]["tiles"]
    assert filtered["template"]["dashboard_filters"] == {"date_from": "-3d"}


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "CON", "a\\b:c*?", "\u202egnp.exe", "x" * 400, "", "...", "图表", None],
)
def test_hostile_names_make_plain_files(name: str | None) -> None:
    made = file_name(3, name)
    assert made.isascii()
    assert made.startswith("3-")
    assert made.endswith(".json")
    assert Path(made).name == made
    assert "\\" not in made
    assert len(made) < 90
    assert made == made.lower()


def test_goes_on_after_a_kill(ph: dw.Project, folder: Path, tmp_path: Path) -> None:
    """What the trail of a killed backup names is not read again; a torn last line is no harm."""
    manifest = json.loads((folder / "manifest.json").read_text())
    lines: list[str] = []
    for entry in manifest["dashboards"][:10]:
        shutil.copy(folder / entry["file"], tmp_path)
        origin = {"host": manifest["host"], "project_id": manifest["project_id"]}
        lines.append(json.dumps(origin | entry))
    (tmp_path / UNDER_WAY).write_text("\n".join([*lines, '{"id": 3, "fi']))
    spent = ph.client.requests_spent
    assert ph.backup(tmp_path).complete
    left = len(manifest["dashboards"]) - 10
    assert ph.client.requests_spent - spent <= 2 + 3 * left
    assert not (tmp_path / UNDER_WAY).exists()


def test_what_a_key_may_not_read_is_in_the_manifest(tmp_path: Path) -> None:
    data, boards = tmp_path / "data", tmp_path / "boards"
    dw.local(data).close()
    key = admin.add_key(data, "mara@example.com", "Few", ("dashboard:read", "insight:read"))
    with dw.local(data) as ph, dw.connect(ph.client.host, key, project_id=1) as limited:
        made = limited.backup(boards)
    manifest = json.loads((boards / "manifest.json").read_text())
    assert not made.complete
    assert not manifest["complete"]
    assert len(manifest["dashboards"]) == len(manifest["refused"]) == len(SAMPLE)
    assert all("sharing_configuration:read" in why for why in manifest["refused"])


def test_another_projects_folder_is_refused(ph: dw.Project, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"host": "https://elsewhere", "project_id": 5}')
    with pytest.raises(dw.ConfigurationError, match="another project"):
        ph.backup(tmp_path)
