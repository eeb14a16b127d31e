"""Search as PostHog's list does: substrings first, then similar names (contract 8.1)."""

from __future__ import annotations

import json
import re

from dashwidgets.embedded.storage import Row

# PostgreSQL's `word_similarity` with the thresholds that PostHog passes to it.
NAME_THRESHOLD = 0.3
DESCRIPTION_THRESHOLD = 0.4


def ranked(rows: list[Row], words: str) -> tuple[list[Row], dict[int, str]]:
    """Rows that match, exact ones first, each with how it matched; order within is kept."""
    matches: dict[int, str] = {}
    for row in rows:
        if _is_exact(row, words.lower()):
            matches[row["id"]] = "exact"
        elif (
            word_similarity(words, row["name"] or "") >= NAME_THRESHOLD
            or word_similarity(words, row["description"]) >= DESCRIPTION_THRESHOLD
        ):
            matches[row["id"]] = "similar"
    found = [row for row in rows if row["id"] in matches]
    return sorted(found, key=lambda row: matches[row["id"]] != "exact"), matches


def _is_exact(row: Row, words: str) -> bool:
    texts = [row["name"] or "", row["description"], *json.loads(row["tags"])]
    return any(words in text.lower() for text in texts)


def word_similarity(words: str, text: str) -> float:
    """How much of the words' trigrams some stretch of the text has, from 0 to 1."""
    wanted = _trigrams(words)
    if not wanted:
        return 0.0
    best = 0.0
    spread = [_trigrams(word) for word in _split(text)]
    for start in range(len(spread)):
        stretch: set[str] = set()
        for more in spread[start : start + len(_split(words)) + 1]:
            stretch |= more
            best = max(best, len(wanted & stretch) / len(wanted))
    return best


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _trigrams(text: str) -> set[str]:
    padded = (f"  {word} " for word in _split(text))
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}
