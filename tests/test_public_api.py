"""A public name that went or a parameter that changed fails here until it is meant."""

from __future__ import annotations

from pathlib import Path

from tests.public_api import lines

KEPT = Path(__file__).with_name("public_api.txt")


def test_what_users_type_still_works() -> None:
    kept = KEPT.read_text(encoding="utf-8").splitlines()
    assert len(kept) > 200
    gone = sorted(set(kept) - set(lines()))
    assert not gone, (
        "These are public and are not there as they were. If that is meant, follow the deprecation "
        "policy in CONTRIBUTING.md and run `python -m tests.public_api > tests/public_api.txt`."
    )


def test_functions_methods_and_traits_are_all_there() -> None:
    names = {line.partition("(")[0] for line in lines()}
    assert {"dw.connect", "dw.Project.dashboards", "Browser.selected", "Plan.revert"} <= names
    assert not [name for name in names - {"dw.__version__"} if "._" in name]
