"""A real kernel, spoken to as a front end does."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager

from tests.widgets.view import View

ROOT = Path(__file__).parents[2]


class Kernel:
    """Runs cells, keeps what is sent on comms, and can send on them; with subshells or without."""

    def __init__(self, manager: KernelManager, *, subshells: bool) -> None:
        self._client = manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=60)
        self.views: dict[str, View] = {}
        self.subshell = self._subshell() if subshells else None

    def run(self, code: str, *, cell: str = "", timeout: float = 120, during: Any = None) -> str:
        """Run a cell to its end; returns what it printed. ``during`` is called now and then."""
        message = self._client.session.msg(
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": True,
            },
            metadata={"cellId": cell} if cell else {},
        )
        self._client.shell_channel.send(message)
        return self._until_idle(message["header"]["msg_id"], timeout, during)

    def tell(self, comm: str, content: dict[str, Any]) -> None:
        """Send a message of a view."""
        data = {"method": "custom", "content": content}
        message = self._client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        if self.subshell:
            message["header"]["subshell_id"] = self.subshell
        self._client.shell_channel.send(message)

    def pump(self, seconds: float) -> None:
        """Hear what comes meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._hear(0.05)

    def boards(self) -> dict[str, View]:
        """The views of watched boards that are open, by comm."""
        return {comm: view for comm, view in self.views.items() if view.is_board}

    def close(self) -> None:
        self._client.stop_channels()

    def _subshell(self) -> str | None:
        """Another shell in the kernel; None in one that has no such thing."""
        message = self._client.session.msg("create_subshell_request", {})
        self._client.control_channel.send(message)
        try:
            reply = self._client.control_channel.get_msg(timeout=5)
        except queue.Empty:
            return None
        return reply["content"].get("subshell_id")

    def _until_idle(self, request: str, timeout: float, during: Any) -> str:
        said, end = "", time.monotonic() + timeout
        while time.monotonic() < end:
            if during is not None:
                during()
            message = self._hear(0.05)
            if message is None or message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "stream":
                said += content["text"]
            if kind == "error":
                raise AssertionError("\n".join(content["traceback"]))
            if kind == "status" and content["execution_state"] == "idle":
                return said.strip()
        raise TimeoutError(f"the cell was not done after {timeout} s")

    def _hear(self, timeout: float) -> dict[str, Any] | None:
        try:
            message = self._client.get_iopub_msg(timeout=timeout)
        except queue.Empty:
            return None
        content = message["content"]
        if message["msg_type"] == "comm_open":
            view = self.views[content["comm_id"]] = View()
            state = content["data"].get("state", {})
            view.is_board = "snapshot" in str(content["data"].get("buffer_paths", ""))
            view.phases += [status["phase"] for status in state.get("statuses", [])]
        elif message["msg_type"] == "comm_msg" and content["comm_id"] in self.views:
            self.views[content["comm_id"]].hear(content["data"], message.get("buffers", []))
        elif message["msg_type"] == "comm_close":
            self.views.pop(content["comm_id"], None)
        return message


@contextmanager
def kernel(*before: str, subshells: bool = False) -> Iterator[Kernel]:
    """Start a kernel; ``before`` are folders that it looks for modules in first."""
    path = os.pathsep.join([*before, str(ROOT)])
    manager = KernelManager()
    manager.start_kernel(env=os.environ | {"PYTHONPATH": path})
    try:
        front = Kernel(manager, subshells=subshells)
        yield front
        front.close()
    finally:
        manager.shutdown_kernel(now=True)
