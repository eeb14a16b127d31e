"""What a user gets from the wheel."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


@pytest.mark.parametrize("name", hatch_build.EXPECTED)
def test_the_wheel_holds_the_bundles_of_these_sources(wheel: zipfile.ZipFile, name: str) -> None:
    packed = wheel.read(f"dashwidgets/static/{name}")
    assert len(packed) > 1_000
    assert packed == (hatch_build.BUNDLES / name).read_bytes()
    assert wheel.read("dashwidgets/static/sources.sha256").decode().strip() == hatch_build.digest()


def test_the_wheel_is_typed_licensed_and_brings_its_notebooks(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert "dashwidgets/py.typed" in names
    assert "dashwidgets/notebooks/01_first_look.ipynb" in names
    metadata = message_from_string(
        wheel.read(next(n for n in names if n.endswith("METADATA"))).decode()
    )
    assert metadata["License-Expression"] == "MIT"
    assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]


def test_the_wheel_holds_the_license_of_all_that_is_bundled(wheel: zipfile.ZipFile) -> None:
    """Every package that a bundle's own build names as a part of it, and the map's outlines."""
    text = wheel.read(f"dashwidgets/static/{hatch_build.LICENSES}").decode()
    lock = json.loads((hatch_build.SOURCES / "package-lock.json").read_text())["packages"]
    wanted = set(lock[""]["dependencies"]) | {"world-atlas", "@preact/signals-core"}
    named = {line.split(" ")[0] for line in text.splitlines() if re.search(r"^\S+ [\d.]+ \(", line)}
    assert wanted <= named
    assert text.count("Permission ") >= len(named)  # how each of these licenses begins to grant


def test_a_changed_source_makes_the_bundle_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hatch_build.is_fresh()
    copy = tmp_path / "js"
    for path in hatch_build.SOURCES.rglob("*"):
        if "node_modules" not in path.parts and path.is_file():
            target = copy / path.relative_to(hatch_build.SOURCES)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    monkeypatch.setattr(hatch_build, "SOURCES", copy)
    assert hatch_build.is_fresh()
    (copy / "src" / "browse" / "index.tsx").write_text("export default {}")
    assert not hatch_build.is_fresh()


def test_importing_the_package_stays_light() -> None:
    """Neither pandas nor widgets nor a server before they are asked for."""
    code = (
        "import sys, dashwidgets; "
        "heavy = {'pandas', 'anywidget', 'ipywidgets', 'httpx', 'duckdb', 'uvicorn'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_a_folder_of_the_same_name_never_hides_the_function() -> None:
    code = (
        "import dashwidgets as dw, dashwidgets.embedded, dashwidgets.connection; "
        "print(dw.local.__name__, dw.connect.__name__, callable(dw.local))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["local", "connect", "True"]
