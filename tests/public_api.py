"""What users may type.

``python -m tests.public_api > tests/public_api.txt`` when it is meant to change, and before each
release, when what is new becomes a promise.
"""

from __future__ import annotations

import inspect
from typing import Any

from traitlets import TraitType

import dashwidgets as dw
from dashwidgets.audit.report.report import Report
from dashwidgets.plans.plan import Plan
from dashwidgets.recordings.comparing.comparison import Comparison
from dashwidgets.recordings.history import History
from dashwidgets.widgets.arrange.widget import Arranger
from dashwidgets.widgets.browse.widget import Browser
from dashwidgets.widgets.edit.widget import Editor
from dashwidgets.widgets.explore.widget import Explorer
from dashwidgets.widgets.shared.widget import DashWidget
from dashwidgets.widgets.watch.widget import Watch

RETURNED = (Arranger, Browser, Comparison, Editor, Explorer, History, Plan, Report, Watch)
"""Classes that calls return; their names are not exported, what they can do is."""
FOR_OTHER_MODULES = {"Comparison.by_movement", "Plan.delete_if", "Plan.of_run"}
"""Named without an underscore because other modules call them; nobody types them."""


def lines() -> list[str]:
    """A line a name: functions with their parameters, classes with their public members."""
    found: list[str] = []
    for name in dw.__all__:
        found += described(f"dw.{name}", getattr(dw, name))
    for one in RETURNED:
        found += described(one.__name__, one)
    return sorted(line for line in found if line.partition("(")[0] not in FOR_OTHER_MODULES)


def described(name: str, value: Any) -> list[str]:
    """A function's parameters; a class and what it brings itself."""
    if inspect.isclass(value):
        return [f"class {name}", *members(name, value)]
    if callable(value):
        return [f"{name}{parameters(value)}"]
    return [name]


def members(name: str, of: type) -> list[str]:
    """Public members, but for those of the libraries a class builds on."""
    found: list[str] = []
    for key in dir(of):
        home = next((base for base in of.__mro__ if key in vars(base)), object)
        if key.startswith("_") or not home.__module__.startswith("dashwidgets"):
            continue
        if issubclass(of, DashWidget) and not is_for_users(of, key):
            continue
        value = inspect.getattr_static(of, key)
        if inspect.isfunction(value):
            found.append(f"{name}.{key}{parameters(value)}")
        else:
            found.append(f"{name}.{key}")
    return found


def is_for_users(widget: type[DashWidget], key: str) -> bool:
    """Whether a widget offers a name; most of its traits are between Python and the view."""
    is_trait = isinstance(inspect.getattr_static(widget, key), TraitType)
    return key in widget.documented if is_trait else key not in ("documented", "listens")


def parameters(function: Any) -> str:
    """Names and kinds; a default is only said to be there."""
    shown: list[inspect.Parameter] = []
    for one in inspect.signature(function).parameters.values():
        default = one.empty if one.default is one.empty else ...
        shown.append(one.replace(annotation=one.empty, default=default))
    return str(inspect.Signature(shown)).replace("Ellipsis", "...")


if __name__ == "__main__":
    print("\n".join(lines()))
