"""What a user gets from the wheel."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

import dashwidgets as dw
import hatch_build
from tests.security.search import secrets_in

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and an sdist."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


def build(tree: Path, into: Path, **environment: str) -> None:
    """Build wheel and sdist, with hatchling as it is installed here."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(into)]
    variables = os.environ | environment
    done = subprocess.run(command, cwd=tree, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(built.glob("*.whl")))


@pytest.mark.parametrize("name", hatch_build.EXPECTED)
def test_the_wheel_holds_the_bundles_of_these_sources(wheel: zipfile.ZipFile, name: str) -> None:
    packed = wheel.read(f"dashwidgets/static/{name}")
    assert len(packed) > 1_000
    assert packed == (hatch_build.BUNDLES / name).read_bytes()
    if name.endswith(".js"):
        packed.decode().encode("latin-1")  # a byte a letter in a page's memory, not two
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


def test_the_wheel_lists_the_packages_that_are_bundled(wheel: zipfile.ZipFile) -> None:
    """Where PEP 770 puts it; versions and licenses are those of the licenses' text."""
    (name,) = (name for name in wheel.namelist() if name.endswith(hatch_build.SBOM))
    assert name == f"dashwidgets-{dw.__version__}.dist-info/sboms/{hatch_build.SBOM}"
    sbom = json.loads(wheel.read(name))
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    assert not {"serialNumber", "timestamp"} & {*sbom, *sbom["metadata"]}
    listed = {
        f"{'/'.join(filter(None, (one.get('group'), one['name'])))} {one['version']} "
        f"({one['licenses'][0]['expression']})"
        for one in sbom["components"]
    }
    text = wheel.read(f"dashwidgets/static/{hatch_build.LICENSES}").decode()
    assert listed == set(re.findall(r"^\S+ [\d.]+ \(.+\)$", text, re.M))
    lock = json.loads((hatch_build.SOURCES / "package-lock.json").read_text())["packages"]
    locked = {
        f"pkg:npm/{path.removeprefix('node_modules/').replace('@', '%40')}@{one['version']}"
        for path, one in lock.items()
        if path
    }
    assert len(listed) == len({one["purl"] for one in sbom["components"]} & locked) > 4


def test_the_sdist_builds_the_same_wheel_without_network_or_node(
    built: Path, tmp_path: Path
) -> None:
    """Bundles come with it, and two builds give the same bytes."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path / "tree", filter="data")
    tree = next((tmp_path / "tree").iterdir())
    offline = tmp_path / "offline"
    offline.mkdir()
    (offline / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*_):\n"
        "    raise OSError('the build wants the network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
    )
    build(tree, tmp_path / "again", PATH="", PYTHONPATH=str(offline))
    first, again = (next(folder.glob("*.whl")) for folder in (built, tmp_path / "again"))
    assert first.name == again.name
    assert first.read_bytes() == again.read_bytes()


def test_neither_wheel_nor_sdist_holds_a_secret(built: Path, wheel: zipfile.ZipFile) -> None:
    """Bundles, executed notebooks and metadata, too, which git may not know."""
    packed = {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        for member in archive:
            if (file := archive.extractfile(member)) is not None:
                packed[member.name] = file.read()
    assert len(packed) > 800
    assert {name: found for name in packed if (found := secrets_in(packed[name]))} == {}


def test_a_package_index_shows_the_readme_with_its_pictures(wheel: zipfile.ZipFile) -> None:
    """No link depends on files that are not there, and each names the tag of this version."""
    metadata = next(name for name in wheel.namelist() if name.endswith("METADATA"))
    text = wheel.read(metadata).decode()
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    assert len(links) > 12
    assert [link for link in links if not link.startswith(("https://", "#"))] == []
    ours = [link for link in links if "dashwidgets" in link]
    assert all(f"/v{dw.__version__}/" in link for link in ours)
    for link in ours:
        path, _, heading = link.partition(f"/v{dw.__version__}/")[2].partition("#")
        assert (ROOT / path).exists(), link
        headings = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(), re.M) if heading else []
        assert not heading or heading in {one.lower().replace(" ", "-") for one in headings}, link


def test_the_version_and_the_requirements_are_the_same_everywhere(
    wheel: zipfile.ZipFile,
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert wheel.filename is not None
    assert f"-{dw.__version__}-" in wheel.filename
    assert f"\nversion: {dw.__version__}\n" in (ROOT / "CITATION.cff").read_text()
    recipe = (ROOT / "conda" / "recipe.yaml").read_text()
    assert f'version: "{dw.__version__}"' in recipe
    run = recipe.split("  run:\n")[1].split("\n\n")[0]
    required = {line.strip().removeprefix("- ").replace(" ", "") for line in run.splitlines()}
    wanted = {one.partition(";")[0].replace(" ", "") for one in project["dependencies"]}
    assert {one for one in wanted if not one.startswith("hogql")} == required - {"python>=3.11"}


def test_every_public_type_is_known(
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """pyright, as a user's editor sees the installed package."""
    zipfile.ZipFile(next(built.glob("*.whl"))).extractall(tmp_path)  # noqa: S202 - ours
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    check = ("exec", "--", "pyright", "--verifytypes", "dashwidgets", "--ignoreexternal")
    hatch_build.install()
    hatch_build.npm(*check)
    printed = capfd.readouterr().out
    assert "Type completeness score: 100%" in printed, printed[-6_000:]


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
