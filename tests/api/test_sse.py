"""Server-Sent Events, however the bytes are cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashwidgets.api.stream.sse import events


def cut(text: bytes, at: list[int]) -> list[bytes]:
    """Text in chunks, cut at the given places."""
    edges = [0, *sorted(place % (len(text) + 1) for place in at), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(edges)]


def reference(text: bytes) -> list[bytes]:
    """The standard's algorithm on the whole text at once."""
    text = text.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found: list[bytes] = []
    data: list[bytes] = []
    for line in text.split(b"\n")[:-1]:
        if not line:
            found += [b"\n".join(data)] if data else []
            data = []
        name, _, value = line.partition(b":")
        if name == b"data":
            data.append(value[1:] if value.startswith(b" ") else value)
    return found


piece = st.sampled_from(
    [b"data", b":", b" ", b"\n", b"\r", b"\r\n", b"\n\n", b"id: 7", b"x", "é€".encode(), b"data: "]
)


@given(st.booleans(), st.lists(piece, max_size=40), st.lists(st.integers(0, 500), max_size=8))
def test_any_cut_gives_what_the_whole_gives(mark: bool, pieces: list[bytes], at: list[int]) -> None:
    text = (b"\xef\xbb\xbf" if mark else b"") + b"".join(pieces)
    assert list(events(cut(text, at))) == reference(text)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"data: a\n\n", [b"a"]),
        (b"\xef\xbb\xbfdata: a\n\n", [b"a"]),
        (b"data: a\r\rdata: b\r\n\r\n", [b"a", b"b"]),
        (b"data: a\ndata: b\n\n", [b"a\nb"]),
        (b": heartbeat\n\nevent: x\nid: 1\nretry: 5\ndata: a\n\n", [b"a"]),
        (b"data:a\ndata\n\n", [b"a\n"]),
        (b"data: cut off", []),
        (b"data: cut off\n", []),
    ],
)
def test_the_cases_of_the_standard(stream: bytes, expected: list[bytes]) -> None:
    assert list(events([stream])) == expected
    assert list(events(bytes([byte]) for byte in stream)) == expected


def test_an_event_of_ten_megabytes() -> None:
    big = b"x" * 10_000_000
    stream = b"data: " + big + b"\n\n"
    chunks = [stream[at : at + 65_536] for at in range(0, len(stream), 65_536)]
    assert list(events(chunks)) == [big]
