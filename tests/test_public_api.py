"""A public name that went or a parameter that changed fails here until it is meant."""

from __future__ import annotations

import re
from pathlib import Path

from tests.public_api import lines

KEPT = Path(__file__).with_name("public_api.txt")
REFERENCE = Path(__file__).parent.parent / "docs" / "reference"


def test_what_users_type_still_works() -> None:
    kept = KEPT.read_text(encoding="utf-8").splitlines()
    assert len(kept) > 200
    gone = sorted(set(kept) - set(lines()))
    assert not gone, (
        "These are public and are not there as they were. If that is meant, do as "
        "docs/deprecations.md says and run `python -m tests.public_api > tests/public_api.txt`."
    )


def test_functions_methods_and_traits_are_all_there() -> None:
    names = {line.partition("(")[0] for line in lines()}
    assert {"dw.connect", "dw.Project.dashboards", "Browser.selected", "Plan.revert"} <= names
    assert not [name for name in names - {"dw.__version__"} if "._" in name]


def test_every_public_name_is_in_an_example_of_the_reference() -> None:
    """The site runs them: a name that does not work fails there."""
    pages = [page.read_text(encoding="utf-8") for page in REFERENCE.glob("*.md")]
    cells = [cell for page in pages for cell in re.findall(r"```{code-cell}\n(.*?)```", page, re.S)]
    words = set(re.findall(r"\w+", "\n".join(cells)))
    names = {line.partition("(")[0] for line in lines() if not line.startswith("class ")}
    assert len(names) > 200
    assert not sorted(name for name in names if name.rpartition(".")[2] not in words)
