"""Every public call that sends: what it needs is read before the connection breaks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import dashwidgets as dw
from dashwidgets.backups.backup import backup_one
from dashwidgets.widgets.explore.widget import Explorer
from dashwidgets.widgets.watch.widget import Watch

Prepare = Callable[[dw.Project, dw.Dashboard], Callable[[], Any]]
"""Given a project and a dashboard over a whole connection, returns the call to make."""
TEMPLATE = {
    "template_name": "Made behind a fault",
    "dashboard_description": "",
    "dashboard_filters": {},
    "tiles": [{"type": "TEXT", "body": "words", "layouts": {}}],
}


def project_calls(ph: dw.Project, board: dw.Dashboard) -> dict[str, Callable[[], Any]]:
    """Calls that need nothing but a project."""
    return {
        "ph.dashboards()": ph.dashboards,
        "ph.dashboard(name)": lambda: ph.dashboard(str(board.name)),
        "ph.tiles()": ph.tiles,
        'ph.tiles(deep="open")': lambda: ph.tiles(deep="open"),
        "ph.insights()": ph.insights,
        "ph.tags()": ph.tags,
        "ph.members()": ph.members,
        "ph.sharing([id])": lambda: ph.sharing([board.id]),
        "ph.collaborators([id])": lambda: ph.collaborators([board.id]),
        "ph.sql(text)": lambda: ph.sql("SELECT event, count() FROM events GROUP BY event"),
        "ph.events()": ph.events,
        "ph.deleted()": ph.deleted,
        "ph.history()": ph.history,
        "ph.references(event)": lambda: ph.references("signed_up"),
        "ph.audit()": ph.audit,
        "ph.create(name)": lambda: ph.create("Made behind a fault"),
        "ph.create_from_template(template)": lambda: ph.create_from_template(TEMPLATE),
        "ph.plan().tag([id])": lambda: ph.plan().tag([board.id], "x"),
        "ph.delete_due()": ph.delete_due,
        "ph.backup(folder)": lambda: ph.backup(tempfile.mkdtemp()),
        "ph.record([id], folder)": lambda: ph.record([board], tempfile.mkdtemp()),
        "ph.browse()": ph.browse,
        "ph.explore()": ph.explore,
        "dw.doctor(ph)": lambda: dw.doctor(ph),
    }


def board_calls(ph: dw.Project, board: dw.Dashboard) -> dict[str, Callable[[], Any]]:
    """Calls that need nothing but a dashboard."""
    return {
        "board.read()": board.read,
        "board.tiles()": board.tiles,
        "board.results()": board.results,
        "board.stream()": lambda: list(board.stream()),
        "board.history()": board.history,
        "board.collaborators()": board.collaborators,
        "board.sharing()": board.sharing,
        "board.share_passwords()": board.share_passwords,
        "board.update(description=…)": lambda: board.update(description="again"),
        "board.add_text(body)": lambda: board.add_text("words"),
        "board.share()": board.share,
        "board.rotate_link()": board.rotate_link,
        "board.duplicate()": lambda: board.duplicate("Twin"),
        "board.record()": board.record,
        "board.compare(to=…)": lambda: board.compare(to={"date_from": "-7d"}),
        "board.layout.pending": lambda: board.layout.pending,
        "board.watch()": lambda: waited(board.watch()),
        "board.edit()": board.edit,
        "board.arrange()": board.arrange,
    }


def simple(name: str, calls: Callable[..., dict[str, Callable[[], Any]]]) -> Prepare:
    return lambda ph, board: calls(ph, board)[name]


def prepared(prepare: Prepare) -> Prepare:
    """Register what reads or makes something first; its name is the docstring."""
    CALLS[str(prepare.__doc__)] = prepare
    return prepare


class _Any:
    """Stands for a project or a dashboard while only names are asked for."""

    def __getattr__(self, name: str) -> Any:
        return self


_ANY: Any = _Any()
CALLS: dict[str, Prepare] = {
    name: simple(name, calls)
    for calls in (project_calls, board_calls)
    for name in calls(_ANY, _ANY)
}


def waited(live: Watch) -> Watch:
    """A watch at its end; what it arrived at stays readable."""
    try:
        return live.wait(60)
    finally:
        live.close()


def somebody(ph: dw.Project) -> str:
    """A member who may be invited."""
    return str(ph.members().set_index("name").loc["Ines Falk", "user_uuid"])


@prepared
def _add_collaborator(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.add_collaborator(uuid)"
    board.update(restriction_level=37)
    return partial(board.add_collaborator, somebody(ph))


@prepared
def _remove_collaborator(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.remove_collaborator(uuid)"
    board = board.duplicate("Invited")
    board.update(restriction_level=37)
    who = somebody(ph)
    board.add_collaborator(who)
    return partial(board.remove_collaborator, who)


@prepared
def _add_password(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.add_share_password()"
    board.share(password_required=True)
    return board.add_share_password


@prepared
def _remove_password(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.remove_share_password(id)"
    board.share(password_required=True)
    board.add_share_password()
    return partial(board.remove_share_password, int(board.share_passwords()["id"].iloc[0]))


@prepared
def _move_tile(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.move_tile(tile, to=id)"
    text, there = board.add_text("moves"), ph.create("There").id
    return lambda: board.move_tile(text, to=there)


@prepared
def _copy_tile(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.copy_tile(tile, to=id)"
    text, there = board.add_text("is copied"), ph.create("There").id
    return lambda: board.copy_tile(text, to=there)


@prepared
def _remove_tile(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.remove_tile(tile)"
    return partial(board.remove_tile, board.add_text("goes"))


@prepared
def _reorder(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.reorder(tiles)"
    return partial(board.reorder, board.tiles()["id"].tolist()[::-1])


@prepared
def _delete(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.delete()"
    return board.duplicate("Goes").delete


@prepared
def _restore(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.restore()"
    board = board.duplicate("Comes back")
    board.delete()
    return board.restore


@prepared
def _undelete(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "ph.undelete(id)"
    board = board.duplicate("Comes back")
    board.delete()
    return partial(ph.undelete, board.id)


@prepared
def _copy_to(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "board.copy_to(project)"
    return partial(board.duplicate("Copied").copy_to, ph)


@prepared
def _restore_backup(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "ph.restore(file)"
    key = board.duplicate("Restored").id
    return partial(ph.restore, backup_one(ph.client, key, Path(tempfile.mkdtemp())))


@prepared
def _apply(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "plan.apply()"
    return ph.plan().tag([board.id], "x").pin([board.id]).apply


@prepared
def _revert(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "plan.revert()"
    plan = ph.plan().tag([board.id], "reverted").pin([board.id])
    plan.apply()
    return plan.revert


@prepared
def _journal(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "ph.journal().revert(run)"
    plan = ph.plan().tag([board.id], "kept")
    plan.apply()
    return partial(ph.journal().revert, str(plan.run))


@prepared
def _again(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "watch.again()"
    live = board.watch().wait(60)
    return lambda: (live.again(), waited(live))[1]


@prepared
def _watch_both(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "dw.watch([a, b])"
    other = board.duplicate("Beside")
    return lambda: waited(dw.watch([board, other]))


@prepared
def _save_edit(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "editor.save()"
    editor = board.edit()
    editor.changes = {"description": "edited", "tags": ["edited"]}
    return editor.save


@prepared
def _save_arranged(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "arranger.save()"
    arranger = board.arrange()
    arranger.arrangement.full_width()
    return arranger.save


@prepared
def _compute(_: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "arranger.compute()"
    return board.arrange().compute


@prepared
def _refresh(ph: dw.Project, _: dw.Dashboard) -> Callable[[], Any]:
    "browser.refresh()"
    return ph.browse().refresh


def _tab(tab: str) -> Prepare:
    def prepare(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
        explorer = ph.explore()

        def go() -> Explorer:
            explorer.where = {"board": board.id, "tab": tab}
            if explorer.live is not None:
                explorer.live.wait(60)
            return explorer

        return go

    return prepare


CALLS |= {
    f"explorer, {tab}": _tab(tab)
    for tab in ("tiles", "edit", "arrange", "findings", "references", "history")
}


@prepared
def _explorer_apply(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "explorer.apply()"
    explorer = ph.explore()
    explorer.collect("tag", [board.id], "explored")
    return lambda: (explorer.apply(), explorer)[1]


@prepared
def _explorer_undo(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "explorer.undo()"
    explorer = ph.explore()
    explorer.collect("tag", [board.id], "undone")
    explorer.apply()
    return lambda: (explorer.undo(), explorer)[1]


@prepared
def _diff(ph: dw.Project, board: dw.Dashboard) -> Callable[[], Any]:
    "dw.diff(file, board)"
    file = backup_one(ph.client, board.id, Path(tempfile.mkdtemp()))
    return lambda: dw.diff(file, board)
