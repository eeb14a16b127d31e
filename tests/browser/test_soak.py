"""A short `python -m tests soak`: what a notebook in use leaves in kernel and page."""

from __future__ import annotations

from tests.browser.lab import Lab
from tests.steps.soak import grown, worked


def test_rounds_of_work_leave_nothing(lab: Lab) -> None:
    found = worked(lab, seconds=15)
    assert found[-1].rounds >= 6
    assert found[-1].threads > 1
    assert found[-1].comms > 1
    assert found[-1].lasting > 1
    assert grown(found) == []
