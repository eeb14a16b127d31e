"""A line the size of a word: as characters for chat, as SVG for pages."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"
_WIDTH, _HEIGHT = 96, 20


def text(values: Sequence[float | None], most: int = 40) -> str:
    """Values as characters; a missing one is a gap.

    >>> text([1, 2, None, 8])
    '▁▂ █'
    """
    shown = list(values)[-most:]
    known = [value for value in shown if value is not None and value == value]
    if not known:
        return ""
    low, high = min(known), max(known)
    scale = (len(_BARS) - 1) / (high - low) if high > low else 0
    return "".join(
        " " if value is None or value != value else _BARS[round((value - low) * scale)]
        for value in shown
    )


def svg(values: Sequence[float | None]) -> str:
    """Values as a small SVG in the colour of the text around it; gaps stay gaps."""
    known = [value for value in values if value is not None and value == value]
    if not known:
        return ""
    low, high = min(known), max(known)
    span = high - low or 1
    step = _WIDTH / max(1, len(values) - 1)
    parts: list[str] = []
    pen = "M"
    for at, value in enumerate(values):
        if value is None or value != value:
            pen = "M"
            continue
        y = _HEIGHT - 2 - (value - low) / span * (_HEIGHT - 4)
        parts.append(f"{pen}{at * step:.1f} {y:.1f}")
        pen = "L"
    # A line of one point has a length of nothing, and round ends that are seen.
    path = " ".join(parts) + (" h0" if len(parts) == 1 else "")
    return (
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" viewBox="-2 0 {_WIDTH + 4} {_HEIGHT}" '
        f'role="img" aria-label="from {known[0]:,.4g} to {known[-1]:,.4g}"><path d="{path}" '
        'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/></svg>'
    )
