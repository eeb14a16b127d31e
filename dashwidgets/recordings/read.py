"""Read a recording, which may be cut, altered or hostile; such files are refused."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO

import msgspec

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.recordings.format import (
    FORMAT,
    LARGEST_CONTENT,
    LARGEST_FILE,
    LARGEST_MANIFEST,
    MANIFEST,
    MOST_TILES,
    Manifest,
    RecordedTile,
    tile_file,
)
from dashwidgets.recordings.write import digest

_END = b"PK\x05\x06"
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_END_SIZE, _LONGEST_COMMENT = 22, 65_535
_ENTRY_SIZE = 46
_WRONG = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,  # an encrypted entry
    UnicodeDecodeError,
    ValueError,
)


class _Head(msgspec.Struct):
    kind: str = ""
    format: int = 0


class _Refused(Exception):
    """Why a file is refused, in a few words."""


def read(path: Path) -> tuple[Manifest, dict[int, bytes]]:
    """The manifest and each tile's JSON, all checksums verified.

    Nothing is extracted to disk, and nothing larger than the limits is unpacked, whatever sizes
    the file claims. Raises `ConfigurationError` with one sentence.
    """
    try:
        with path.open("rb") as file:
            _check_directory(file)
            with zipfile.ZipFile(file) as archive:
                return _read(archive)
    except OSError as error:
        raise ConfigurationError(f"{path} can't be read: {error.strerror or error}.") from error
    except _Refused as error:
        raise ConfigurationError(f"{path} was refused: {error}.") from error
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ConfigurationError(f"{path} is damaged: its JSON can't be read.") from error
    except _WRONG as error:
        raise ConfigurationError(f"{path} is not a recording, or is cut or damaged.") from error


def _read(archive: zipfile.ZipFile) -> tuple[Manifest, dict[int, bytes]]:
    entries = {entry.filename: entry for entry in archive.infolist()}
    if len(entries) != len(archive.infolist()):
        raise _Refused("it holds a file twice")
    content = _unpacked(archive, entries[MANIFEST], LARGEST_MANIFEST)
    manifest = _manifest(content)
    wanted = [tile for tile in manifest.tiles if tile.file is not None]
    expected = {MANIFEST, *(tile_file(tile.id) for tile in wanted)}
    if len({tile.id for tile in manifest.tiles}) < len(manifest.tiles):
        raise _Refused("it lists a tile twice")
    if set(entries) != expected:
        raise _Refused("its files are not the ones it lists")
    room = LARGEST_CONTENT - len(content)
    tiles: dict[int, bytes] = {}
    for tile in wanted:
        tiles[tile.id] = _tile(archive, entries[tile_file(tile.id)], tile, room)
        room -= len(tiles[tile.id])
    return manifest, tiles


def _manifest(content: bytes) -> Manifest:
    head = msgspec.json.decode(content, type=_Head)
    if head.kind != "dashwidgets.recording":
        raise _Refused("it is not a dashwidgets recording")
    if head.format > FORMAT:
        raise _Refused(f"it has format {head.format}: install a newer version of dashwidgets")
    return msgspec.json.decode(content, type=Manifest)


def _tile(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, tile: RecordedTile, room: int) -> bytes:
    data = _unpacked(archive, entry, min(room, tile.bytes))
    if len(data) != tile.bytes or digest(data) != tile.sha256:
        raise _Refused(f"tile {tile.id} was altered: its checksum does not match")
    if data[:1] != b"{":
        raise _Refused(f"tile {tile.id} is not an object")
    msgspec.json.decode(data, type=msgspec.Raw)  # checked as JSON, without building anything of it
    return data


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """An entry's bytes; the sizes that it claims are not trusted."""
    # The claim alone is enough to refuse; that it may be a lie is what the next lines are for.
    if entry.file_size > most:
        raise _Refused("it unpacks to more than a recording may hold, or than it lists")
    with archive.open(entry) as stream:
        # One byte more than allowed: unpacking ends there, whatever would still come.
        data = stream.read(most + 1)
    if len(data) > most:
        raise _Refused("it unpacks to more than it says")
    return data


def _check_directory(file: IO[bytes]) -> None:
    """Refuse what would be costly before it is even listed: too many entries, or a huge file."""
    size = file.seek(0, 2)
    if size > LARGEST_FILE:
        raise _Refused(f"{size / 2**20:.0f} MB is more than a recording can have")
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    # Without a comment the record is at the very end; a comment could hold a false one.
    plain = tail[-_END_SIZE:].startswith(_END) and tail.endswith(b"\0\0")
    at = len(tail) - _END_SIZE if plain else tail.rfind(_END)
    if at < 0:
        raise _Refused("it is not a recording, or its end is missing")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    is_zip64 = tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR)
    # zipfile builds an object for every entry before anybody can count them.
    if directory > MOST_TILES * (_ENTRY_SIZE + 40) or is_zip64:
        raise _Refused("it lists more files than a recording has")
    file.seek(0)
