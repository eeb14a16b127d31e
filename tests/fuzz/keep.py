"""Copy what atheris found into the corpus: ``python -m tests.fuzz.keep [TARGET …]``.

Only inputs that reach lines which nothing in the corpus reaches, the small ones first.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import dashwidgets
from tests.fuzz.__main__ import FOUND
from tests.fuzz.targets import CORPUS, TARGETS

HERE = str(Path(dashwidgets.__file__).parent)
LARGEST = 12_000
Lines = set[tuple[str, int]]


def reached(name: str, data: bytes) -> Lines:
    """The lines of the package that an input leads to."""
    found: Lines = set()

    def line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            found.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, _event: str, _: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(HERE) else None

    sys.settrace(call)
    try:
        TARGETS[name](data)
    finally:
        sys.settrace(None)
    return found


def keep(name: str) -> None:
    """Copy what reaches more, the input that adds most first."""
    known: Lines = set()
    for path in sorted((CORPUS / name).iterdir()):
        known |= reached(name, path.read_bytes())
    before, kept = len(known), 0
    paths = sorted((FOUND / name).iterdir(), key=lambda path: path.stat().st_size)
    found = [(path.read_bytes(), path) for path in paths if path.stat().st_size < LARGEST]
    left = [(data, path, reached(name, data)) for data, path in found]
    while left:
        data, path, lines = max(left, key=lambda one: len(one[2] - known))
        if not lines - known:
            break
        known |= lines
        kept += 1
        (CORPUS / name / f"found-{path.name[:12]}").write_bytes(data)
    print(f"{name}: {kept} of {len(found)} kept, {before} lines reached before, {len(known)} now")


if __name__ == "__main__":
    for target in sys.argv[1:] or [name for name in TARGETS if (FOUND / name).is_dir()]:
        keep(target)
