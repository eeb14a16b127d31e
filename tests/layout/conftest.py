"""An embedded project for each test, and a board of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import dashwidgets as dw
from dashwidgets.dashboard import Dashboard
from dashwidgets.project import Project


@pytest.fixture
def ph() -> Iterator[Project]:
    with dw.local() as project:
        yield project


@pytest.fixture
def board(ph: Project) -> Dashboard:
    return ph.dashboard("Growth overview")
