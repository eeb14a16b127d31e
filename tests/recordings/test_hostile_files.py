"""A file from a stranger: refused with one sentence, and cheaply."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dashwidgets as dw
from tests.recordings.rounds import WEEK, recorded, series, trend

GOOD = recorded(trend(1, "Signups", [series("signed_up", WEEK)])).to_bytes()
MB = 2**20


def entries(data: bytes = GOOD) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_manifest(**changes: Any) -> bytes:
    files = entries()
    manifest = json.loads(files["recording.json"]) | changes
    return zipped(files | {"recording.json": json.dumps(manifest).encode()})


def with_tile(data: bytes) -> bytes:
    """A tile whose checksum is right."""
    files = entries()
    manifest = json.loads(files["recording.json"])
    manifest["tiles"][0] |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    made = {"recording.json": json.dumps(manifest).encode(), "tiles/1.json": data}
    return zipped(made)


def claims(size: int) -> bytes:
    """The tile's entry says in the directory that it unpacks to so much."""
    at = GOOD.rfind(b"PK\x01\x02")
    return GOOD[: at + 24] + struct.pack("<I", size) + GOOD[at + 28 :]


def many() -> bytes:
    """A directory of a million entries, none of which is there."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    directory = entry * 500_000
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65535, 65535, len(directory), 0, 0)
    return directory + end


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "not a zip": lambda: b"hello" * 100,
    "another zip": lambda: zipped({"a.txt": b"hello"}),
    "cut": lambda: GOOD[: len(GOOD) // 2],
    "one byte missing": lambda: GOOD[:-1],
    "a path": lambda: zipped(entries() | {"../../etc/passwd": b"x"}),
    "an absolute path": lambda: zipped(entries() | {"/etc/passwd": b"x"}),
    "altered": lambda: zipped(entries() | {"tiles/1.json": b'{"id": 1}'}),
    "another kind": lambda: with_manifest(kind="something"),
    "a newer format": lambda: with_manifest(format=2),
    "no tiles": lambda: with_manifest(tiles="none"),
    "rows claimed": lambda: claims(10**9),
    "a bomb": lambda: zipped(entries() | {"tiles/1.json": b"0" * (120 * MB)}),
    "a bomb with a checksum": lambda: with_tile(b'{"a":"' + b"0" * (120 * MB) + b'"}'),
    "a bomb for a manifest": lambda: zipped({"recording.json": b"[" * (60 * MB)}),
    "a million lists": lambda: with_manifest(board={"x": [[]] * 2_000_000}),
    "deep": lambda: with_tile(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "a list for a tile": lambda: with_tile(b"[1]"),
    "not JSON": lambda: with_tile(b'{"a": }'),
    "many entries": many,
    "too large": lambda: bytes(60 * MB),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_one_sentence(what: str, tmp_path: Path) -> None:
    path = tmp_path / "sent.dwr"
    path.write_bytes(HOSTILE[what]())
    with pytest.raises(dw.ConfigurationError) as refused:
        dw.replay(path)
    sentence = str(refused.value).removeprefix(str(path))
    assert str(refused.value).startswith(str(path))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 200


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module")
@pytest.mark.parametrize(
    "what",
    [
        "a bomb",
        "a bomb with a checksum",
        "a bomb for a manifest",
        "a million lists",
        "many entries",
    ],
)
def test_it_costs_under_200_megabytes(what: str, tmp_path: Path) -> None:
    path = tmp_path / "sent.dwr"
    path.write_bytes(HOSTILE[what]())
    script = (
        "import sys, resource, dashwidgets as dw, dashwidgets.recordings.recording\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "try: dw.Recording.read(sys.argv[1])\n"
        "except dw.ConfigurationError: print((peak() - before) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 200


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(dw.ConfigurationError, match=r"gone\.dwr can't be read"):
        dw.replay(tmp_path / "gone.dwr")


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_any_altered_byte_changes_nothing_or_is_refused(at: int, byte: int) -> None:
    altered = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "altered.dwr"
        path.write_bytes(altered)
        try:
            run = dw.Recording.read(path)
        except dw.ConfigurationError:
            return
    assert run.results["Signups"]["value"].tolist() == list(WEEK.values())
