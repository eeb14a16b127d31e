"""Where journals and the backups before deletions are kept on this machine."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

VARIABLE = "DASHWIDGETS_STATE"


def state_folder(*parts: str) -> Path:
    """A folder for this user alone; ``DASHWIDGETS_STATE`` names another place."""
    folder = _root().joinpath(*parts)
    # Journals hold old values: names and emails that other users of this machine must not read.
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def place_of(host: str, project_id: int | str) -> str:
    """A project, as the name of a folder."""
    return re.sub(r"[^A-Za-z0-9]+", "-", f"{host} {project_id}").strip("-")


def _root() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "dashwidgets"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "dashwidgets"
    named = os.environ.get("XDG_STATE_HOME")
    return (Path(named) if named else Path.home() / ".local" / "state") / "dashwidgets"
