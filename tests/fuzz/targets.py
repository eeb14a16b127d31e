"""What readers promise whatever bytes they are given."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from dashwidgets.api.errors import ConfigurationError, UnexpectedAnswer
from dashwidgets.api.stream.events import decoded
from dashwidgets.api.stream.sse import events
from dashwidgets.backups.files import read_snapshot_file
from dashwidgets.frames.results.read import result_frame
from dashwidgets.recordings.read import read


def sse(data: bytes) -> None:
    """However a stream is cut into chunks, the same events come of it; each is read or refused."""
    whole = list(events([data]))
    assert whole == list(events(data[at : at + 1] for at in range(len(data))))
    assert whole == list(events([data[:3], data[3:]]))
    for rank, body in enumerate(whole):
        with contextlib.suppress(UnexpectedAnswer):
            decoded(body, rank)


def result(data: bytes) -> None:
    """A result is a frame, whole or with the reason why not."""
    try:
        insight = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(insight, dict):
        frame = result_frame(insight)
        assert frame.attrs["complete"] or frame.attrs["reason"]


def _file(data: bytes, name: str, reads: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        refusal = ""
        try:
            reads(path)
        except ConfigurationError as error:
            refusal = str(error)
        assert "\n" not in refusal


def backup(data: bytes) -> None:
    """A backup file is read, or refused in one sentence."""
    _file(data, "board.json", read_snapshot_file)


def recording(data: bytes) -> None:
    """A recording is read, or refused in one sentence."""
    _file(data, "round.dwr", read)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "sse": sse,
    "result": result,
    "backup": backup,
    "recording": recording,
}
CORPUS = Path(__file__).with_name("corpus")


def seeds(name: str) -> list[bytes]:
    """The corpus of a target: what to start from, and what once failed."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]
