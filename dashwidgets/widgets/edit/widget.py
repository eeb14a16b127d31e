"""``board.edit()``: a dashboard's metadata, collaborators and public link."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

import traitlets

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import sharing
from dashwidgets.api.errors import ApiError, ConfigurationError, DashwidgetsError
from dashwidgets.api.transport.writes import Written
from dashwidgets.frames.dashboards import full_name
from dashwidgets.widgets.edit.draft import (
    FIELDS,
    LINK,
    PEOPLE,
    board_fields,
    differing,
    invalid,
    is_same,
    link_fields,
    overtaken,
    refused_fields,
    steps,
)
from dashwidgets.widgets.edit.reads import (
    ServerState,
    passwords_of,
    read_choices,
    read_server_state,
)
from dashwidgets.widgets.shared.bundle import bundle
from dashwidgets.widgets.shared.fallback import editor_html, with_html
from dashwidgets.widgets.shared.replies import Answer, Replies
from dashwidgets.widgets.shared.widget import DashWidget


class Editor(DashWidget):
    """A form over one dashboard; nothing is written before it is saved.

    Attributes
    ----------
    changes : dict
        Edited fields and their new values; can be set. Fields: ``name``, ``description``,
        ``pinned``, ``tags``, ``restriction_level``, ``data_color_theme_id``,
        ``breakdown_colors``, ``date_from``, ``date_to``, ``collaborators`` (user uuids),
        ``sharing_enabled``, ``password_required``, ``sharing_settings``.
    dirty : bool
        Whether anything is edited and not saved; can be observed.
    theirs : dict
        Edited fields that somebody else changed in the meantime, with their new values.
    refused : dict
        Fields the server refused, with its message.
    unread : list of str
        Fields that could not be read, and are unknown.
    """

    documented: ClassVar[tuple[str, ...]] = ("changes", "dirty", "refused", "theirs", "unread")

    board: Any = traitlets.Dict().tag(sync=True)
    saved: Any = traitlets.Dict().tag(sync=True)
    changes: Any = traitlets.Dict().tag(sync=True)
    theirs: Any = traitlets.Dict().tag(sync=True)
    refused: Any = traitlets.Dict().tag(sync=True)
    denied: Any = traitlets.Dict().tag(sync=True)
    saving: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    choices: Any = traitlets.Dict().tag(sync=True)
    passwords: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    linked: Any = traitlets.Bool(False).tag(sync=True)
    dirty: Any = traitlets.Bool(False).tag(sync=True)
    message: Any = traitlets.Unicode("").tag(sync=True)
    unread: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, client: Client, dashboard: int, *, url: str = "") -> None:
        module, style = bundle("edit")
        self._esm, self._css = module, style
        self._client = client
        self._id = dashboard
        self._busy = threading.Lock()
        now = read_server_state(client, dashboard)
        choices, denied = read_choices(client, now)
        self._filters: dict[str, Any] = dict(now.detail.get("filters") or {})
        self._unread = dict(now.failed)
        owner = full_name(now.detail.get("created_by"))
        super().__init__(
            board={"id": dashboard, "name": now.fields["name"], "owner": owner, "url": url},
            saved=now.fields,
            denied=denied,
            choices=dict(choices),
            passwords=passwords_of(now.link),
            linked=now.link.get("access_token") is not None,
            unread=list(now.failed),
        )
        answers: dict[str, Answer] = {
            "save": lambda _: self._save(),
            "discard": lambda _: self.discard(),
            "keep_mine": lambda values: self.keep_mine(*values["fields"]),
            "take_theirs": lambda values: self.take_theirs(*values["fields"]),
            "link": lambda _: self._address(),
            "rotate": lambda _: self._rotate(),
            "add_password": self._add_password,
            "remove_password": self._remove_password,
        }
        self._replies = Replies(self.send, answers)
        self.on_msg(self._replies.hear)
        self.listens(client.host, client.project_id)

    @property
    def requests(self) -> int:
        """Requests that saving would send: one check, and those that write."""
        if not self.changes:
            return 0
        looks = 1 + sum(bool(set(part) & set(self.changes)) for part in ((PEOPLE,), LINK))
        try:
            writes = len(steps(self._id, self.changes, self.saved, self._filters))
        except ConfigurationError:  # a value that can't be sent: saving will say which
            writes = 1
        return looks + writes

    def save(self) -> Editor:
        """Save the edited fields, and nothing else.

        One request to check whether somebody else changed the dashboard, one PATCH for it, one for
        its link, one per collaborator; it counts as opening.

        Raises
        ------
        ConfigurationError
            A field was changed on the server too: `keep_mine` or `take_theirs` first.
        DashwidgetsError
            What the server refused; everything else was saved.
        """
        error = self._save_all()
        if error is not None:
            raise error
        return self

    def discard(self) -> None:
        """Discard every edit."""
        self.theirs = {}
        self.refused = {}
        self.changes = {}

    def keep_mine(self, *fields: str) -> None:
        """Overwrite what somebody else changed, with the next save; without names, all of it."""
        kept = self._overtaken(fields)
        self.saved = self.saved | kept
        self.theirs = {name: value for name, value in self.theirs.items() if name not in kept}

    def take_theirs(self, *fields: str) -> None:
        """Replace own edits with what somebody else saved; without names, all of them."""
        taken = self._overtaken(fields)
        self.saved = self.saved | taken
        self.theirs = {name: value for name, value in self.theirs.items() if name not in taken}
        self.changes = {name: value for name, value in self.changes.items() if name not in taken}

    def _overtaken(self, fields: Sequence[str]) -> dict[str, Any]:
        unknown = [name for name in fields if name not in self.theirs]
        if unknown:
            raise ConfigurationError(
                f"{unknown[0]!r} was not changed by somebody else: `theirs` has "
                f"{', '.join(self.theirs) or 'nothing'}."
            )
        return {name: self.theirs[name] for name in fields or tuple(self.theirs)}

    @traitlets.validate("changes")
    def _only_changes(self, proposal: Mapping[str, Any]) -> dict[str, Any]:
        unknown = [name for name in proposal["value"] if name not in FIELDS]
        if unknown:
            raise traitlets.TraitError(
                f"{unknown[0]!r} can't be edited: there are {', '.join(FIELDS)}."
            )
        denied = [name for name in proposal["value"] if self.denied.get(name)]
        if denied:
            raise traitlets.TraitError(f"{denied[0]} can't be edited: {self.denied[denied[0]]}")
        # An edit back to the saved value is no edit: the field is clean again.
        return differing(proposal["value"], self.saved)

    @traitlets.observe("changes")
    def _note_dirty(self, _change: object) -> None:
        self.dirty = bool(self.changes)
        self.refused = {name: why for name, why in self.refused.items() if name in self.changes}

    def _written(self, written: Written) -> None:
        """Show what another widget or cell saved; edits stay, and differences become conflicts."""
        # While saving, the writes heard are our own; their answers are handled one by one below.
        if written.dashboard != self._id or self._busy.locked():
            return
        if written.detail is not None:
            self._filters = dict(written.detail.get("filters") or {})
            self._note_theirs(board_fields(written.detail))
            self.board = self.board | {"name": written.detail.get("name") or ""}
            return
        answer: Any = written.answer
        if isinstance(answer, dict) and "access_token" in answer:
            link = cast("dict[str, Any]", answer)
            self._note_theirs(link_fields(link))
            self._note_link(link, keep=True)

    def _note_theirs(self, read: Mapping[str, Any]) -> None:
        theirs = overtaken(self.changes, self.saved, read)
        mine = {name: self.saved[name] for name in theirs}
        self.saved = self.saved | dict(read) | mine
        self.theirs = {**self.theirs, **theirs}
        self.changes = dict(self.changes)  # what the server already has is not a change any more

    def _save_all(self) -> DashwidgetsError | None:
        """Save and return the first error, if any."""
        with self._busy:
            wanted = dict(self.changes)
            if not wanted:
                return None
            self.message, self.refused, self.saving = "", {}, list(wanted)
            try:
                return self._save_unless_overtaken(wanted)
            except DashwidgetsError as error:
                self.message = str(error)
                return error
            finally:
                self.saving = []

    def _save_unless_overtaken(self, wanted: dict[str, Any]) -> DashwidgetsError | None:
        now = read_server_state(self._client, self._id, list(wanted))
        read = {name: value for name, value in now.fields.items() if name not in now.failed}
        for part in ((PEOPLE,), LINK):
            if not set(part) & set(wanted):  # not read
                read = {name: value for name, value in read.items() if name not in part}
        self._filters = dict(now.detail.get("filters") or {})
        theirs = overtaken(wanted, self.saved, read)
        mine = {name: self.saved[name] for name in theirs}
        self.saved = self.saved | read | mine
        if theirs:
            self.theirs = theirs
            return ConfigurationError(
                f"{', '.join(theirs)} changed on the server, so nothing was saved: "
                "choose keep_mine() or take_theirs(), then save again."
            )
        self.changes = dict(self.changes)  # what the server already has is not a change any more
        return self._send_steps(differing(wanted, self.saved))

    def _send_steps(self, wanted: dict[str, Any]) -> DashwidgetsError | None:
        self.refused = invalid(self._id, wanted, self.saved, self._filters)
        if self.refused:
            self.message = "Nothing was saved."
            return ConfigurationError(" ".join(self.refused.values()))
        first: DashwidgetsError | None = None
        done: set[str] = set()
        refused: dict[str, str] = {}
        for fields, request in steps(self._id, wanted, self.saved, self._filters):
            try:
                answer = self._client.send(request)
            except DashwidgetsError as error:
                about = refused_fields(fields, error) if isinstance(error, ApiError) else fields
                said = error.detail if isinstance(error, ApiError) else str(error)
                refused |= dict.fromkeys(about, said)
                first = first or error
                continue
            done |= set(fields)
            self._note_answer(fields, answer)
        people = read_server_state(self._client, self._id, [PEOPLE]) if PEOPLE in wanted else None
        self._settle(wanted, done - set(refused), people)
        self.refused = refused
        if refused:
            self.message = f"Not saved: {', '.join(refused)}."
        return first

    def _note_answer(self, fields: Sequence[str], answer: Any) -> None:
        if fields[0] in LINK:
            self._note_link(answer)
        elif fields[0] != PEOPLE:
            self.saved = self.saved | board_fields(answer)
            self._filters = dict(answer.get("filters") or {})
            self.board = self.board | {"name": self.saved["name"]}

    def _note_link(self, link: Mapping[str, Any], *, keep: bool = False) -> None:
        if not keep:
            self.saved = self.saved | link_fields(link)
        self.passwords = passwords_of(link)
        self.linked = link.get("access_token") is not None

    def _settle(self, sent: Mapping[str, Any], done: set[str], people: ServerState | None) -> None:
        """Drop the changes that were saved, but not what was typed since."""
        if people is not None and PEOPLE not in people.failed:
            self.saved = self.saved | {PEOPLE: people.fields[PEOPLE]}
        self.changes = {
            name: value
            for name, value in self.changes.items()
            if name not in done or not is_same(name, value, sent[name])
        }

    def _save(self) -> dict[str, Any]:
        """Save for a view; errors are shown at the fields."""
        error = self._save_all()
        return {"saved": error is None}

    def _address(self) -> str:
        """The public link, for the user who pressed Copy."""
        # Read when it is copied, so that no trait ever holds the token.
        token = self._client.send(sharing.read(self._id))["access_token"]
        if token is None:
            raise ConfigurationError("There is no public link yet: turn it on and save.")
        return f"{self._client.host}/shared/{token.reveal()}"

    def _rotate(self) -> None:
        self._note_link(self._client.send(sharing.rotate(self._id)))

    def _add_password(self, values: Mapping[str, Any]) -> str:
        """Add a password; it is sent once, to the view that asked."""
        request = sharing.add_password(
            self._id, str(values.get("password") or "") or None, str(values.get("note") or "")
        )
        made = self._client.send(request)
        self._note_link(self._client.send(sharing.read(self._id)))
        # In the reply alone, never in a trait: traits are saved into the notebook.
        return made["password"].reveal()

    def _remove_password(self, values: Mapping[str, Any]) -> None:
        self._client.send(sharing.remove_password(self._id, int(values["id"])))
        self._note_link(self._client.send(sharing.read(self._id)))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        view = cast("Any", super())._repr_mimebundle_(**kwargs)
        names = ("saved", "choices", "changes")
        state = {name: getattr(self, name) for name in names}
        return with_html(view, editor_html(state, self._unread))

    def __repr__(self) -> str:
        return f"Editor({self.board['name']!r}, {len(self.changes)} unsaved changes)"
