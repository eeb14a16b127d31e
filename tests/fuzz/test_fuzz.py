"""The readers over their corpus and some mutations of it; `python -m tests.fuzz` goes on longer."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from tests.fuzz.mutate import mutations
from tests.fuzz.targets import TARGETS, seeds

MANY = {"content": 40}
"""Of mutations, where one takes long: a whole recording is read and summed up."""


@pytest.mark.parametrize("name", TARGETS)
def test_readers_keep_their_promise_over_the_corpus(name: str) -> None:
    start = seeds(name)
    assert start
    for data in [*start, *islice(mutations(start, random.Random(22)), MANY.get(name, 300))]:
        TARGETS[name](data)
