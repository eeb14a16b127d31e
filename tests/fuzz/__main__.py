"""Mutated bytes against the readers: ``python -m tests.fuzz [SECONDS] [TARGET …]``.

With atheris (the extra ``fuzz``) mutations are guided by what code they reach, and inputs that
reach more are kept in ``build/fuzz`` for the next run; without it they are blind. A failing input
is kept in the corpus.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.mutate import mutations
from tests.fuzz.targets import CORPUS, TARGETS, seeds

FOUND = Path(__file__).parents[2] / "build" / "fuzz"


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


def guided(name: str, seconds: float) -> int:
    """Fuzz one target by the code it reaches, in a process of its own: libFuzzer ends it."""
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    options = (
        f"-max_total_time={seconds:.0f}",
        "-max_len=20000",
        "-timeout=60",
        "-print_final_stats=1",
        f"-artifact_prefix={CORPUS / name}/failed-",
    )
    command = (sys.executable, "-m", "tests.fuzz.guided", name, *options, found, CORPUS / name)
    return subprocess.run(command).returncode


def main(words: list[str]) -> int:
    seconds = float(words.pop(0)) if words and words[0].isdecimal() else 60.0
    names = words or list(TARGETS)
    if find_spec("atheris"):
        failures = [name for name in names if guided(name, seconds)]
        print(f"Failed: {', '.join(failures)}" if failures else f"None failed: {', '.join(names)}")
        return 1 if failures else 0
    failed = 0
    for name in names:
        try:
            tried = blind(name, TARGETS[name], seconds, seed=int(time.time()))
            print(f"{name}: {tried:,} inputs, none failed (blind: atheris is not installed)")
        except Exception:
            traceback.print_exc()
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
