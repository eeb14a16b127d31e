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
                continue  # it may still turn out to be a byte order mark
            chunk = head.removeprefix(_BOM)
            first = False
        # A CRLF that was split between two chunks is one line end, not two.
        if after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            after_cr = False
        if not chunk:
            continue
        after_cr = chunk.endswith(b"\r")
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            pending.append(chunk[start:end])
            # Joined once: adding to a bytes object for every chunk is quadratic for a tile of
            # megabytes.
            yield pending[0] if len(pending) == 1 else b"".join(pending)
            pending.clear()
            start = end + 1
        if start < len(chunk):
            pending.append(chunk[start:] if start else chunk)


def events(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each event; several ``data`` lines are joined by newlines.

    ``event``, ``id``, ``retry``, comments and unknown fields are skipped: this API uses none
    (contract 8.14). An event that is not closed by a blank line was cut off and is dropped.
    """
    data: list[bytes] = []
    for line in lines(chunks):
        if not line:
            if data:
                yield data[0] if len(data) == 1 else b"\n".join(data)
                data.clear()
            continue
        if line.startswith(b"data:"):
            data.append(line[6:] if line.startswith(b" ", 5) else line[5:])
        elif line == b"data":
            data.append(b"")
