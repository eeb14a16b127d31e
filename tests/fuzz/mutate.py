"""Variants of an input: bytes flipped and spliced, or parts of its JSON replaced."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

SPLICES = (
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"data: ",
    b"null",
    b"[",
    b"{",
    b'"',
    b"1e999",
    b"-0",
    b"\x00",
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 2**63, 2**64, -(2**63), 1e308, 10**400, "", "1", "é\ud800"),
    *("2026-03-01", "9999-12-31T23:59:59Z", "NaN", "x" * 300, [], {}, [[]], [{}], [None], {"": 0}),
)
LONGEST = 100_000


def mutations(start: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Endless variants of some inputs: every other one in its JSON, where it is JSON."""
    while True:
        data = chance.choice(start)
        changed = in_json(data, chance) if chance.random() < 0.5 else None
        yield (changed or in_bytes(data, start, chance))[:LONGEST]


def in_bytes(data: bytes, start: list[bytes], chance: random.Random) -> bytes:
    """Bytes flipped, cut, doubled, spliced from another input."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randrange(len(found) + 1) for _ in range(2))
        match chance.randrange(5):
            case 0 if found:
                found[chance.randrange(len(found))] = chance.randrange(256)
            case 1:
                del found[at:to]
            case 2:
                found[at:at] = found[at : min(to, at + 200)]
            case 3:
                found[at:at] = chance.choice(SPLICES)
            case _:
                found[at:to] = chance.choice(start)[at:to]
    return bytes(found)


def in_json(data: bytes, chance: random.Random) -> bytes | None:
    """Some parts replaced, removed or repeated; None for what is not JSON."""
    try:
        whole = {"": json.loads(data)}
    except (ValueError, RecursionError):
        return None
    for _ in range(chance.randint(1, 3)):
        places = list(_places(whole))
        at, key = chance.choice(places)
        match chance.randrange(4):
            case 0 if key != "":
                del at[key]
            case 1 if isinstance(at, list):
                at.insert(key, deepcopy(at[key]))
            case 2:
                there, name = chance.choice(places)
                at[key] = deepcopy(there[name])
            case _:
                at[key] = deepcopy(chance.choice(VALUES))
    return json.dumps(whole.get("")).encode()


def _places(of: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in JSON that holds a value."""
    keys = list(of) if isinstance(of, dict) else range(len(of))
    for key in keys:
        yield of, key
        if isinstance(of[key], dict | list):
            yield from _places(of[key])
