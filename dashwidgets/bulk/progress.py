"""Say what a bulk call costs before it starts, and show its progress."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

from dashwidgets.api.budget import HOUR
from dashwidgets.api.client import Client

log: logging.Logger = logging.getLogger("dashwidgets")

NOTICEABLE = 1.0
"""Seconds before a bar is worth drawing."""


def price(client: Client, requests: int) -> str:
    """What many requests cost, in words.

    >>> from dashwidgets.api.client import Client
    >>> price(Client("https://us.posthog.com", "phx_example", 1), 4_000)
    '4,000 requests, at least 8 min within the limits of the key'
    """
    seconds = client.seconds_for(requests)
    words = f"{requests:,} request{'' if requests == 1 else 's'}"
    if seconds < 1:
        return words
    long = f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
    return f"{words}, at least {long} within the limits of the key"


@contextmanager
def progress(client: Client, requests: int, what: str) -> Generator[Callable[[], object]]:
    """A progress bar over requests; yields what to call after each.

    Waits for the key's budget are shown in it, and may be long while it is there.
    """
    from tqdm.auto import tqdm

    log.info("%s: %s", what, price(client, requests))
    bar = tqdm(
        total=requests,
        desc=what,
        unit="request",
        delay=NOTICEABLE,
        leave=False,
        # A bar is for people: none in a log file or a cron job's mail.
        disable=not (sys.stderr.isatty() or _in_notebook(tqdm)),
    )

    def waits(seconds: float, why: str) -> None:
        bar.set_postfix_str(f"waiting {seconds:.0f} s: {why}" if seconds >= NOTICEABLE else "")

    # Whoever sees the bar knows that it goes on, so a wait of minutes is no error here.
    with bar, client.waits(waits), client.patient(HOUR):
        yield bar.update


def _in_notebook(tqdm: type) -> bool:
    """Whether the bar that tqdm chose is a widget."""
    return any(kind.__module__ == "tqdm.notebook" for kind in tqdm.__mro__)
