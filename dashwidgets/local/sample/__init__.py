"""The sample: a small imagined product, Larkspur, that plans projects. All of it is synthetic."""

from __future__ import annotations

from dashwidgets.local.sample.care import CARE
from dashwidgets.local.sample.events import events_path
from dashwidgets.local.sample.faults import FAULTS, LOOSE
from dashwidgets.local.sample.heavy import HEAVY
from dashwidgets.local.sample.pieces import SampleDashboard, SampleTile
from dashwidgets.local.sample.product import PRODUCT

SAMPLE: tuple[SampleDashboard, ...] = (*PRODUCT, HEAVY, *CARE, *FAULTS)

__all__ = ["LOOSE", "SAMPLE", "SampleDashboard", "SampleTile", "events_path"]
