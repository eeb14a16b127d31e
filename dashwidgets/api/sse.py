"""Server-Sent Events, as the WHATWG standard reads them.

httpx-sse 0.4 loses the first event after a byte order mark and needs a response object; this reads
any chunks of bytes, so that tests can feed it every possible split.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_BOM = b"\xef\xbb\xbf"


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Complete lines, whatever ends them: LF, CR or CRLF. An unfinished last line is dropped."""
    pending: list[bytes] = []
    first, after_cr, head = True, False, b""
    for chunk in chunks:
        if first:
            head += chunk
            if len(head) < len(_BOM) and _BOM.startswith(head):
                continue  # it may yet become a byte order mark
            chunk = head.removeprefix(_BOM)
            first = False
        if after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            after_cr = False
        if not chunk:
            continue
        after_cr = chunk.endswith(b"\r")
        *complete, rest = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in complete:
            pending.append(line)
            yield b"".join(pending)
            pending.clear()
        if rest:
            pending.append(rest)


def events(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each event; several ``data`` lines are joined by newlines.

    ``event``, ``id``, ``retry``, comments and unknown fields are read over: this API uses none
    (contract 8.14). An event that is not closed by a blank line was cut off and is dropped.
    """
    data: list[bytes] = []
    for line in lines(chunks):
        if not line:
            if data:
                yield b"\n".join(data)
                data.clear()
            continue
        field, _, value = line.partition(b":")
        if field == b"data":
            data.append(value.removeprefix(b" "))
