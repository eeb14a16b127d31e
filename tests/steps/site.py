"""``python -m tests site``: the documentation as plain files in ``build/site``.

Warnings are errors, and every link to a page, a picture or a place on a page must lead somewhere;
nothing is asked of a network.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
LIVE = ROOT / "build" / "live"


def site() -> int:
    shutil.rmtree(SITE, ignore_errors=True)  # pages that did not change would keep old menus
    write_live_pages()
    options = ("-W", "--keep-going", "-q", "-b", "html", "-j", "auto")
    command = [sys.executable, "-m", "sphinx", *options, "docs", str(SITE)]
    if code := subprocess.run(command, cwd=ROOT).returncode:
        return code
    broken = sorted(broken_links(SITE))
    for page, link in broken:
        print(f"{page}: {link} leads nowhere")
    return 1 if broken else 0


def write_live_pages() -> None:
    """The widgets that stand in the guides: what a user's own export gives."""
    import dashwidgets as dw

    LIVE.mkdir(parents=True, exist_ok=True)
    with dw.local() as ph:
        ph.browse().to_html(LIVE / "boards.html")
        ph.dashboard("Growth overview").watch().wait(timeout=120).to_html(LIVE / "board.html")


def broken_links(folder: Path) -> set[tuple[str, str]]:
    """Links of a folder of pages that lead to no file, or to no place in it."""
    pages = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    places = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in pages.items()}
    own = {folder / "boards.html", folder / "board.html"}  # a script draws these
    broken: set[tuple[str, str]] = set()
    for path, text in pages.items():
        if path in own or "_static" in path.parts:  # the theme's own
            continue
        for link in re.findall(r'\b(?:href|src)="([^"]*)"', text):
            parts = urlsplit(unescape(link))
            if parts.scheme or parts.netloc or link in ("", "#"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = places.get(target)
            lost = known is not None and parts.fragment and parts.fragment not in known
            if lost or not target.exists():
                broken.add((path.relative_to(folder).as_posix(), link))
    return broken
