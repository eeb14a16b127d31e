"""A project that tests share, and a place for journals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import dashwidgets as dw


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    monkeypatch.setenv("DASHWIDGETS_STATE", str(folder))
    return folder


@pytest.fixture(scope="module")
def shared() -> Iterator[dw.Project]:
    with dw.local() as project:
        yield project
