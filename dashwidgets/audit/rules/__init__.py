"""The rules, by what they look at. Importing this registers them."""

from dashwidgets.audit.rules import (
    access,
    content,
    layout,
    leftovers,
    names,
    references,
    results,
    use,
)

__all__ = ["access", "content", "layout", "leftovers", "names", "references", "results", "use"]
