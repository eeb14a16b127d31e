"""The house keeps its shape: no cycles, no corridors, no long files."""

from __future__ import annotations

import re
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder, endings in (
        ("dashwidgets", (".py",)),
        ("tests", (".py",)),
        ("js/src", (".ts", ".tsx", ".css")),
    )
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in endings and "static" not in path.parts
]


def test_no_two_files_import_each_other_not_even_for_type_checking() -> None:
    graph = grimp.build_graph("dashwidgets", cache_dir=None)
    TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    ).prepare()  # raises CycleError, which names the cycle


def test_a_room_holds_a_dozen_files_at_most() -> None:
    files = Counter(
        path.parent
        for path in SOURCES
        if path.stem not in ("__init__", "__main__") and ".test." not in path.name
        if path.suffix != ".css"
    )
    assert {str(room.relative_to(ROOT)): n for room, n in files.items() if n > 12} == {}


def test_a_file_is_read_in_one_sitting() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {str(path.relative_to(ROOT)): n for path, n in lines.items() if n > 500} == {}


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_path_that_a_page_names_exists(page: str) -> None:
    named = re.findall(r"`([\w/]+(?:/|\.\w+))`", (ROOT / page).read_text(encoding="utf-8"))
    paths = [path for path in named if "/" in path]
    assert len(paths) > 8
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_list_of_places_names_each_once() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    places = re.findall(r"^\| .* \| `(.*)` \|$", page, re.MULTILINE)
    assert len(places) > 40
    assert [place for place, n in Counter(places).items() if n > 1] == []
