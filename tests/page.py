"""What commands measured, in ``docs/reliability.md``: each writes between its own two marks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "reliability.md"


def write(name: str, lines: Iterable[str]) -> None:
    """Print lines as they come, then put them in the place of those of the run before."""
    begin, end = f"<!-- written by `python -m tests {name}` -->\n", "<!-- end -->"
    printed: list[str] = []
    for line in lines:
        print(line, flush=True)
        printed.append(line)
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    if not rest:
        raise ValueError(f"{PAGE} has no place for what `python -m tests {name}` measures.")
    _, _, tail = rest.partition(end)
    body = "\n".join(printed)
    PAGE.write_text(f"{head}{begin}\n{body}\n\n{end}{tail}", encoding="utf-8")
