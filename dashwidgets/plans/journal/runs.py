"""The runs with a journal on this machine, to resume or revert."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.display.in_a_cell import InACell
from dashwidgets.plans.journal.journal import Run, read_run
from dashwidgets.plans.journal.state_folder import state_folder
from dashwidgets.plans.plan import Plan

COLUMNS = (
    "run", "began", "state", "changes", "done", "left", "unknown", "reverts", "host", "project_id",
)  # fmt: skip


class Runs(InACell):
    """Every run of this machine, the newest first. Reads files; sends nothing.

    Parameters
    ----------
    client_of : callable
        Returns the client for a run's project; raises `ConfigurationError` where it is another's.
    closes : bool
        Whether `resume` and `revert` close that client: it was made for them.
    """

    def __init__(self, client_of: Callable[[Run], Client], *, closes: bool = False) -> None:
        self._client_of, self._closes = client_of, closes

    @property
    def frame(self) -> pd.DataFrame:
        """One row per run: ``run``, ``began``, ``state``, and the number of changes in each state.

        ``state`` is finished, cut off or damaged; ``unknown`` counts changes that were sent and
        not answered: `resume` finds out.
        """
        rows: list[dict[str, Any]] = []
        for path in sorted(state_folder("journal").glob("*.jsonl"), reverse=True):
            try:
                rows.append(_row(read_run(path)))
            except (ConfigurationError, OSError):
                # Listed rather than left out: a run that can't be read may still have changed
                # something.
                rows.append({"run": path.stem, "state": "damaged"})
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        counts = dict.fromkeys(("changes", "done", "left", "unknown"), "Int64")
        frame["began"] = pd.to_datetime(frame["began"], utc=True)
        return frame.astype(counts)

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, run: str) -> Plan:
        """The plan of a run; `Plan.apply` continues it."""
        found = self._find(run)
        return Plan.of_run(found, self._client_of(found))

    def resume(self, run: str | None = None) -> pd.DataFrame:
        """Continue an interrupted run: find out what was done and do the rest, as `Plan.apply`.

        Without a name: the newest run.
        """
        return self._do(run, Plan.apply)

    def revert(self, run: str | None = None) -> pd.DataFrame:
        """Undo what a run changed, as `Plan.revert`. Without a name: the newest run."""
        return self._do(run, Plan.revert)

    def __repr__(self) -> str:
        return repr(self.frame) if len(self) else "No runs yet."

    def _repr_html_(self) -> str:
        if not len(self):
            return "<p>No runs yet.</p>"
        frame = self.frame
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in frame.columns)
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{'' if pd.isna(v) else escape(str(v))}</td>" for v in row)
            + "</tr>"
            for row in frame.astype("object").to_numpy().tolist()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _do(self, run: str | None, verb: Callable[[Plan], pd.DataFrame]) -> pd.DataFrame:
        found = self._find(run or self._newest())
        client = self._client_of(found)
        try:
            return verb(Plan.of_run(found, client))
        finally:
            if self._closes:
                client.close()

    def _find(self, run: str) -> Run:
        path = state_folder("journal") / f"{run}.jsonl"
        # A name such as "../x" must not lead out of the folder.
        if path.parent != state_folder("journal") or not path.is_file():
            raise ConfigurationError(f"There is no run {run!r}: see dw.journal().")
        return read_run(path)

    def _newest(self) -> str:
        names = sorted(path.stem for path in state_folder("journal").glob("*.jsonl"))
        if not names:
            raise ConfigurationError("There are no runs yet.")
        return names[-1]


def checked_client(run: Run, client: Client) -> Client:
    """The client, if the run belongs to its project."""
    if (run.host, str(run.project_id)) != (client.host, str(client.project_id)):
        raise ConfigurationError(
            f"Run {run.name} belongs to project {run.project_id} of {run.host}, "
            f"not to project {client.project_id} of {client.host}."
        )
    return client


def _row(run: Run) -> dict[str, Any]:
    return {
        "run": run.name,
        "began": run.began,
        "state": "finished" if run.ended else "cut off",
        "changes": len(run.changes),
        "done": sum(one.state == "done" for one in run.changes),
        "left": sum(one.is_left for one in run.changes),
        "unknown": sum(one.state == "ready" and one.sent for one in run.changes),
        "reverts": run.reverts,
        "host": run.host,
        "project_id": run.project_id,
    }
