"""Write a recording: completely or not at all, and the same bytes for the same round."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.backups.files import write_bytes
from dashwidgets.recordings.format import (
    LARGEST_CONTENT,
    LARGEST_FILE,
    LARGEST_MANIFEST,
    MANIFEST,
    MOST_TILES,
    Manifest,
)

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every entry, so that bytes are reproducible; the real time is in the manifest."""
_PART = ".recording-"


def packed(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """A recording as the bytes of its file; raises `ConfigurationError` when it is too large."""
    content = msgspec.json.encode(manifest)
    total = len(content) + sum(map(len, files.values()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in {MANIFEST: content, **files}.items():
            # ZipInfo by hand: with a plain name zipfile writes the present time into it.
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED, 9)
    if (
        # Refused when written: a file that its own reader would refuse is no use to anybody.
        total > LARGEST_CONTENT
        or len(content) > LARGEST_MANIFEST
        or buffer.tell() > LARGEST_FILE
        or len(manifest.tiles) > MOST_TILES
    ):
        raise ConfigurationError(
            f"This board has {total / 2**20:.0f} MB of results, more than a recording can hold "
            f"({LARGEST_CONTENT / 2**20:.0f} MB): narrow its dates with filters=."
        )
    return buffer.getvalue()


def digest(data: bytes) -> str:
    """The checksum of an entry."""
    return hashlib.sha256(data).hexdigest()


def write(path: Path, data: bytes) -> None:
    """Write a file completely or not at all; an existing one stays until then.

    A process that is killed while it writes leaves a hidden part, which the next one removes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    write_bytes(path, data, f"{_PART}{os.getpid()}-")


def _sweep(folder: Path) -> None:
    """Remove the parts of processes that are gone."""
    for part in folder.glob(f"{_PART}*.tmp"):
        process = part.name.removeprefix(_PART).partition("-")[0]
        if process.isdecimal() and not _runs(int(process)):
            part.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if os.name == "nt":  # there, signal 0 would end it
        return True
    try:
        # Signal 0 is never delivered; it only checks that there is such a process.
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
