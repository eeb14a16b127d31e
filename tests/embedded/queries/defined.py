"""The sample's actions and cohorts, as the engine takes them."""

from __future__ import annotations

from dashwidgets.embedded.events.engine import Definitions
from dashwidgets.embedded.sample.definitions import ACTIONS, COHORTS

DEFINED = Definitions(
    actions=dict(enumerate(ACTIONS, 1)),
    cohorts=dict(enumerate(COHORTS, 1)),
)
