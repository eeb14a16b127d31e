"""Start the embedded project in its own process, which ends with this one."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dashwidgets.embedded import extras


@dataclass(frozen=True, eq=False)
class Running:
    """A server that this process started.

    Attributes
    ----------
    url : str
    project_id : int
    keys : dict
        ``owner``, ``member`` and ``readonly``.
    """

    url: str
    project_id: int
    keys: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)
    log: IO[bytes] = field(repr=False)

    def stop(self) -> None:
        """Stop the server; without a data folder its project is gone."""
        stop(self.process, self.log)


def launch(
    data_dir: Path | None = None,
    *,
    strict: bool = False,
    sample: str = "product",
    rate_limits: bool = False,
    system_tables: bool = True,
    engine: str = "duckdb",
    days_ago: int = 0,
) -> Running:
    """Start a server and wait until it accepts connections.

    Raises `RuntimeError` with the last line of the server's output if it does not start, and with
    what is missing where the extra ``local`` is not installed.
    """
    extras.check()
    options = {
        "data_dir": str(data_dir) if data_dir else None,
        "strict": strict,
        "sample": sample,
        "rate_limits": rate_limits,
        "system_tables": system_tables,
        "engine": engine,
        "days_ago": days_ago,
    }
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - the server writes to it for all its life
    process = subprocess.Popen(
        [sys.executable, "-m", "dashwidgets.embedded"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        # Ctrl+C in a terminal or an interrupted kernel is not meant for the server.
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(options).encode() + b"\n")
    process.stdin.flush()
    # The first line is written once the port is open, so nothing has to be polled.
    line = process.stdout.readline()
    if not line:
        process.wait()
        errors.seek(0)
        reason = errors.read().decode("utf-8", "replace").strip().splitlines()
        stop(process, errors)
        raise RuntimeError(
            f"The embedded project did not start: {reason[-1] if reason else 'it gave no reason'}"
        )
    said: dict[str, Any] = json.loads(line)
    running = Running(said["url"], said["project_id"], said["keys"], process, errors)
    weakref.finalize(running, stop, process, errors)
    return running


def stop(process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    """Close the server's input, which asks it to stop; kill it if it does not."""
    if process.stdin and not process.stdin.closed:
        process.stdin.close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
    log.close()
