"""``%%hogql``: a cell of SQL. Loaded by ``%load_ext dashwidgets``."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.request import UNSET, Unset
from dashwidgets.project import Project
from dashwidgets.queries.statement import placeholders

if TYPE_CHECKING:
    import pandas as pd

USAGE = "%%hogql [name] [--project ph] [--limit 1000 or all] [--by column]"


def register(shell: Any) -> None:
    """Add the magic to an IPython shell."""

    def hogql(line: str, cell: str) -> pd.DataFrame:
        """Run the cell as HogQL; ``%%hogql name`` keeps the frame under that name too.

        ``{variable}`` in it is sent as a value, never pasted into the text. Options: ``--project``
        names the project's variable where there are several, ``--limit`` and ``--by`` are those of
        ``ph.sql``.
        """
        return run(line, cell, shell.user_ns)

    shell.register_magic_function(hogql, magic_kind="cell", magic_name="hogql")


def run(line: str, cell: str, namespace: dict[str, Any]) -> pd.DataFrame:
    """Run a cell over the variables of a notebook."""
    asked = _read(line)
    project = _project(namespace, asked.project)
    values = {
        name: namespace[name]
        for name in sorted(placeholders(cell))
        # IPython keeps `_`, `_1` and the like: earlier outputs, which nobody means by a
        # placeholder.
        if name in namespace and not name.startswith("_")
    }
    frame = project.sql(cell, limit=_limit(asked.limit), by=asked.by, **values)
    if asked.name:
        namespace[asked.name] = frame
    return frame


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> Any:  # argparse would end the kernel
        raise ConfigurationError(f"{message}: write {USAGE}.")


def _read(line: str) -> argparse.Namespace:
    options = _Options(add_help=False)
    options.add_argument("name", nargs="?")
    for name in ("--project", "--limit", "--by"):
        options.add_argument(name)
    try:
        asked = options.parse_args(shlex.split(line))
    except ValueError as error:  # an open quote
        raise ConfigurationError(f"{error}: write {USAGE}.") from error
    if asked.name and not asked.name.isidentifier():
        raise ConfigurationError(f"{asked.name!r} can't be a variable's name: write {USAGE}.")
    return asked


def _limit(text: str | None) -> int | Unset | None:
    if text is None:
        return UNSET
    if text == "all":
        return None
    if not text.isdecimal():
        raise ConfigurationError(f"--limit takes a number or all, not {text!r}.")
    return int(text)


def _project(namespace: Mapping[str, Any], name: str | None) -> Project:
    if name is not None:
        found = namespace.get(name)
        if not isinstance(found, Project):
            raise ConfigurationError(
                f"{name} is not a project: connect with {name} = dw.connect()."
            )
        return found
    # By identity: a project under two names is one project.
    there = {
        id(value): (each, value)
        for each, value in namespace.items()
        if isinstance(value, Project) and not each.startswith("_")
    }
    if len(there) == 1:
        return next(iter(there.values()))[1]
    if not there:
        raise ConfigurationError("There is no project yet: connect with ph = dw.connect().")
    names = ", ".join(sorted(each for each, _ in there.values()))
    raise ConfigurationError(f"Several projects are open: choose one with --project ({names}).")
