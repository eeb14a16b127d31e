"""``dw.local(sample="hostile")``: nothing that dashwidgets displays lets its content act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import dashwidgets as dw

MARKUP = re.compile(r"<(img|script|svg onload|b onmouseover)|href=.?javascript:", re.IGNORECASE)
CONTROLS = re.compile("[\x1b\u202e]")


@pytest.fixture(scope="module")
def ph() -> Iterator[dw.Project]:
    with dw.local(sample="hostile") as project:
        yield project


def test_it_adds_to_the_product(ph: dw.Project, shared: dw.Project) -> None:
    ours, theirs = shared.dashboards(), ph.dashboards()
    assert set(ours["id"]) < set(theirs["id"])
    added = theirs[~theirs["id"].isin(ours["id"])]
    assert all("hostile" in tags for tags in added["tags"])
    assert not any("hostile" in tags for tags in ours["tags"])


def shown(ph: dw.Project) -> dict[str, Any]:
    board = ph.dashboard("<img src=x onerror=alert(1)> *not bold*")
    edited = ph.dashboards()
    edited["pinned"] = ~edited["pinned"]
    return {
        "audit": ph.audit(stale_after="1D"),
        "references": ph.references(),
        "plan": ph.plan(edited),
        "browse": ph.browse(),
        "edit": board.edit(),
        "arrange": board.arrange(),
        "watch": board.watch().wait(timeout=60),
    }


def test_text_is_text_wherever_it_is_displayed(ph: dw.Project) -> None:
    for name, thing in shown(ph).items():
        if hasattr(thing, "_repr_html_"):
            html = thing._repr_html_()
        else:
            html = thing._repr_mimebundle_()[0].get("text/html", "")
        assert "hostile" in html or "alert(1)" in html, f"{name} shows none of it"
        assert MARKUP.search(html) is None, name
        assert CONTROLS.search(html) is None, name
        assert CONTROLS.search(repr(thing)) is None, name


def test_an_unknown_sample_starts_nothing() -> None:
    with pytest.raises(dw.ConfigurationError, match="no sample 'nice': choose from product"):
        dw.local(sample="nice")
