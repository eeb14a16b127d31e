"""An embedded project for each test, and a board of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashwidgets.dashboard import Dashboard
from dashwidgets.project import Project
from tests.local import local


@pytest.fixture
def ph() -> Iterator[Project]:
    with local() as project:
        yield project


@pytest.fixture
def board(ph: Project) -> Dashboard:
    return ph.dashboard("Growth overview")
