"""Which mutants there are of a package, by cosmic-ray's operators, and a sample of them."""

from __future__ import annotations

import ast
import random
import warnings
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

Place = tuple[int, int]


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
    """So many places of a package drawn at random, and one mutant for each."""
    chance = random.Random(seed)
    places = sorted(_places(root, package).items())
    chance.shuffle(places)
    drawn: list[Mutant] = []
    for _, mutants in places:
        chance.shuffle(mutants)
        drawn += [one for one in mutants if _compiles(root, one)][:1]
        if len(drawn) == size:
            break
    return drawn


def count(root: Path, package: str) -> int:
    """Every mutant of a package."""
    return sum(map(len, _places(root, package).values()))


def _places(root: Path, package: str) -> dict[tuple[str, Place, Place], list[Mutant]]:
    found: dict[tuple[str, Place, Place], list[Mutant]] = defaultdict(list)
    for path in sorted((root / package).rglob("*.py")):
        code, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        never_run, nodes = _never_run(code), list(ast_nodes(get_ast(code)))
        for name in operator_names():
            if get_operator(name).arguments():
                continue  # made for one variable that somebody names
            operator = get_operator(name)()
            spans = (span for node in nodes for span in operator.mutation_positions(node))
            for occurrence, (start, end) in enumerate(spans):
                if not any(a <= start and end <= b for a, b in never_run):
                    mutant = Mutant(file, name, occurrence, start[0])
                    found[file, start, end].append(mutant)
    return found


def _compiles(root: Path, mutant: Mutant) -> bool:
    """Not what Python itself refuses or warns of: no test is needed to find that."""
    code = (root / mutant.file).read_text(encoding="utf-8")
    changed = mutant.source(code)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(changed or "", mutant.file, "exec")
    except (SyntaxError, SyntaxWarning):
        return False
    return changed not in (None, code)


def _never_run(code: str) -> list[tuple[Place, Place]]:
    """Annotations, and what is under ``if TYPE_CHECKING``: a change there changes nothing."""
    found: list[tuple[Place, Place]] = []
    for node in ast.walk(ast.parse(code)):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            parts = [node.returns]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            parts = [node]
        for part in parts:
            if part is not None:
                end = (part.end_lineno or 0, part.end_col_offset or 0)
                found.append(((part.lineno, part.col_offset), end))
    return found
