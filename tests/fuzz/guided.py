"""One target under atheris: ``python -m tests.fuzz.guided TARGET [LIBFUZZER OPTION …]``."""

from __future__ import annotations

import random
import sys

import atheris  # pyright: ignore[reportMissingImports]

with atheris.instrument_imports(include=["dashwidgets"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.mutate import in_json


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """Every other one in its JSON: bytes that are no JSON get no further than its decoder."""
    changed = in_json(data, random.Random(seed)) if seed % 2 else None
    if changed is None or len(changed) > most:
        return atheris.Mutate(data, most)
    return changed


if __name__ == "__main__":
    program, name, *options = sys.argv
    atheris.Setup([program, *options], TARGETS[name], custom_mutator=mutated)
    atheris.Fuzz()
