"""What readers promise whatever bytes they are given."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from dashwidgets.api.errors import ConfigurationError, UnexpectedAnswer
from dashwidgets.api.stream.events import decoded
from dashwidgets.api.stream.sse import events
from dashwidgets.backups.diff import differences
from dashwidgets.backups.files import read_snapshot_file
from dashwidgets.frames.results.read import result_frame
from dashwidgets.recordings.format import MANIFEST
from dashwidgets.recordings.read import read
from dashwidgets.recordings.recording import Recording
from dashwidgets.recordings.write import digest


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
    """A backup file is read and is the same as itself, or refused in one sentence."""

    def reads(path: Path) -> None:
        found = read_snapshot_file(path)
        assert differences(found, found) == []

    _file(data, "board.json", reads)


def recording(data: bytes) -> None:
    """A recording is read, or refused in one sentence."""
    _file(data, "round.dwr", read)


def content(data: bytes) -> None:
    """What a recording holds is read whole, or what could not be is named: checksums match."""
    try:
        found = json.loads(data)
        manifest, tiles = found["manifest"], found["tiles"]
        files = {f"tiles/{key}.json": json.dumps(tile).encode() for key, tile in tiles.items()}
        for tile in manifest["tiles"]:
            body = files.get(tile["file"], b"")
            tile |= {"bytes": len(body), "sha256": digest(body)}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in {MANIFEST: json.dumps(manifest).encode(), **files}.items():
            archive.writestr(name, body)
    _file(buffer.getvalue(), "round.dwr", _used)


def _used(path: Path) -> None:
    run = Recording.read(path)
    numbers = run.numbers
    assert numbers.attrs["complete"] or numbers.attrs["unread"] or not run.complete
    for frame in run.results.values():
        assert frame.attrs["complete"] or frame.attrs["reason"]
    run.to_markdown()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "sse": sse,
    "result": result,
    "backup": backup,
    "recording": recording,
    "content": content,
}
CORPUS = Path(__file__).with_name("corpus")


def seeds(name: str) -> list[bytes]:
    """The corpus of a target: what to start from, and what once failed."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]
