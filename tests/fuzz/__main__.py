"""Mutated bytes against the readers: ``python -m tests.fuzz [SECONDS] [TARGET …]``.

With atheris (``pip install atheris``; Linux, some Pythons) mutations are guided by what code they
reach, one target a run; without it they are blind. A failing input is kept in the corpus.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator

from tests.fuzz.targets import CORPUS, TARGETS, seeds

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


def mutations(start: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Endless variants: bytes flipped, cut, doubled, spliced from another seed."""
    while True:
        data = bytearray(chance.choice(start))
        for _ in range(chance.randint(1, 6)):
            at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            match chance.randrange(5):
                case 0 if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
                case 1:
                    del data[at:to]
                case 2:
                    data[at:at] = data[at : min(to, at + 200)]
                case 3:
                    data[at:at] = chance.choice(SPLICES)
                case _:
                    other = chance.choice(start)
                    data[at:to] = other[at:to]
        yield bytes(data[:100_000])


def blind(name: str, target: Callable[[bytes], None], seconds: float, seed: int = 0) -> int:
    """Run mutations for some time; how many were tried. Raises what a reader raised."""
    tried, end = 0, time.monotonic() + seconds
    for data in mutations(seeds(name), random.Random(seed)):
        try:
            target(data)
        except BaseException:
            kept = CORPUS / name / f"failed-{hashlib.sha256(data).hexdigest()[:16]}"
            kept.write_bytes(data)
            print(f"{name}: a failing input is in {kept}")
            raise
        tried += 1
        if time.monotonic() > end:
            return tried
    return tried


def main(words: list[str]) -> int:
    seconds = float(words.pop(0)) if words and words[0].isdecimal() else 60.0
    names = words or list(TARGETS)
    try:
        import atheris  # pyright: ignore[reportMissingImports]
    except ImportError:
        failed = 0
        for name in names:
            try:
                tried = blind(name, TARGETS[name], seconds, seed=int(time.time()))
                print(f"{name}: {tried:,} inputs, none failed (blind: atheris is not installed)")
            except Exception:
                traceback.print_exc()
                failed += 1
        return 1 if failed else 0
    name = names[0]
    atheris.instrument_all()
    options = [sys.argv[0], f"-max_total_time={seconds:.0f}", str(CORPUS / name)]
    atheris.Setup(options, TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
