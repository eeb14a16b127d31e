"""Which mutants there are of a package, by cosmic-ray's operators, and a sample of them."""

from __future__ import annotations

import ast
import hashlib
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

Place = tuple[int, int]
Span = tuple[Place, Place]


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    file: str
    operator: str
    occurrence: int
    line: int

    def source(self, code: str) -> str | None:
        """The file's text with the change made."""
        return mutate_code(code, get_operator(self.operator)(), self.occurrence)

    def change(self, code: str) -> str:
        """The changed lines, before and after, as one line of text."""
        before, after = code.splitlines(), (self.source(code) or "").splitlines()
        if len(before) != len(after):
            lost = [line.strip() for line in before if line not in after]
            return f"without {' '.join(lost)}"
        pairs = [(a.strip(), b.strip()) for a, b in zip(before, after, strict=True) if a != b]
        return f"{' '.join(a for a, _ in pairs)} → {' '.join(b for _, b in pairs)}"


def sample(root: Path, package: str, size: int, seed: int = 22) -> list[Mutant]:
    """So many places of a package drawn by lot, and one mutant for each.

    A place's lot hangs on its line alone: the others stay drawn when code beside them changes.
    """

    def lot(*about: object) -> bytes:
        return hashlib.sha256(repr((seed, *about)).encode()).digest()

    found = _places(root, package)
    texts = {file: (root / file).read_text(encoding="utf-8") for file, _, _ in found}
    places: list[tuple[bytes, list[Mutant]]] = []
    for (file, start, end), mutants in found.items():
        lines = texts[file].splitlines()
        text = lines[start[0] - 1]
        before = lines[: start[0] - 1].count(text)
        about = file, text, before, start[1], end[1]
        mutants.sort(key=lambda one: lot(*about, one.operator))
        places.append((lot(*about), mutants))
    drawn: list[Mutant] = []
    for _, mutants in sorted(places, key=lambda place: place[0]):
        drawn += [one for one in mutants if _compiles(texts[one.file], one)][:1]
        if len(drawn) == size:
            break
    return drawn


def count(root: Path, package: str) -> int:
    """Every mutant of a package."""
    return sum(map(len, _places(root, package).values()))


@cache
def _places(root: Path, package: str) -> dict[tuple[str, Place, Place], list[Mutant]]:
    found: dict[tuple[str, Place, Place], list[Mutant]] = defaultdict(list)
    for path in sorted((root / package).rglob("*.py")):
        code, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        without_effect, nodes = _without_effect(code), list(ast_nodes(get_ast(code)))
        for name in operator_names():
            if get_operator(name).arguments():
                continue  # made for one variable that somebody names
            operator = get_operator(name)()
            spans = (span for node in nodes for span in operator.mutation_positions(node))
            for occurrence, (start, end) in enumerate(spans):
                if not any(a <= start and end <= b for a, b in without_effect):
                    mutant = Mutant(file, name, occurrence, start[0])
                    found[file, start, end].append(mutant)
    return found


def _compiles(code: str, mutant: Mutant) -> bool:
    """Not what Python itself refuses or warns of: no test is needed to find that."""
    changed = mutant.source(code)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(changed or "", mutant.file, "exec")
    except (SyntaxError, SyntaxWarning):
        return False
    return changed not in (None, code)


def _without_effect(code: str) -> list[Span]:
    """Where a change can not change what the code does, whatever the change is.

    - Annotations, and what is under ``if TYPE_CHECKING``: never run. msgspec does evaluate those
      of its structs, and refuses types that anything but ``|`` joins; numbers in them stay in.
    - ``gc=`` of a struct: whether the garbage collector looks at it.
    - A ``*`` or ``/`` between arguments: which calls are allowed. Those of the project the type
      checker knows, and those of its users ``tests/public_api.txt`` holds.
    """
    found: list[Span] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found += map(_span, [node.returns] if node.returns else [])
            found += _marks(node, code.splitlines())
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            if isinstance(node, ast.arg) or not _has_number(node.annotation):
                found.append(_span(node.annotation))
        elif isinstance(node, ast.ClassDef):
            found += [_span(one.value) for one in node.keywords if one.arg == "gc"]
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            found.append(_span(node))
    return found


def _has_number(annotation: ast.expr) -> bool:
    constants = (one for one in ast.walk(annotation) if isinstance(one, ast.Constant))
    return any(isinstance(one.value, int | float) for one in constants)


def _marks(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> Iterator[Span]:
    """The ``*`` and ``/`` that stand alone between the arguments."""
    given, body = function.args, _span(function.body[0])[0]
    parts = [*given.posonlyargs, *given.args, *given.kwonlyargs, *given.defaults]
    parts += [one for one in (*given.kw_defaults, given.vararg, given.kwarg) if one]
    inside = [_span(one) for one in parts]
    for at in range(function.lineno, body[0] + 1):
        for column, letter in enumerate(lines[at - 1]):
            start = at, column
            if letter in "*/" and start < body and not any(a <= start < b for a, b in inside):
                yield start, (at, column + 1)


def _span(node: ast.expr | ast.stmt | ast.arg) -> Span:
    return (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
