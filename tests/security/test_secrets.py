"""No key and no token where it could be committed, logged or shared."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import secrets
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import dashwidgets as dw
from dashwidgets.api.secret import Secret
from dashwidgets.backups.backup import backup_one
from dashwidgets.plans.journal.state_folder import state_folder
from tests.local import Running
from tests.security.search import RANDOM_SECRET, secrets_in

ROOT = Path(__file__).parents[2]
LOOKS_SECRET = re.compile(r"ph[xspa]_[A-Za-z0-9_-]{8,}|access_token\W{1,4}[A-Za-z0-9_-]{12,}")


def test_the_key_is_in_no_trait_repr_or_log(
    served: Running, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.DEBUG)
    key = served.keys["owner"]
    ph = dw.connect(served.url, key, served.project_id)
    request.addfinalizer(ph.close)
    board = ph.dashboard("Growth overview")
    browser, live = ph.browse(), board.watch()
    live.wait(timeout=60)

    said = [repr(thing) for thing in (ph, board, browser, live, ph.dashboards().attrs)]
    said += [json.dumps(widget.get_state(), default=str) for widget in (browser, live)]
    said += [record.getMessage() for record in caplog.records]
    assert caplog.records, "nothing was logged: the test would prove nothing"
    for text in said:
        assert key not in text
        assert not LOOKS_SECRET.search(text)


def processes() -> str:
    """What anyone on this machine sees of everybody's command lines."""
    if (proc := Path("/proc")).is_dir():  # slim images have no ps
        shown: list[bytes] = []
        for path in proc.glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                shown.append(path.read_bytes().replace(b"\0", b" "))
        return b"\n".join(shown).decode(errors="replace")
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout


def test_the_process_list_does_not_show_a_key() -> None:
    with dw.local() as ph:
        listing = processes()
        assert "dashwidgets" in listing
        assert not LOOKS_SECRET.search(listing)
        assert ph.dashboards().attrs["complete"]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.name)
def test_no_committed_notebook_holds_a_secret(path: Path) -> None:
    text = path.read_text()
    assert '"outputs"' in text
    assert not LOOKS_SECRET.search(text)
    assert '"execution_count": 1' in text, "a committed notebook has been run"


def test_no_file_of_the_project_holds_a_secret() -> None:
    """All that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    assert len(paths) > 400
    found = {
        (str(path.relative_to(ROOT)), text)
        for path in paths
        if path.is_file()
        for text in secrets_in(path.read_bytes())
    }
    assert found == set()


def test_the_search_finds_a_key() -> None:
    key = f"phx_{secrets.token_urlsafe(32)}"
    assert secrets_in(f"connect(key={key!r})".encode()) == {key}
    assert secrets_in(b"phx_" + b"made_up_" * 6) == set()


def test_an_executed_notebook_holds_no_secret(
    served: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Widgets, frames and errors of a board with an open link, saved as Jupyter does."""
    key = served.keys["owner"]
    monkeypatch.setenv("POSTHOG_HOST", served.url)
    monkeypatch.setenv("POSTHOG_PERSONAL_API_KEY", key)
    monkeypatch.setenv("POSTHOG_PROJECT_ID", str(served.project_id))
    with dw.connect() as ph:
        link = ph.dashboard("Growth overview").share(password_required=True)
        assert link is not None
        token = link.reveal()
    cells = [
        "import logging; logging.basicConfig(level=logging.DEBUG)",
        "import dashwidgets as dw; ph = dw.connect(); board = ph.dashboard('Growth overview'); ph",
        "ph.browse()",
        "board.edit()",
        "board.watch().wait(60)",
        "print(ph.sharing([board.id]).to_dict(), board.sharing())\nph.sharing([board.id])",
        "try:\n    ph.dashboard(424242)\nexcept dw.NotFound as error:\n    print(repr(error))",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
    NotebookClient(notebook, store_widget_state=True, timeout=120).execute()
    text = nbformat.writes(notebook)
    assert '"widgets"' in text
    assert "Growth overview" in text
    for secret in (key, token):
        assert secret not in text
    assert not RANDOM_SECRET.search(text)


def test_no_file_that_is_written_holds_a_secret(served: Running, tmp_path: Path) -> None:
    """Recordings, pages, plans, reports and the journal of a board with an open link."""
    with served.connect() as ph:
        board = ph.create("Open to the world")
        board.add_text("words")
        link = board.share(password_required=True)
        assert link is not None
        password = board.add_share_password()
        run = board.record(tmp_path / "run.dwr")
        run.to_html(tmp_path / "run.html")
        board.watch().wait(60).to_html(tmp_path / "watch.html")
        ph.browse().to_html(tmp_path / "list.html")
        backup_one(ph.client, board.id, tmp_path / "backup")
        plan = ph.plan().unshare([board.id])
        plan.to_csv(tmp_path / "plan.csv")
        plan.to_html(tmp_path / "plan.html")
        plan.apply()
        report = ph.audit()
        report.to_html(tmp_path / "audit.html")
        report.to_csv(tmp_path / "audit.csv")
    secrets_known = [served.keys["owner"], link.reveal(), password.reveal()]
    journals = [path for path in state_folder("journal").rglob("*") if path.is_file()]
    written = [path for path in tmp_path.rglob("*") if path.is_file()] + journals
    assert len(written) > 9
    assert journals
    for path in written:
        content = path.read_bytes()
        if path.suffix == ".dwr":
            with zipfile.ZipFile(path) as archive:
                content = b"".join(map(archive.read, archive.namelist()))
        assert not secrets_in(content), path
        assert not [one for one in secrets_known if one.encode() in content], path


def test_a_frame_with_a_token_is_written_with_its_mask(tmp_path: Path) -> None:
    token = Secret("vCB_abcdefghijklmnop")
    frame = pd.DataFrame({"token": pd.Series([token, None], dtype=object)})
    frame.to_parquet(tmp_path / "links.parquet")
    read = pd.read_parquet(tmp_path / "links.parquet")
    assert read["token"].tolist()[:1] == ["Secret('…')"]
    assert json.loads(frame.to_json())["token"]["0"] == "Secret('…')"
    assert token.reveal() not in f"{token} {token!r} {frame.to_csv()} {json.dumps(token)}"
    assert token == Secret(token.reveal()) != Secret("another")
    with pytest.raises(TypeError, match="not pickled"):
        frame.to_pickle(tmp_path / "links.pickle")


def test_a_token_that_begins_like_a_key_shows_nothing() -> None:
    assert repr(Secret("vCB_abcdefghijklmnop")) == "Secret('…')"
    assert repr(Secret("phx_abcdefghijklmnop")) == "Secret('phx_…')"
