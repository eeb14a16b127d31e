"""The view's types are those of the state."""

from __future__ import annotations

from typing import TypedDict, get_type_hints

import pytest

from dashwidgets.widgets.arrange.widget import Arranger
from dashwidgets.widgets.browse.widget import Browser
from dashwidgets.widgets.shared.typescript import KINDS, SOURCES, STATES, kinds_table, typescript
from dashwidgets.widgets.watch.widget import Watch


@pytest.mark.parametrize("name", STATES)
def test_the_committed_types_are_the_generated_ones(name: str) -> None:
    assert (SOURCES / name / "state.ts").read_text() == typescript(STATES[name])


def test_the_view_s_table_of_results_is_the_frames_one() -> None:
    assert KINDS.read_text() == kinds_table()


@pytest.mark.parametrize(
    ("name", "widget"), [("arrange", Arranger), ("browse", Browser), ("watch", Watch)]
)
def test_every_synced_trait_is_in_the_state(name: str, widget: type) -> None:
    synced = {
        trait
        for trait, kind in widget.class_traits(sync=True).items()  # pyright: ignore[reportAttributeAccessIssue]
        if not trait.startswith("_") and kind.this_class is widget
    }
    assert synced == set(get_type_hints(STATES[name]))


def test_a_state_that_typescript_can_not_say_is_refused() -> None:
    class Bad(TypedDict):
        when: set[int]

    with pytest.raises(TypeError, match="set"):
        typescript(Bad)
