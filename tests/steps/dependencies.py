"""Known vulnerabilities and licences of what is installed and bundled.

``python -m tests.steps.dependencies``. The advisories come from a network; without one that part
says so and does not fail.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

import hatch_build

ROOT = Path(__file__).parents[2]
UNREACHABLE = ("ConnectionError", "Could not resolve", "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED")
UNREACHABLE += ("Failed to fetch", "audit endpoint returned an error", "Max retries exceeded")
ALLOWED = (
    *("MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "MPL-2.0", "MPL 2.0"),
    *("Mozilla Public License", "0BSD", "Unlicense", "Zlib", "CC0"),
)


def runtime() -> set[str]:
    """Every package that a user's install brings, by the requirements of each."""
    found: set[str] = set()
    waiting = ["dashwidgets"]
    while waiting:
        name = waiting.pop()
        for text in distribution(name).requires or []:
            one = Requirement(text)
            if one.marker is not None and not one.marker.evaluate({"extra": ""}):
                continue
            if one.name.lower() not in found:
                found.add(one.name.lower())
                waiting.append(one.name)
    return found


def licence(name: str) -> str:
    """What a package says of its licence, in one line."""
    told = distribution(name).metadata
    kinds = [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    text = told.get("License-Expression") or " ".join(kinds) or told.get("License") or ""
    return " ".join(text.split())[:120]


def bundled() -> dict[str, str]:
    """The licence of each package in the bundles, from the list that a wheel brings."""
    sbom = json.loads((hatch_build.BUNDLES / hatch_build.SBOM).read_text("utf-8"))
    return {one["purl"]: one["licenses"][0]["expression"] for one in sbom["components"]}


def licences() -> int:
    """Refuse a package whose licence is not a permissive one that we know."""
    said = {name: licence(name) for name in sorted(runtime())} | bundled()
    unknown = {
        name: words
        for name, words in said.items()
        if not any(allowed in words for allowed in ALLOWED)
    }
    print(f"Licences: {len(said) - len(unknown)} of {len(said)} packages have one of the list.")
    for name, words in unknown.items():
        print(f"{name}: licence {words or 'not said'}: not on the list of those that we may ship.")
    return 1 if unknown else 0


def python_packages() -> int:
    """``pip-audit`` over what is installed; says how many it could not compare."""
    command = ["uv", "tool", "run", "pip-audit", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run(
        [*command, "--path", sysconfig.get_path("purelib")], capture_output=True, text=True
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        packages = []
    known = [one for one in packages if "skip_reason" not in one]
    print(f"pip-audit: compared {len(known)} of {len(packages)} packages with the advisories.")
    if not known:
        print("pip-audit: none could be compared: is there a network? This says nothing.")
        return 0
    found = [(one["name"], one["vulns"]) for one in known if one["vulns"]]
    for name, vulnerabilities in found:
        print(f"{name}: {', '.join(one['id'] for one in vulnerabilities)}")
    return 1 if found else 0


def bundled_packages() -> int:
    """``npm audit`` over what is bundled."""
    code = "import hatch_build, sys; sys.exit(hatch_build.npm('audit', '--omit=dev'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if done.returncode and any(word in said for word in UNREACHABLE):
        print("npm audit: no network, nothing was compared with the advisories.")
        return 0
    print(said.strip())
    return done.returncode


def main() -> int:
    return max(licences(), python_packages(), bundled_packages())


if __name__ == "__main__":
    sys.exit(main())
