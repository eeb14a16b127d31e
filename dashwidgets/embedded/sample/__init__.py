"""The sample: a small imagined product, Larkspur, that plans projects. All of it is synthetic."""

from __future__ import annotations

from dashwidgets.embedded import SAMPLES
from dashwidgets.embedded.sample.building_blocks import SampleDashboard, SampleTile
from dashwidgets.embedded.sample.cache import events_path
from dashwidgets.embedded.sample.dashboards import PRODUCT
from dashwidgets.embedded.sample.faults import FAULTS, LOOSE
from dashwidgets.embedded.sample.heavy_board import HEAVY
from dashwidgets.embedded.sample.hostile import HOSTILE
from dashwidgets.embedded.sample.journeys import JOURNEYS
from dashwidgets.embedded.sample.neglected import NEGLECTED

SAMPLE: tuple[SampleDashboard, ...] = (*PRODUCT, HEAVY, *NEGLECTED, *FAULTS, *JOURNEYS)


def dashboards(sample: str) -> tuple[SampleDashboard, ...]:
    """The dashboards of a sample by its name; raises `ValueError` for a name that is not one."""
    if sample not in SAMPLES:
        raise ValueError(f"There is no sample {sample!r}: choose from {', '.join(SAMPLES)}.")
    # Added at the end, so that the other dashboards keep their ids.
    return (*SAMPLE, *HOSTILE) if sample == "hostile" else SAMPLE


__all__ = ["LOOSE", "SAMPLE", "SampleDashboard", "SampleTile", "dashboards", "events_path"]
