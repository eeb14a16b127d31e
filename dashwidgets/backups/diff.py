"""What differs between dashboards: one row per difference, none when they are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.backups.files import read_json, read_snapshot_file
from dashwidgets.backups.matching import match, title

if TYPE_CHECKING:
    import pandas as pd

Snapshot = Mapping[str, Any]
COLUMNS = ("dashboard", "tile", "field", "a", "b")
TEMPLATE = {
    "dashboard_description": "description",
    "dashboard_filters": "filters",
    "tags": "tags",
}
Row = dict[str, Any]
Side = Snapshot | list[Snapshot]


def differences(a: Snapshot, b: Snapshot) -> list[Row]:
    """Rows of what differs between two dashboards, without ids and dates."""
    board = str(a["settings"]["name"])
    rows: list[Row] = []

    def compare(tile: str | None, field: str, left: Any, right: Any) -> None:
        if left != right:
            rows.append({"dashboard": board, "tile": tile, "field": field, "a": left, "b": right})

    for key, name in TEMPLATE.items():
        left, right = a["template"][key], b["template"][key]
        if key == "tags":
            # Tags are a set on the server, which returns them in any order.
            left, right = sorted(left), sorted(right)
        compare(None, name, left, right)
    for name in a["settings"]:
        compare(None, name, a["settings"][name], b["settings"][name])
    compare(None, "collaborators", a["collaborators"], b["collaborators"])
    compare(None, "sharing", a["sharing"], b["sharing"])
    # A part that only one side could read must not pass for equal.
    compare(None, "refused", a["refused"], b["refused"])
    ones, others = a["template"]["tiles"], b["template"]["tiles"]
    for here, there in match(ones, others):
        if here is None or there is None:
            tile = ones[here] if here is not None else others[there or 0]
            compare(title(tile), "tile", here is not None, there is not None)
            continue
        for name in ones[here]:
            if name != "insight_id":
                compare(title(ones[here]), name, ones[here][name], others[there].get(name))
    return rows


def differences_of_many(a: Sequence[Snapshot], b: Sequence[Snapshot]) -> list[Row]:
    """Rows of what differs between two sets: matched by id in the same project, then by name."""
    left, right = list(a), list(b)
    pairs: list[tuple[Snapshot, Snapshot]] = []
    # By id first: two dashboards may have one name, and a renamed one is still itself.
    for same in (_source, _name):
        for one in list(left):
            other = next((two for two in right if same(two) == same(one)), None)
            if other is not None:
                pairs.append((one, other))
                left.remove(one)
                right.remove(other)
    rows = [row for one, other in pairs for row in differences(one, other)]
    for lonely, here in ((left, True), (right, False)):
        rows += [
            {
                "dashboard": str(one["settings"]["name"]),
                "tile": None,
                "field": "dashboard",
                "a": here,
                "b": not here,
            }
            for one in lonely
        ]
    return rows


def _source(snapshot: Snapshot) -> object:
    return snapshot["source"]


def _name(snapshot: Snapshot) -> object:
    return snapshot["settings"]["name"]


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Differences as a frame: ``dashboard``, ``tile``, ``field``, ``a``, ``b``; all objects."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(COLUMNS), dtype="object")


def diff(a: Any, b: Any) -> pd.DataFrame:
    """Compare dashboards; one row per difference, empty when they are the same.

    Ids, dates, tokens and passwords are not compared. A dashboard costs four or five requests, a
    project what a backup costs; each counts as opening.

    Parameters
    ----------
    a, b : Dashboard, Project, path or snapshot
        A path is a backup file, or a folder of them.

    Raises
    ------
    ConfigurationError
        One side is several dashboards and the other a single one, or a file is damaged.
    """
    return frame_of(compare(snapshots_of(a), snapshots_of(b)))


def compare(a: Side, b: Side) -> list[Row]:
    """Rows of what differs between one and one, or several and several."""
    if isinstance(a, list) and isinstance(b, list):
        return differences_of_many(a, b)
    if isinstance(a, list) or isinstance(b, list):
        raise ConfigurationError(
            "One side is a single dashboard, the other several: compare one with one."
        )
    return differences(a, b)


def snapshots_of(what: Any) -> Side:
    """One snapshot, or those of a folder or project."""
    if isinstance(what, str | Path):
        path = Path(what).expanduser()
        return read_folder(path) if path.is_dir() else read_snapshot_file(path)
    if isinstance(what, Mapping):
        return what  # pyright: ignore[reportUnknownVariableType]
    from dashwidgets.backups.files import checked_snapshot
    from dashwidgets.backups.snapshot import read_snapshot

    client = getattr(what, "_client", None)
    if client is not None:
        return checked_snapshot(read_snapshot(client, what.id), "The answer")
    client = getattr(what, "client", None)
    if client is None:
        raise ConfigurationError(
            f"{what!r} can't be compared: give a Dashboard, a Project, a backup file or a folder."
        )
    from tempfile import TemporaryDirectory

    from dashwidgets.backups.backup import backup_all

    with TemporaryDirectory(prefix="dashwidgets-") as folder:
        made = backup_all(client, Path(folder))
        if not made.complete:
            raise ConfigurationError(
                f"The project could not be read completely: {' '.join(made.refused)}"
            )
        return read_folder(Path(folder))


def read_folder(folder: Path) -> list[Snapshot]:
    """The dashboards that a folder's manifest names, each file checked.

    Raises `ConfigurationError` for a manifest that is damaged or leads out of the folder.
    """
    return [read_snapshot_file(path) for path in backup_files(folder)]


def backup_files(folder: Path) -> list[Path]:
    """The files that a folder's manifest names."""
    manifest = read_json(folder / "manifest.json")
    try:
        if manifest["format"] != "dashwidgets.backup" or manifest["version"] != 1:
            raise ValueError("it has another kind or version")
        names = [str(entry["file"]) for entry in manifest["dashboards"]]
        if any(Path(name).name != name or name in ("", ".", "..") for name in names):
            raise ValueError("it names files outside its folder")
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{folder / 'manifest.json'} is damaged: {error}.") from error
    return [folder / name for name in names]
