"""The sample: a small imagined product, Larkspur, that plans projects. All of it is synthetic."""

from __future__ import annotations

from dashwidgets.embedded.sample.cache import events_path
from dashwidgets.embedded.sample.care import CARE
from dashwidgets.embedded.sample.faults import FAULTS, LOOSE
from dashwidgets.embedded.sample.heavy import HEAVY
from dashwidgets.embedded.sample.pieces import SampleDashboard, SampleTile
from dashwidgets.embedded.sample.product import PRODUCT

SAMPLE: tuple[SampleDashboard, ...] = (*PRODUCT, HEAVY, *CARE, *FAULTS)

__all__ = ["LOOSE", "SAMPLE", "SampleDashboard", "SampleTile", "events_path"]
