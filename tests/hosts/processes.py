"""Environments and processes of hosts, each ended with all that it started."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / "build" / "environments"
SECONDS = 180


def environment(name: str, packages: Sequence[str]) -> Path:
    """The Python of an environment of that name, which is made once."""
    folder = ENVIRONMENTS / name
    python = folder / "bin" / "python"
    if not python.exists():
        uv("venv", "-q", "--python", sys.executable, str(folder))
        kept = ("-e", ".[local]", "nbconvert")
        uv("pip", "install", "-q", "--python", str(python), *kept, *packages)
    return python


def uv(*arguments: str) -> None:
    command = [shutil.which("uv") or "uv", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def run(python: Path, folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [str(python), *arguments], cwd=folder, capture_output=True, text=True, timeout=SECONDS
    )
    assert done.returncode == 0, done.stderr[-500:]


def output(python: Path, code: str, text: str = "") -> str:
    """What a line of Python prints in an environment that is given ``text`` to read."""
    return subprocess.run(
        [str(python), "-c", code], input=text, capture_output=True, text=True, check=True
    ).stdout.strip()


@contextmanager
def served(python: Path, folder: Path, words: Sequence[str], **variables: str) -> Iterator[str]:
    """What ``python WORDS`` serves, where ``{port}`` stands for a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "log.txt").open("wb")
    process = subprocess.Popen(
        [str(python), *(word.format(port=port) for word in words)],
        cwd=folder, env=os.environ | variables, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise OSError(f"it ended at once: see {folder / 'log.txt'}")
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
        log.close()
