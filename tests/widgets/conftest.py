"""A dashboard that a test may change."""

from __future__ import annotations

import pytest

import dashwidgets as dw


@pytest.fixture
def board(ph: dw.Project) -> dw.Dashboard:
    return ph.dashboard("Growth overview").duplicate("A copy")
