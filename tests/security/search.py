"""Keys and tokens in files."""

from __future__ import annotations

import re

RANDOM_SECRET = re.compile(r"ph[xsp]_[A-Za-z0-9_-]{32,}")


def secrets_in(content: bytes) -> set[str]:
    """What looks like a key that a server gave; made-up keys say so and are passed over."""
    texts = RANDOM_SECRET.findall(content.decode("utf-8", "ignore"))
    return {text for text in texts if len(set(text)) > 20}  # a word's letters differ less
