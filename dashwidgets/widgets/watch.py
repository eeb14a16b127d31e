"""``board.watch()``: tiles appear as they are rendered."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import pandas as pd
import traitlets
from anywidget import AnyWidget

from dashwidgets.api.errors import ConfigurationError, DashwidgetsError
from dashwidgets.api.stream import TileStream
from dashwidgets.widgets.arrivals import Arrivals, ResultsByName
from dashwidgets.widgets.bundle import bundle
from dashwidgets.widgets.coalesce import Coalescer
from dashwidgets.widgets.state import BoardState, TileState

log = logging.getLogger("dashwidgets")


class Watch(AnyWidget):
    """A dashboard that fills in while its tiles are rendered.

    Reading goes on in a thread of its own, so tiles arrive while other cells run, in a plain
    script as in a notebook.

    Attributes
    ----------
    results : mapping
        Tile name or id to DataFrame, for every tile that arrived.
    events : DataFrame
        What arrived when: one row a tile.
    status : dict
        ``phase`` (connecting, streaming, complete, failed, stopped), ``arrived``, ``failed``,
        ``elapsed`` in seconds, ``source``, ``message``.
    """

    board: Any = traitlets.Dict().tag(sync=True)
    status: Any = traitlets.Dict().tag(sync=True)
    skeleton: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    snapshot: Any = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        board: BoardState | Mapping[str, Any],
        open_stream: Callable[[], TileStream],
        look: Callable[[], Sequence[Mapping[str, Any]]],
    ) -> None:
        module, style = bundle("watch")
        self._esm, self._css = module, style
        self._open = open_stream
        self._look = look
        self._callbacks: list[Callable[[dict[str, Any]], object]] = []
        self._over = threading.Event()
        self._seq = 0
        self._arrivals = Arrivals()
        super().__init__(
            board=dict(board),
            status=dict(self._arrivals.status()),
            skeleton=[],
            snapshot={"seq": 0, "tiles": []},
        )
        self.on_msg(self._asked)  # pyright: ignore[reportUnknownMemberType]
        self._start()

    @property
    def results(self) -> ResultsByName:
        """Results of the tiles that arrived: ``live.results["Daily signups"]``, or by tile id."""
        return ResultsByName(self._arrivals)

    @property
    def events(self) -> pd.DataFrame:
        """What arrived when: ``tile_id, name, kind, order, elapsed, size, is_cached, error``."""
        return self._arrivals.frame()

    def wait(self, timeout: float | None = None) -> Watch:
        """Wait until the board is complete.

        Parameters
        ----------
        timeout : float, optional
            Seconds.

        Raises
        ------
        TimeoutError
            It was not complete in time; what had arrived stays.
        StreamInterrupted, ApiError, ConnectionFailed
            What ended the stream.
        """
        if not self._over.wait(timeout):
            raise TimeoutError(
                f"Not complete after {timeout:g} s: {self._arrivals.count()} tiles have arrived, "
                "and more are on their way. Wait again."
            )
        error = self._arrivals.error
        if error is not None:
            raise error
        return self

    async def done(self) -> Watch:
        """Wait as `wait` does, without blocking other tasks."""
        return await asyncio.to_thread(self.wait)

    def on_tile(self, callback: Callable[[dict[str, Any]], object]) -> None:
        """Call back with each tile that arrives, those that have included.

        The callback runs in the reading thread, with a dict of ``id``, ``order``, ``elapsed``,
        ``tile``, ``error``. What it raises is logged and stops nothing.
        """
        for state in self._arrivals.join(self._callbacks, callback):
            _call(callback, state)

    def stop(self) -> None:
        """Stop reading; what has arrived stays."""
        self._arrivals.stop()

    def close(self) -> None:
        """Stop reading and take the widget out of the notebook."""
        self.stop()
        super().close()

    def __repr__(self) -> str:
        return f"Watch({self.board['name']!r})"

    def _start(self) -> None:
        self._over.clear()
        name = f"dashwidgets-watch-{self.board['id']}"
        threading.Thread(target=self._read, name=name, daemon=True).start()

    def _read(self) -> None:
        """Read the stream to its end; runs in its own thread."""
        arrivals = self._arrivals
        sender: Coalescer[TileState] = Coalescer(self._send_tiles)
        try:
            if not arrivals.skeleton():
                arrivals.expect(self._look())
                self.skeleton = arrivals.skeleton()
                self.status = dict(arrivals.status())
            for state in arrivals.read(self._open):
                sender.add(state)
                for callback in list(self._callbacks):
                    _call(callback, dict(state))
        except DashwidgetsError as error:
            arrivals.fail(error)
        except Exception as error:
            log.exception("watching %s failed", self.board["id"])
            arrivals.fail(DashwidgetsError(f"Watching failed: {type(error).__name__}: {error}"))
        sender.flush()
        # Set by this plain thread: notebook runners save only what such a thread has set.
        self.board = self.board | arrivals.board()
        self.skeleton = arrivals.skeleton()
        self.snapshot = {"seq": self._seq, "tiles": arrivals.snapshot()}
        self.status = dict(arrivals.status())
        self._over.set()

    def _send_tiles(self, tiles: list[TileState]) -> None:
        self._seq += 1
        content = {"kind": "tiles", "seq": self._seq, "status": dict(self._arrivals.status())}
        self._say(content, tiles)

    def _say(self, content: dict[str, Any], tiles: list[TileState]) -> None:
        self.send(content, buffers=[msgspec.json.encode(tiles)])  # pyright: ignore[reportUnknownMemberType]

    def _asked(self, _widget: object, content: Any, _buffers: object) -> None:
        """What the view asks for; may come on any thread."""
        op = content.get("op") if isinstance(content, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if op in ("ready", "resync"):
            # The number first: what is sent meanwhile is then only sent twice, never lost.
            seq = self._seq
            status, tiles = self._arrivals.status(), self._arrivals.states()
            answer = {"kind": "snapshot", "seq": seq, "status": dict(status)}
            self._say(answer, tiles)
        elif op == "stop":
            self.stop()
        elif op == "retry" and self._over.is_set():
            self._arrivals.restart()
            self.status = dict(self._arrivals.status())
            self._start()
        elif op not in ("retry",):
            raise ConfigurationError(f"The view asked for something unknown: {op!r}.")


def _call(callback: Callable[[dict[str, Any]], object], state: dict[str, Any]) -> None:
    try:
        callback(state)
    except Exception:
        log.exception("an on_tile callback failed")
